// What is true while the daemon is down: who runs on without it, and what can still be done for them.
import type { Problem } from './problem.ts';

/** What waits in the pipes between a container and its daemon; of its two streams the one that is nearer to its end. */
export type LogPipes = {
  /** Bytes that nobody has read yet. */
  readonly bytes: number;
  /** Bytes that fit; a writer sleeps when it is full. */
  readonly capacity: number;
  /** Bytes a second, as measured while the daemon was down; null where there is nothing to go by yet. */
  readonly rate: number | null;
  /** When it would be full at this rate, in ms since 1970; null: not foreseeable, or it writes nothing. */
  readonly blocksAt: number | null;
  /** A writer sleeps, or would with its next line. */
  readonly blocked: boolean;
};

/** A container that runs on without its daemon. */
export type LeftContainer = {
  readonly id: string;
  /** Its name as it was last told; the short id where nobody knows it. */
  readonly name: string;
  /** Process id of its first process; 0 where that cannot be told. */
  readonly pid: number;
};

/** Why pipes cannot be measured here; null where they are. */
export type NotMeasured = null | 'not-yet' | 'no-rights' | 'no-program' | 'failed' | 'platform';

/** A container with its pipes; null where it has none (another log driver than a pipe does not exist) or they are not known. */
export type PipedContainer = LeftContainer & { readonly pipes: LogPipes | null };

/** The pipes of all containers that run. */
export type PipesReport = {
  readonly containers: readonly PipedContainer[];
  readonly notMeasured: NotMeasured;
  /** `/proc/sys/fs/pipe-max-size`, in bytes: what an ordinary process may ask for. It changes no pipe by itself. */
  readonly pipeMaxSize: number | null;
};

/** While the daemon is down. */
export type Outage = PipesReport & {
  /** The gravest that is known of the pipes: some writer sleeps, one will within a minute, or neither. */
  readonly pressure: 'none' | 'soon' | 'blocked';
};

/**
 * The next start would stop containers that still run, and nothing makes that start by itself: `live-restore: true`
 * written before it saves them all (measured on 20.10, 26.1 and 28.5).
 */
export type Rescue = {
  readonly containers: readonly LeftContainer[];
  /** Of the file that the change was made from; null: there is none yet. */
  readonly etag: string | null;
  /** The file before and after; null where it cannot be edited. */
  readonly text: { readonly before: string; readonly after: string } | null;
  /** Why it cannot be done; null where it can. */
  readonly blocked: Problem | null;
};

/** Containers that ended with a daemon that is back now, in the order in which they had been started. */
export type Fallen = {
  /** When the daemon was back, in ms since 1970. */
  readonly at: number;
  readonly containers: readonly { readonly id: string; readonly name: string; readonly exitCode: number }[];
};
