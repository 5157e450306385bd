// What a change would do: to the configuration, to the daemon and to every container.
import type { DoctorAbout } from './doctor.ts';
import type { Patch } from './change.ts';
import type { CheckKind } from './check-kinds.ts';
import type { Json } from './json.ts';
import type { Authority } from './privileged.ts';
import type { PolicyFault } from './policy.ts';
import type { Place, Problem } from './problem.ts';

/**
 * What the daemon needs to notice a change. `reload-then-restart` are two phases: what protects containers is first
 * taken by a reload and seen in memory, because a restart alone would stop every container
 * (measured on 20.10, 26.1 and 28.5).
 */
export type Effect = 'none' | 'reload' | 'restart' | 'reload-then-restart';

/** What else changing an option can do. */
export type Risk =
  | 'none'
  /** Looks saved, but waits for a start without running containers (bridge options). */
  | 'deferred'
  /** Containers become invisible, though they run; putting the option back repairs it. */
  | 'hides'
  /** Containers are lost or run twice; putting the option back does not repair it. */
  | 'loses'
  /** Containers keep running but cannot be started again later. */
  | 'later-start-fails'
  /** The daemon may not start. */
  | 'start-fails'
  /** Clients may not reach the API any more, we among them. */
  | 'locks-out-clients'
  /** The daemon may end by itself after the reload. */
  | 'ends-daemon'
  | 'unknown';

/** One option that a change would alter. */
export type OptionChange = {
  readonly key: string;
  /** Before; undefined: not in the file. */
  readonly from: Json | undefined;
  /** After; undefined: removed. */
  readonly to: Json | undefined;
  readonly effect: Exclude<Effect, 'reload-then-restart'>;
  readonly risk: Risk;
  /**
   * Stands in file or flags already, by hand or by another program, and waits for a start: whoever restarts for another
   * reason takes it too. `from` is then what is in force.
   */
  readonly waiting?: true;
};

/** What becomes of one container. */
export type Verdict = 'keeps-running' | 'interrupted' | 'stops' | 'hidden' | 'lost';

/** Why a container gets its verdict. */
export type Reason =
  | { readonly kind: 'live-restore-on' }
  | { readonly kind: 'live-restore-off' }
  | { readonly kind: 'live-restore-off-at-start' }
  | { readonly kind: 'live-restore-off-at-stop' }
  | { readonly kind: 'reload-leaves-alone' }
  | { readonly kind: 'auto-remove-on-old-engine' }
  | { readonly kind: 'health-checks-stop-on-old-engine' }
  | { readonly kind: 'kill-mode'; readonly killMode: string }
  | { readonly kind: 'rootless' }
  | { readonly kind: 'swarm' }
  /** On these, all connections fail while the daemon is down: docker-proxy ends with it. */
  | { readonly kind: 'published-ports'; readonly ports: readonly string[] }
  /** On these, new connections fail for a moment, while the starting daemon writes its rules anew. */
  | { readonly kind: 'port-rules'; readonly ports: readonly string[] }
  /** dockerd itself answers for names in user-defined networks. */
  | { readonly kind: 'network-names'; readonly networks: readonly string[] }
  | { readonly kind: 'health-checks-pause' }
  /** Its state is `starting` again until the checks have run: what they found before is forgotten (measured). */
  | { readonly kind: 'health-begins-again' }
  /** So many `docker exec` are cut off: what they run goes on, and the next daemon does not know it (measured). */
  | { readonly kind: 'execs-cut'; readonly count: number }
  /** Its log goes to another container, which the starting daemon does not reach: its output is not read any more. */
  | { readonly kind: 'log-target-away'; readonly target: string }
  /** systemd writes its devices anew when it reads its units again, which an upgrade makes it do. */
  | { readonly kind: 'gpus-lost' }
  /** It stops, and the daemon starts it again. */
  | { readonly kind: 'started-again'; readonly policy: string }
  /** It stops, and the daemon takes it for stopped by a user, whatever its restart policy. */
  | { readonly kind: 'stays-stopped'; readonly policy: string }
  /** It stops, and cannot be started again by itself: its log goes to another container, which is not there yet. */
  | { readonly kind: 'log-target-keeps-down'; readonly target: string }
  /** Nobody reads its output meanwhile: it waits when the pipe is full. */
  | { readonly kind: 'output-waits'; readonly bytes: number }
  | { readonly kind: 'option'; readonly key: string; readonly risk: Risk };

/** The verdict for one container, given before anything is done. */
export type ContainerVerdict = {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
};

/** Something worth knowing about a configuration or a daemon. */
export type Finding = {
  readonly severity: 'error' | 'warning' | 'info';
  /** Keys from the outermost in, empty where it is about the whole. */
  readonly path: readonly string[];
  readonly place: Place | null;
  readonly about: FindingKind;
  /** Edits that put it right; absent where only a human can say what was meant. */
  readonly fix?: Patch;
};

