// Remembers who ran when the daemon was told to end: one of 20.10 goes on telling while it stops its containers.
import { isAtLeast } from '../contract/options.ts';
import type { Container } from '../contract/snapshot.ts';
import { runs } from './audit.ts';

/** From then on a daemon that ends hangs up before it stops anybody (measured on 26.1 and 28.5; 20.10 does not). */
const hangsUpFirst = '26.1';
/** Between the end of its last container and its own, a daemon took up to 1.05 s (measured); a busy computer takes longer. */
const lastEndMs = 5_000;
/** All are stopped at once, and given up on after `shutdown-timeout`, of which this is the default. */
const stoppingMs = 15_000;

export type WhoRan = {
  /** Everything that the daemon tells now. */
  see(containers: readonly Container[]): void;
  /**
   * The connection to a daemon of this version is lost. All containers as they were when it began to end: of one that tells
   * of its own end, those that it had just stopped are told as running, where nobody runs any more. One that somebody else
   * stopped right before is taken for one of them.
   */
  whenItWent(version: string): readonly Container[];
};

export function rememberWhoRan(clock: () => number = Date.now): WhoRan {
  let told: readonly Container[] = [];
  let ended: readonly { readonly at: number; readonly container: Container }[] = [];
  return {
    see(containers) {
      const at = clock();
      const running = new Set(containers.filter(runs).map(({ id }) => id));
      const ends = told.filter((one) => runs(one) && !running.has(one.id)).map((container) => ({ at, container }));
      const kept = ended.filter((end) => !running.has(end.container.id) && at - end.at < stoppingMs);
      ended = [...kept, ...ends];
      told = containers;
    },
    whenItWent(version) {
      const last = ended.at(-1)?.at ?? 0;
      if (isAtLeast(version, hangsUpFirst) || told.some(runs) || clock() - last >= lastEndMs) return told;
      const before = new Map(
        ended.filter(({ at }) => last - at < stoppingMs).map(({ container }) => [container.id, container]),
      );
      const here = new Set(told.map(({ id }) => id));
      // What was started with --rm is gone already.
      const removed = [...before.values()].filter(({ id }) => !here.has(id));
      return [...told.map((one) => before.get(one.id) ?? one), ...removed];
    },
  };
}
