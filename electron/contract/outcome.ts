// What came of a verb: the result with its proof, and the steps on the way.
import type { Audit } from './audit.ts';
import type { Effect, Verdict } from './plan.ts';
import type { Problem } from './problem.ts';

/** The steps of a transaction, in order; each is published while it runs. */
export type Step =
  /** An administrator is asked for a password. */
  | 'authorizing'
  | 'locking'
  | 'reading'
  | 'planning'
  | 'checking'
  | 'backing-up'
  | 'writing'
  | 'reloading'
  | 'proving-reload'
  | 'stopping'
  | 'starting'
  | 'restarting'
  | 'proving'
  | 'putting-back';

/** What the daemon itself said and showed; null where that proof was not needed. */
export type Proof = {
  /** `timeNano` of the daemon's own `reload` event, as decimal text. */
  readonly event: string | null;
  /** Options seen with their new value in `/info` or in the event. */
  readonly info: readonly { readonly key: string; readonly value: string }[];
  /** Process id of the daemon before and after. */
  readonly pidBefore: number | null;
  readonly pidAfter: number | null;
};

/** A container before and after. */
export type ContainerFate = {
  readonly id: string;
  readonly name: string;
  readonly foretold: Verdict;
  readonly pidBefore: number;
  /** 0 where it does not run any more, null where the daemon does not know it any more. */
  readonly pidAfter: number | null;
  readonly exitCode: number | null;
};

/** The result of `apply`, `reload`, `restart`, `start` or `stop`. */
export type Outcome = {
  readonly verb: 'apply' | 'reload' | 'restart' | 'start' | 'stop' | 'recover';
  readonly result: 'applied' | 'nothing' | 'refused' | 'rolled-back' | 'failed';
  readonly effect: Effect;
  readonly proof: Proof | null;
  readonly containers: {
    /** Running before. */
    readonly before: number;
    /** Still the same process afterwards. */
    readonly kept: number;
    readonly stopped: readonly ContainerFate[];
    readonly lost: readonly ContainerFate[];
    readonly all: readonly ContainerFate[];
  };
  /** How long the API did not answer, in ms; 0 where it always did. */
  readonly apiDowntimeMs: number;
  /** Name of the backup that holds the file as it was; null where nothing was written. */
  readonly history: string | null;
  /** The daemon's own lines that matter. */
  readonly log: readonly string[];
  /** Why it was refused, rolled back or failed; also what is to be told of a success (`containers.worse`). */
  readonly problem: Problem | null;
  /** The state of the file now: `unchanged`, `new`, `restored`, or `unknown` after a failed repair. */
  readonly file: 'unchanged' | 'new' | 'restored' | 'unknown';
  /** Duration of each step in ms, in order. */
  readonly timings: readonly { readonly step: Step; readonly ms: number }[];
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Everything compared before and after; null where the daemon was not started anew. */
  readonly audit: Audit | null;
};