/** What a finding says, as data. */
export type FindingKind =
  | CheckKind
  | { readonly kind: 'unknown-key'; readonly key: string; readonly suggestion: string | null }
  | { readonly kind: 'singular-key'; readonly key: string; readonly suggestion: string }
  /** Taken without a word, and without any effect. */
  | { readonly kind: 'ignored-key'; readonly key: string }
  /** An object that is no option: dockerd takes what is inside for options, and booleans there come into force. */
  | { readonly kind: 'wrapped-key'; readonly key: string; readonly inside: readonly string[] }
  | { readonly kind: 'unknown-on-version'; readonly key: string; readonly version: string }
  | { readonly kind: 'duplicate-key'; readonly key: string }
  | { readonly kind: 'wrong-type'; readonly key: string; readonly expected: string; readonly found: string }
  | { readonly kind: 'conflicts-with-flag'; readonly key: string; readonly flag: string; readonly where: string }
  | { readonly kind: 'live-restore-with-swarm' }
  | { readonly kind: 'userland-proxy-true-blocks-reload' }
  | { readonly kind: 'bridge-with-bip' }
  | { readonly kind: 'validate-key' }
  | { readonly kind: 'memory-differs'; readonly key: string; readonly file: Json; readonly running: Json }
  | { readonly kind: 'validate-refused'; readonly lines: readonly string[] }
  | {
      readonly kind: 'not-checked';
      readonly why: 'no-permission' | 'no-binary' | 'not-offered-by-version' | 'timeout' | 'path';
    }
  | { readonly kind: 'text-fault'; readonly problem: Problem }
  | { readonly kind: 'crash-would-stop'; readonly containers: number }
  /** Flags that the next start is without, and those that it has anew or with other values. */
  | { readonly kind: 'next-start-flags'; readonly gone: readonly string[]; readonly come: readonly string[] }
  /** They survive the stop, by what the daemon has in memory, and not the start after it, by what the file says. */
  | { readonly kind: 'next-start-would-stop'; readonly containers: number }
  /** Somebody other than root could have written the policy: it says nothing. `at` is the part that they may write. */
  | { readonly kind: 'policy-untrusted'; readonly policy: string; readonly at: string }
  | { readonly kind: 'policy-faulty'; readonly policy: string; readonly fault: PolicyFault }
  /** The file has an option otherwise than the policy wants. */
  | { readonly kind: 'policy-differs'; readonly policy: string; readonly key: string; readonly value: Json }
  /** What the doctor found about the daemon or its containers. */
  | ({ readonly kind: 'doctor' } & DoctorAbout)
  /** A context or address was asked for that does not exist; no daemon was taken in its place. */
  | { readonly kind: 'wish-not-followed'; readonly wish: string };

/** What a change, or a verb without a change, would do. Made before anything is touched. */
export type Plan = {
  readonly verb: 'apply' | 'reload' | 'restart' | 'start' | 'stop';
  readonly effect: Effect;
  readonly changes: readonly OptionChange[];
  /** The file before and after; null where no file is written. */
  readonly text: { readonly before: string; readonly after: string } | null;
  readonly containers: readonly ContainerVerdict[];
  readonly findings: readonly Finding[];
  /** Of the file that the plan was made from; null where there is no file yet. */
  readonly etag: string | null;
  /** Expected time without the API in ms; null where it is not known, 0 where there is none. */
  readonly expectedGapMs: number | null;
  /** From the shortest to the longest that is to be expected; null where `expectedGapMs` is null or 0. */
  readonly expectedGapRangeMs: readonly [low: number, high: number] | null;
  /** Why it cannot be done at all; null where it can. */
  readonly blocked: Problem | null;
  /** What an administrator is asked for before it is done; null where our own rights do. */
  readonly authority: { readonly authority: Authority; readonly named: readonly string[] } | null;
  /** What `accept` must name for it to be done. */
  readonly needs: readonly Accept[];
};

/** A danger that the user takes knowingly: containers that stop, or the risk of an option. */
export type Accept = 'stops' | Exclude<Risk, 'none' | 'deferred' | 'unknown'>;

/** What somebody accepts, and whom he had before his eyes then. */
export type Consent = {
  readonly accept: readonly Accept[];
  /** Ids of the containers that were shown as endangered; absent: who takes a danger by its kind takes it for all. */
  readonly shown?: readonly string[];
};

/** Those whom a plan ends, hides or loses. */
export const endangeredBy = ({ containers }: Pick<Plan, 'containers'>): readonly ContainerVerdict[] =>
  containers.filter(({ verdict }) => verdict === 'stops' || verdict === 'hidden' || verdict === 'lost');

/** The consent to all that a plan was shown with. */
export const consentTo = (plan: Plan): Consent =>
  plan.needs.length === 0 ? { accept: [] } : { accept: plan.needs, shown: endangeredBy(plan).map(({ id }) => id) };

/** Every value of `Accept`, for parsers. */
export const accepts: readonly Accept[] = Object.keys({
  stops: true,
  hides: true,
  loses: true,
  'later-start-fails': true,
  'start-fails': true,
  'locks-out-clients': true,
  'ends-daemon': true,
} satisfies Record<Accept, true>) as readonly Accept[];
