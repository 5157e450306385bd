// TEMPORARY: waits for the catalog.
import type { Messages } from '../contract/messages/index.ts';
import type { Finding, Reason, Verdict } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';

export type Said = { readonly message: string; readonly remedy: string | null };

export const problemSaid = (_: Messages, problem: Problem): Said => ({
  message: `Problem ${problem.kind}.`,
  remedy: 'Do this.',
});
export const findingSaid = (_: Messages, finding: Finding): Said => ({
  message: `Finding ${finding.about.kind}.`,
  remedy: 'Do this.',
});
export const reasonSaid = (_: Messages, reason: Reason): string => reason.kind;
export const verdictSaid = (_: Messages, verdict: Verdict): string => verdict;
