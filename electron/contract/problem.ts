// Expected failures, as data. Sentences for them stand in the message catalog, never here.
import type { Finding, Verdict } from './plan.ts';
import type { PatchFileFault } from './patch-file.ts';
import type { PolicyFault } from './policy.ts';
import type { PresetLack, PresetName } from './preset.ts';

/** Where something stands in a text; both count from 1, columns in UTF-16 units. */
export type Place = { readonly line: number; readonly column: number };

/** Why a text is not a configuration that dockerd reads. */
export type TextFault =
  | 'syntax'
  | 'comment'
  | 'trailing-comma'
  | 'truncated'
  | 'trailing-text'
  | 'empty'
  | 'not-an-object'
  | 'byte-order-mark'
  | 'encoding'
  | 'duplicate-key'
  | 'too-deep';

/** Why a file cannot be replaced, each found before anything is started. */
export type WriteBlock =
  | 'denied'
  | 'read-only-file-system'
  | 'immutable'
  | 'append-only'
  | 'bind-mounted'
  | 'hard-linked'
  | 'store-managed'
  | 'not-a-file'
  | 'dangling-link'
  | 'attributes-unreadable';

/** Why this daemon may be looked at but not touched. */
export type ReadOnlyReason =
  /** TCP or ssh: its files and processes are on another machine. */
  | 'remote'
  /** Its process lives in other mount, PID or user namespaces (a container, a VM's helper). */
  | 'other-namespace'
  /** Nothing shows that the process and the socket belong together. */
  | 'socket-not-proven'
  /** We may not look at the process closely enough to prove anything. */
  | 'not-permitted'
  /** `/info` tells of another daemon (DockerRootDir) than the process's own arguments and file. */
  | 'info-differs'
  /** Its configuration file could not be found. */
  | 'config-unknown'
  /** Another file was named than the daemon reads. */
  | 'config-other'
  /** More than one process could be this daemon. */
  | 'ambiguous'
  /** Docker Desktop and the like: their engine is changed through their own program. */
  | 'managed-elsewhere'
  /** Others than root can decide which file or program this is: nothing is done to it with root's rights. */
  | 'untrusted-path'
  | 'untrusted-program'
  /** systemd runs here, and this is the main process of no unit of the system. */
  | 'not-of-unit'
  /** No adapter for this operating system yet. */
  | 'platform';

