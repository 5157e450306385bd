// What the one step with root's rights may be asked, and what it answers: a line of JSON in, lines of JSON out.
import type { Change } from './change.ts';
import type { Verb } from './ipc.ts';
import type { PipesReport } from './outage.ts';
import type { Outcome, Step } from './outcome.ts';
import type { Consent, OptionChange } from './plan.ts';
import type { Problem } from './problem.ts';
import type { EngineView } from './snapshot.ts';

/** What an administrator authorizes, as named in the polkit policy: `app.afloat.look` and so on. */
export type Authority = 'look' | 'control' | 'change';

/** Every value of `Authority`, for parsers. */
export const authorities: readonly Authority[] = Object.keys({
  look: true,
  control: true,
  change: true,
} satisfies Record<Authority, true>) as readonly Authority[];

/**
 * The etag of a change. `unseen`: the asker may not read the file, so that single edits go on whatever it holds; never
 * with a whole text, which would overwrite what nobody has seen.
 */
export type AskedEtag = { readonly seen: string | null } | 'unseen';

/** One request. It names no path, no address and no program; which daemon it is about is not for the asker to say. */
export type PrivilegedRequest =
  | { readonly version: 1; readonly verb: 'look' }
  /** Looks at log pipes; with bytes it makes smaller ones larger, which is to control. */
  | { readonly version: 1; readonly verb: 'pipes'; readonly enlargeTo: number | null }
  | ({
      readonly version: 1;
      readonly verb: 'apply';
      readonly change: Change;
      readonly etag: AskedEtag;
    } & Consent)
  /** Live restore into the file, the start that saves whoever outlived the daemon, and without `keep` the old file back. */
  | { readonly version: 1; readonly verb: 'rescue'; readonly etag: AskedEtag; readonly keep: boolean }
  /** This text into the file, and the start with it; of a file that was seen alone. */
  | ({ readonly version: 1; readonly verb: 'go-back'; readonly text: string; readonly etag: string | null } & Consent)
  /** Starts those among the containers with these ids that root finds to have ended with the daemon; none, if one did not. */
  | { readonly version: 1; readonly verb: 'start-again'; readonly containers: readonly string[] }
  | ({ readonly version: 1; readonly verb: Verb } & Consent);

/** What happened to the daemon or a container while the step ran, in the daemon's own words. */
export type ToldEvent = {
  readonly type: string;
  readonly action: string;
  readonly id: string;
  /** Decimal text of nanoseconds since 1970. */
  readonly timeNano: string;
};

/** Everything that the asker may not see himself, read once after the deed: the same proof that others read directly. */
export type StatusDocument = {
  /** `/info`, containers, file, findings; null where the daemon could not be looked at. */
  readonly view: EngineView | null;
  readonly outcome: Outcome | null;
  /** Null where nobody asked for them. */
  readonly pipes: PipesReport | null;
  /** Why nothing was begun; null where something was. */
  readonly problem: Problem | null;
  readonly events: readonly ToldEvent[];
  /** The daemon's own log lines since the step began. */
  readonly log: readonly string[];
};

/** One line of the answer; the document is the last. */
export type PrivilegedLine = { readonly step: Step } | { readonly document: StatusDocument };

/** The asker's word that the document arrived; without it the outcome is laid down for the asker's next start. */
export const seenLine = '{"seen":true}';

/**
 * Options that an administrator's authorization may be kept for: what they change is how containers are logged, named,
 * numbered, limited, fetched and kept alive. Everything else, and every key that is not known, can make the daemon run
 * another program, read or write elsewhere as root, weaken what confines containers, or give its API to others: that is
 * authorized each time and named in the question. A list of what is harmless, so that what a new version adds is not.
 */
export const everydayKeys: readonly string[] = (
  'allow-nondistributable-artifacts bip bip6 builder.gc.enabled builder.gc.defaultkeepstorage ' +
  'builder.gc.defaultreservedspace builder.gc.defaultmaxusedspace builder.gc.defaultminfreespace builder.gc.policy ' +
  'debug default-address-pools default-cgroupns-mode default-gateway default-gateway-v6 default-init ' +
  'default-shm-size default-stop-timeout default-ulimits dns dns-opts dns-search experimental features.buildkit ' +
  'features.containerd-snapshotter fixed-cidr fixed-cidr-v6 insecure-registries ip-masq ipv6 labels live-restore ' +
  'log-driver log-format log-level log-opts max-concurrent-downloads max-concurrent-uploads max-download-attempts ' +
  'mtu network-control-plane-mtu proxies.http-proxy proxies.https-proxy proxies.no-proxy raw-logs ' +
  'registry-mirrors shutdown-timeout storage-driver swarm-raft-election-tick swarm-raft-heartbeat-tick userland-proxy'
).split(' ');

const everyday: ReadonlySet<string> = new Set(everydayKeys);

/** A key as it may stand in a question of the system; others go by one word for all. */
const printable = (key: string): string => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(key) ? key : 'unknown-option');

/** The keys among these changes that are authorized each time, as they are named there; empty: none. */
export const namedKeys = (changes: readonly Pick<OptionChange, 'key'>[]): readonly string[] =>
  [...new Set(changes.filter(({ key }) => !everyday.has(plain(key))).map(({ key }) => printable(key)))].toSorted();

/** dockerd reads keys below `builder` whatever their case, and only those. */
const plain = (key: string): string => (key.toLowerCase().startsWith('builder.') ? key.toLowerCase() : key);
