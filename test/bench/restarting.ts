// Measures how long the API does not answer while the daemon is restarted: by the engine, and by hand, in turn.
import { callWitness } from '../tour/call-witness.ts';
import { liveRestoreByHand, restartByHand } from './by-hand.ts';
import type { BenchDaemon } from './daemon.ts';
import { ratioRow, type Row } from './results.ts';

const pingEveryMs = 5;

/** The gap is what a process of its own sees, for both alike. */
export async function measureRestarting(daemon: BenchDaemon, pairsWanted: number): Promise<readonly Row[]> {
  await liveRestoreByHand(daemon, true);
  const gapOf = async (restart: () => Promise<unknown>): Promise<number> => {
    const witness = await callWitness(daemon.socketPath, pingEveryMs);
    try {
      await witness.measureGap();
      await restart();
      const { longestGapMs, liveRestore, containers } = await witness.look();
      if (liveRestore !== true || containers.length !== 3) throw new Error('A restart did not keep every container.');
      return longestGapMs;
    } finally {
      witness.end();
    }
  };
  const byEngine = async (): Promise<number> => {
    const engine = await daemon.openEngine();
    try {
      return await gapOf(async () => {
        const { result, problem } = await engine.act('restart', { accept: [] });
        if (result !== 'applied') throw new Error(`The restart failed: ${JSON.stringify(problem)}`);
      });
    } finally {
      await engine.close();
    }
  };
  const { manager } = daemon.sandbox;
  const byHand = (): Promise<number> => gapOf(() => restartByHand(daemon, manager));
  const pairs: (readonly [number, number])[] = [];
  for (let pair = -1; pair < pairsWanted; pair += 1) {
    // Who goes first alternates, so that going second is nobody's advantage.
    const first = pair % 2 === 0 ? await byEngine() : await byHand();
    const second = pair % 2 === 0 ? await byHand() : await byEngine();
    if (pair >= 0) pairs.push(pair % 2 === 0 ? [first, second] : [second, first]);
  }
  return [ratioRow({ what: 'API gap of a restart', unit: 'ms' }, 'by hand', pairs, 1.05)];
}
