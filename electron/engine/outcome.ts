// Builds the outcome of a verb, so that every way out tells the same things.
import type { Outcome, Proof } from '../contract/outcome.ts';
import type { Effect } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';
import { untouched } from './audit.ts';
import type { Steps } from './steps.ts';

/** What is known of a verb while it runs; the ways out fill in the rest. */
export type Story = {
  readonly verb: Outcome['verb'];
  readonly steps: Steps;
  readonly startedAt: number;
  effect: Effect;
  proof: Proof | null;
  containers: Outcome['containers'];
  apiDowntimeMs: number;
  /** When the daemon was told to end, by the monotonic clock; null while it never was. */
  downSince: number | null;
  history: string | null;
};

export const beginStory = (verb: Outcome['verb'], steps: Steps): Story => ({
  verb,
  steps,
  startedAt: Date.now(),
  effect: 'none',
  proof: null,
  containers: untouched([]),
  apiDowntimeMs: 0,
  downSince: null,
  history: null,
});

/** The lines of the daemon's log that a problem carries. */
export const linesIn = (problem: Problem | null): readonly string[] =>
  problem !== null && 'lines' in problem ? problem.lines : [];

/** Ends the story: with a result, what to tell of it, and the state in which the file is now. */
export function outcome(
  story: Story,
  result: Outcome['result'],
  file: Outcome['file'],
  problem: Problem | null = null,
): Outcome {
  const { steps, downSince: _, ...known } = story;
  return {
    ...known,
    result,
    file,
    problem,
    log: linesIn(problem),
    timings: steps.end(),
    finishedAt: Date.now(),
    audit: null,
  };
}

/** Refused before a story began. */
export function refusal(verb: Outcome['verb'], problem: Problem): Outcome {
  const now = Date.now();
  return {
    verb,
    result: 'refused',
    effect: 'none',
    proof: null,
    containers: untouched([]),
    apiDowntimeMs: 0,
    history: null,
    log: [],
    problem,
    file: 'unchanged',
    timings: [],
    startedAt: now,
    finishedAt: now,
    audit: null,
  };
}
