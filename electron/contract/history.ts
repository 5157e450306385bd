// What happened to the daemon and its file, as far as somebody of ours was there to see it.
import type { ContainerAudit, ContainerLog } from './audit.ts';
import type { Outcome } from './outcome.ts';
import type { Effect, Plan } from './plan.ts';
import type { ProblemKind } from './problem.ts';

/** Who wrote a version of the file, if that can be known. */
export type Author =
  | { readonly kind: 'us' }
  /** A package that was being configured when the file was written. */
  | { readonly kind: 'package'; readonly name: string }
  /** A program that had the file open for editing when the change was seen. */
  | { readonly kind: 'editor'; readonly name: string }
  | { readonly kind: 'unknown' };

/** One happening; `at` in ms since 1970. */
export type HistoryEntry =
  /** The file was seen with these bytes; null: it was gone. */
  | { readonly at: number; readonly kind: 'file'; readonly etag: string | null; readonly by: Author }
  /** We did something, and this came of it. */
  | {
      readonly at: number;
      readonly kind: 'outcome';
      readonly verb: Outcome['verb'];
      readonly result: Outcome['result'];
      readonly effect: Effect;
      readonly before: number;
      readonly kept: number;
      /** Names of those that did not keep running. */
      readonly ended: readonly string[];
      readonly apiDowntimeMs: number;
      readonly problem: ProblemKind | null;
    }
  /** Something happened that nobody asked for here. */
  | {
      readonly at: number;
      readonly kind: 'daemon';
      readonly event: DaemonEvent;
      readonly version: string | null;
      readonly before: number;
      readonly kept: number;
      readonly ended: readonly string[];
    }
  /** After such a restart: how the containers that had run compare with before. */
  | {
      readonly at: number;
      readonly kind: 'audit';
      readonly compared: number;
      readonly changed: readonly KeptChange[];
      /** Names of those that run without the daemon. */
      readonly orphans: readonly string[];
      /** Those logs of which there is something to tell. */
      readonly logs: readonly KeptLog[];
    };

/** What a container was and is, as it is kept. */
export type KeptChange = Pick<ContainerAudit, 'name' | 'deviations'>;
export type KeptLog = Pick<ContainerLog, 'name' | 'log'>;

/** `restarted`: back with another process before it was seen to be down; by somebody, or after a crash. */
export type DaemonEvent = 'reloaded' | 'restarted' | 'started' | 'stopped' | 'crashed';

/** One text that the file was once seen to have; the newest sighting counts. */
export type FileVersion = {
  /** Its etag: the same text is one version. */
  readonly id: string;
  readonly at: number;
  readonly by: Author;
  /** Options that differ from the version before it, with their values; null where a text cannot be read. */
  readonly changes:
    | readonly { readonly key: string; readonly from: string | null; readonly to: string | null }[]
    | null;
  /** The oldest that is known: its changes are what it sets. */
  readonly first: boolean;
  /** True for what stands in the file now. */
  readonly current: boolean;
  /** How the daemon was last seen to run with it; null: it never was. */
  readonly ran: Ran | null;
};

/**
 * `started`: it began with this text. `reloaded`: it took it while it ran, which says less: a reload looks at few options,
 * and a start at all of them.
 */
export type Ran = { readonly at: number; readonly how: 'started' | 'reloaded' };

/** What there is to go back to for a daemon that is down. */
export type WayBack = {
  readonly version: FileVersion;
  /** Of writing it and of the start that reads it. */
  readonly plan: Plan;
  /**
   * How many of the plan's containers run on because live restore is on for that start alone, and set back afterwards;
   * null: it is not turned on for it.
   */
  readonly saves: number | null;
};

/** Newest first. */
export type History = { readonly versions: readonly FileVersion[]; readonly entries: readonly HistoryEntry[] };

/** A text of the past. */
export type VersionText = { readonly id: string; readonly text: string };
