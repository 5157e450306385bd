// The proof after a restart: what is not as it was before, container by container, and what runs that nobody manages.
import type { Verdict } from './plan.ts';

/** One thing about a container that is not as it was. */
export type Deviation =
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** Its restart policy starts it again and again, and it ends each time. */
  | { readonly kind: 'keeps-ending'; readonly exitCode: number }
  /** It runs, but as another process: it was stopped and started again. */
  | { readonly kind: 'new-process'; readonly from: number; readonly to: number }
  /** The daemon does not know it any more. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'port-gone'; readonly port: string }
  /** The daemon says that it is published, and nothing listens there. */
  | { readonly kind: 'port-closed'; readonly port: string }
  | { readonly kind: 'network-gone'; readonly network: string }
  | { readonly kind: 'address-changed'; readonly network: string; readonly from: string; readonly to: string }
  | { readonly kind: 'dns-changed'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly kind: 'health-worse'; readonly to: string }
  /** Its health check runs no more: what it found last stays, whatever becomes of the container. */
  | { readonly kind: 'health-stopped'; readonly last: string }
  | { readonly kind: 'not-paused' }
  | { readonly kind: 'mount-gone'; readonly path: string }
  | { readonly kind: 'restarted'; readonly times: number };

export type ContainerAudit = {
  readonly id: string;
  readonly name: string;
  /** What was said before. */
  readonly foretold: Verdict;
  readonly deviations: readonly Deviation[];
};

/** A process, told from a later one with the same pid. */
export type ProcessName = { readonly pid: number; readonly startTicks: string };

/** The first process of a container that the daemon does not manage. */
export type Orphan = ProcessName & {
  readonly command: string;
  readonly container: string;
  /** As it was last told; the short id where nobody knows it. */
  readonly name: string;
  /** What holds it. */
  readonly shim: ProcessName;
  /**
   * `unknown`: the daemon does not know the container (a hidden one comes back with its option). `ended`: it takes it for
   * ended. `copy`: it runs another process of the same container, on the same volumes.
   */
  readonly kind: 'unknown' | 'ended' | 'copy';
};

/** What became of a container's log over the time in which no daemon read what it wrote. */
export type LogFate =
  /** It wrote nothing in that time, or the daemon read it to its end. */
  | { readonly kind: 'none' }
  /**
   * Nothing is missing: what waited in its pipe stands in the log with the time at which it was read, up to so many ms
   * late. `heldUp`: its pipe was full, and it waited. `ms` is null where nobody saw the old daemon go.
   */
  | { readonly kind: 'delayed'; readonly ms: number | null; readonly heldUp: boolean }
  /** It ended in that time: what it wrote in its last so many ms at most is in no log. */
  | { readonly kind: 'lost'; readonly ms: number | null }
  | { readonly kind: 'not-known'; readonly why: LogUnknown; readonly driver: string };

/**
 * `driver`: what another log driver makes of it cannot be seen here. `busy`: more was written since than is read for
 * this. `no-answer`: the daemon did not tell its log.
 */
export type LogUnknown = 'driver' | 'busy' | 'no-answer';

export type ContainerLog = { readonly id: string; readonly name: string; readonly log: LogFate };

export type Audit = {
  /** How many containers were compared. */
  readonly compared: number;
  /** Those with deviations. */
  readonly containers: readonly ContainerAudit[];
  readonly orphans: readonly Orphan[];
  /** Of every container that was compared and that keeps a log. */
  readonly logs: readonly ContainerLog[];
};

/** The daemon came back as another process, and nobody asked for that here: `systemctl`, an upgrade, a crash. */
export type OthersRestart = {
  /** When it was back, in ms since 1970. */
  readonly at: number;
  /** Since it was seen to go. */
  readonly awayMs: number;
  readonly audit: Audit;
};

/** Whether it was to keep running as it was. */
export const isUnforeseen = ({ foretold }: Pick<ContainerAudit, 'foretold'>): boolean =>
  foretold === 'keeps-running' || foretold === 'interrupted';

/** Whether something is not as it was and was not foretold: what is worth a notification. */
export const isWorse = ({ containers, orphans }: Audit): boolean => orphans.length > 0 || containers.some(isUnforeseen);
