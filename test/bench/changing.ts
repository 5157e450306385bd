// Measures a change that a reload takes: from the signal to the proof, and the whole transaction with its parts.
import type { Engine } from '../../electron/engine/engine.ts';
import type { Outcome } from '../../electron/contract/outcome.ts';
import { writeFileSync } from 'node:fs';
import { liveRestoreByHand } from './by-hand.ts';
import type { BenchDaemon } from './daemon.ts';
import { median } from './numbers.ts';
import { plainRow, ratioRow, type Row } from './results.ts';

/** `runs` pairs of each; the value goes on and off, so that every one changes it. */
export async function measureChanging(daemon: BenchDaemon, runs: number): Promise<readonly Row[]> {
  const clock = { signalled: 0, reloading: 0 };
  const engine = await daemon.openEngine({
    signalled: () => (clock.signalled = performance.now()),
    probe: (point) => {
      if (point === 'reloading') clock.reloading = performance.now();
      return Promise.resolve();
    },
  });
  try {
    const pairs: (readonly [number, number])[] = [];
    const totals: number[] = [];
    const outcomes: Outcome[] = [];
    // One of each first, that nothing has to be loaded or made for the first time.
    for (let run = -1; run < runs; run += 1) {
      const ours = await reloadByEngine(daemon, engine, run % 2 === 0, clock);
      const hand = await liveRestoreByHand(daemon, run % 2 !== 0);
      await engine.refresh();
      const began = performance.now();
      const outcome = await applyByEngine(engine, run % 2 === 0);
      const total = performance.now() - began;
      await engine.refresh();
      if (run < 0) continue;
      pairs.push([ours, hand]);
      totals.push(total);
      outcomes.push(outcome);
    }
    return [
      ratioRow({ what: 'SIGHUP to proof', unit: 'ms' }, 'by hand', pairs, 1.2),
      plainRow({ what: 'Click to proof, engine only', unit: 'ms', parts: partsOf(outcomes, totals) }, totals, 250),
    ];
  } finally {
    await engine.close();
  }
}

/** From the moment of the signal to the moment when event and `/info` had both told of it. */
async function reloadByEngine(
  { configPath }: BenchDaemon,
  engine: Engine,
  on: boolean,
  clock: { readonly signalled: number; readonly reloading: number },
): Promise<number> {
  writeFileSync(configPath, `{\n  "live-restore": ${on}\n}\n`);
  const { result, problem, timings } = await engine.act('reload', { accept: [] });
  const step = timings.find((one) => one.step === 'reloading');
  if (result !== 'applied' || step === undefined)
    throw new Error(`The reload was not taken: ${JSON.stringify(problem)}`);
  if (engine.get().liveRestore.effective !== on) throw new Error('The engine does not show what it reloaded.');
  return clock.reloading + step.ms - clock.signalled;
}

async function applyByEngine(engine: Engine, on: boolean): Promise<Outcome> {
  const { config } = engine.get();
  const outcome = await engine.apply(
    { kind: 'patch', patch: [{ path: ['live-restore'], set: on }] },
    // Turning it off needs a consent, although it stops nobody now.
    { etag: 'etag' in config ? config.etag : null, accept: ['stops'] },
  );
  if (outcome.result !== 'applied') throw new Error(`The change was not applied: ${JSON.stringify(outcome.problem)}`);
  return outcome;
}

/** The middle duration of each step, and what lies outside of all steps. */
export function partsOf(outcomes: readonly Outcome[], totals: readonly number[]): Readonly<Record<string, number>> {
  const steps = new Set(outcomes.flatMap(({ timings }) => timings.map(({ step }) => step)));
  const timeOf = ({ timings }: Outcome, step: string): number =>
    timings.filter((one) => one.step === step).reduce((sum, { ms }) => sum + ms, 0);
  const inSteps = outcomes.map(({ timings }) => timings.reduce((sum, { ms }) => sum + ms, 0));
  return {
    ...Object.fromEntries([...steps].map((step) => [step, median(outcomes.map((one) => timeOf(one, step)))])),
    'before, between and after': median(totals.map((total, i) => total - (inSteps[i] ?? 0))),
  };
}
