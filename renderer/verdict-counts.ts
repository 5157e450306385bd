// Counts who lives and who does not under a plan.
import type { ContainerVerdict } from '@contract/plan.ts';

/** How many containers fare how. */
export type VerdictCounts = {
  readonly all: number;
  /** Still running afterwards, perhaps after a moment's interruption. */
  readonly kept: number;
  readonly interrupted: number;
  readonly stops: number;
  /** They run on out of sight of this daemon, until what hides them is put back. */
  readonly hidden: number;
  /** They may run on, but never again under this daemon's eyes. */
  readonly lost: number;
};

/** The counts of a plan's verdicts. */
export function countVerdicts(verdicts: readonly ContainerVerdict[]): VerdictCounts {
  const count = (...wanted: readonly ContainerVerdict['verdict'][]): number =>
    verdicts.filter(({ verdict }) => wanted.includes(verdict)).length;
  return {
    all: verdicts.length,
    kept: count('keeps-running', 'interrupted'),
    interrupted: count('interrupted'),
    stops: count('stops'),
    hidden: count('hidden'),
    lost: count('lost'),
  };
}
