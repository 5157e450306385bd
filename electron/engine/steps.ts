// Says which step of a transaction runs, times it, and gives tests a place to end the process.
import type { Outcome, Step } from '../contract/outcome.ts';

export type Steps = {
  /** Begins a step; the one before ends. Awaits the probe, so that a test may end the process exactly here. */
  begin(step: Step): Promise<void>;
  /** Ends the last step and returns all of them. */
  end(): Outcome['timings'];
};

/** `announce` publishes the step; `probe` is for fault injection and does nothing in the program. */
export function createSteps(announce: (step: Step) => void, probe: (point: string) => Promise<void>): Steps {
  const timings: { step: Step; ms: number }[] = [];
  let current: { step: Step; at: number } | null = null;
  const close = (): void => {
    if (current) timings.push({ step: current.step, ms: Math.round((performance.now() - current.at) * 10) / 10 });
    current = null;
  };
  return {
    async begin(step) {
      close();
      announce(step);
      current = { step, at: performance.now() };
      await probe(step);
    },
    end() {
      close();
      return timings;
    },
  };
}