/** An expected failure. It carries data and, where it matters, what state things were left in. */
export type Problem =
  | { readonly kind: 'engine.absent'; readonly endpoint: string }
  | { readonly kind: 'engine.denied'; readonly endpoint: string }
  | { readonly kind: 'engine.hanging'; readonly endpoint: string; readonly waitedMs: number }
  | { readonly kind: 'engine.unreachable'; readonly endpoint: string; readonly cause: string }
  | { readonly kind: 'engine.not-running' }
  | { readonly kind: 'engine.already-running' }
  | { readonly kind: 'engine.busy'; readonly verb: string }
  | { readonly kind: 'engine.unsupported'; readonly apiVersion: string; readonly minimum: string }
  | { readonly kind: 'endpoint.invalid'; readonly endpoint: string }
  | { readonly kind: 'context.unknown'; readonly name: string; readonly path: string }
  | { readonly kind: 'target.read-only'; readonly reason: ReadOnlyReason; readonly detail: string }
  | { readonly kind: 'target.changed' }
  /** Another daemon cannot be chosen while a draft is open or a verb runs. */
  | { readonly kind: 'target.held' }
  | {
      readonly kind: 'config.unreadable';
      readonly path: string;
      /** `missing`: the daemon was told to start with this file, and does not without it. */
      readonly cause: 'denied' | 'not-a-file' | 'too-large' | 'io' | 'missing-target' | 'missing';
    }
  | {
      readonly kind: 'config.invalid';
      readonly path: string;
      readonly fault: TextFault;
      readonly place: Place;
      readonly detail: string;
    }
  | { readonly kind: 'config.changed'; readonly path: string }
  /** Somebody else wrote the file after us, before it was shown that the daemon took ours. */
  | { readonly kind: 'config.overwritten'; readonly path: string }
  | { readonly kind: 'config.not-writable'; readonly path: string; readonly block: WriteBlock }
  | { readonly kind: 'config.no-space'; readonly path: string }
  | { readonly kind: 'config.write-failed'; readonly path: string; readonly cause: string }
  /** Our own checks found what would keep the daemon from reading or starting with it. */
  | { readonly kind: 'config.faulty'; readonly path: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'config.rejected'; readonly path: string; readonly lines: readonly string[] }
  | { readonly kind: 'change.empty-path' }
  | { readonly kind: 'change.conflicts-with-flag'; readonly key: string; readonly flag: string; readonly where: string }
  | {
      readonly kind: 'patch-file.invalid';
      readonly path: string;
      readonly fault: PatchFileFault;
      readonly where: string;
    }
  | { readonly kind: 'preset.not-here'; readonly name: PresetName; readonly lack: PresetLack }
  /** The administrator of this computer locked an option; `policy` is the file that says so. */
  | { readonly kind: 'policy.locked'; readonly policy: string; readonly key: string; readonly reason: string | null }
  /** The policy is root's but cannot be understood: it may lock anything. */
  | { readonly kind: 'policy.faulty'; readonly policy: string; readonly fault: PolicyFault }
  | { readonly kind: 'live-restore.swarm' }
  | { readonly kind: 'live-restore.windows' }
  | { readonly kind: 'live-restore.flag'; readonly where: string }
  | {
      readonly kind: 'containers.endangered';
      readonly verdicts: readonly Exclude<Verdict, 'keeps-running' | 'interrupted'>[];
      readonly names: readonly string[];
    }
  | { readonly kind: 'risk.not-accepted'; readonly risks: readonly string[]; readonly keys: readonly string[] }
  | { readonly kind: 'lock.held'; readonly pid: number }
  | { readonly kind: 'journal.pending'; readonly path: string }
  | { readonly kind: 'journal.stale'; readonly path: string }
  | {
      readonly kind: 'reload.not-taken';
      readonly lines: readonly string[];
      /** A part was taken, or may have been. */ readonly partly: boolean;
    }
  | { readonly kind: 'reload.killed-daemon'; readonly lines: readonly string[] }
  | { readonly kind: 'daemon.not-up'; readonly lines: readonly string[]; readonly waitedMs: number }
  /** It was started anew with the file as it is, and its process stays; but it tells nothing of itself. */
  | { readonly kind: 'daemon.silent'; readonly lines: readonly string[]; readonly waitedMs: number }
  /** A change ended the daemon (`lines`: why); started again with its old file, it stays, but tells nothing of itself. */
  | { readonly kind: 'put-back.silent'; readonly lines: readonly string[]; readonly waitedMs: number }
  | { readonly kind: 'daemon.still-up' }
  /** The process is gone, or its pid means another one. */
  | { readonly kind: 'orphan.changed'; readonly pid: number }
  | { readonly kind: 'orphan.still-runs'; readonly pid: number }
  /** There is no program of the rehearsal for this processor. */
  | { readonly kind: 'drill.unavailable'; readonly what: string }
  | { readonly kind: 'drill.would-stop'; readonly names: readonly string[] }
  | { readonly kind: 'drill.failed'; readonly detail: string }
  | { readonly kind: 'daemon.comes-back'; readonly pid: number }
  | { readonly kind: 'containers.worse'; readonly names: readonly string[] }
  /** Some of those that ended with the daemon could not be started again; `lines` are the daemon's words. */
  | { readonly kind: 'containers.not-started'; readonly names: readonly string[]; readonly lines: readonly string[] }
  /** Of these containers it is not found that they ended with the daemon; none was started. */
  | { readonly kind: 'containers.not-fallen'; readonly ids: readonly string[] }
  /** There is nobody to be saved: nothing runs, or the next start keeps what runs. */
  | { readonly kind: 'rescue.needless' }
  /** What waits in the file (`keys`) would take from Docker those whom the rescue is for. */
  | {
      readonly kind: 'rescue.would-lose';
      readonly path: string;
      readonly keys: readonly string[];
      readonly names: readonly string[];
    }
  /** No kept version of the file has an id that begins so, or more than one has. */
  | { readonly kind: 'history.unknown'; readonly id: string }
  /** No version of the file is known that is older than what stands in it. */
  | { readonly kind: 'history.none-earlier' }
  /** No kept version of the file is known as one with which the daemon ran. */
  | { readonly kind: 'way-back.unknown' }
  /** The daemon last began with the very file that is there: something else keeps it down. */
  | { readonly kind: 'way-back.in-file'; readonly path: string }
  | {
      readonly kind: 'service.refused';
      readonly manager: string;
      readonly detail: string;
      readonly command: string | null;
    }
  /** systemd would leave the daemon's process alone (`KillMode=none`), and a second daemon does not start beside it. */
  | { readonly kind: 'service.never-ends'; readonly unit: string }
  | { readonly kind: 'service.supervised'; readonly by: string; readonly command: string | null }
  /** A script that is this unit runs the daemon: it may end with it, and systemd then ends what else is in the unit. */
  | { readonly kind: 'service.run-by-script'; readonly unit: string }
  | { readonly kind: 'service.unavailable'; readonly manager: string; readonly command: string | null }
  | { readonly kind: 'authorization.dismissed' }
  /** A wrong password, or a user who may not; some agents also call a closed dialog so. */
  | { readonly kind: 'authorization.denied' }
  /** Nothing here can ask for a password. */
  | { readonly kind: 'authorization.no-agent'; readonly command: string }
  /** The step with root's rights ended without an answer; what it did is told at the next look. */
  | { readonly kind: 'authorization.lost'; readonly detail: string }
  /** These options are authorized each time, by name, and were not. */
  | { readonly kind: 'authorization.insufficient'; readonly keys: readonly string[] }
  | { readonly kind: 'sandbox.missing'; readonly what: readonly string[] }
  | { readonly kind: 'sandbox.failed'; readonly lines: readonly string[] }
  | { readonly kind: 'diagnostics.not-saved'; readonly path: string; readonly cause: string }
  /** A file of that name is there already. */
  | { readonly kind: 'diagnostics.exists'; readonly path: string }
  | { readonly kind: 'usage'; readonly detail: string }
  | { readonly kind: 'internal'; readonly reference: string };

export type ProblemKind = Problem['kind'];

/** The outcome of a call that can fail in expected ways. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (problem: Problem): Result<never> => ({ ok: false, problem });

/** Makes a switch over a union exhaustive: a new case does not compile until it is answered. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
