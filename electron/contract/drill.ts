// A rehearsal: a restart of the daemon with a throw-away container in it, and what became of that.
import type { Outcome } from './outcome.ts';
import type { Problem } from './problem.ts';

export type Drill = {
  /** Null where it did not come to a restart. */
  readonly survived: boolean | null;
  readonly pidBefore: number | null;
  /** 0: it does not run any more. */
  readonly pidAfter: number | null;
  /** Lines of its output that are missing between the first and the last that was logged; null where that cannot be read. */
  readonly logGapLines: number | null;
  readonly apiDowntimeMs: number;
  /** Of the restart; null where it was not begun. */
  readonly outcome: Outcome | null;
  readonly problem: Problem | null;
};
