// Reads the app's own snapshot through the page's door, without asking again and again.
import type { Page } from '@playwright/test';
import type { Bridge } from '../../electron/contract/ipc.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';

const limitMs = 60_000;

/** The present snapshot, or the first in which the engine runs with its containers and nothing is under way. */
export function firstSnapshot(page: Page, wanted: 'any' | 'running'): Promise<Snapshot> {
  return page.evaluate(
    ({ state, limit }) =>
      new Promise<Snapshot>((resolve, reject) => {
        const { bridge } = globalThis as unknown as { readonly bridge: Bridge };
        const patience = setTimeout(() => reject(new Error(`No snapshot is ${state} within ${limit} ms`)), limit);
        const stop = bridge.watch((now) => {
          const { engine, containers, operation } = now;
          const runs = engine.state === 'running' && containers !== null && operation.kind === 'idle';
          if (state === 'running' && !runs) return;
          clearTimeout(patience);
          resolve(now);
          // It may call back before there is a way to stop it.
          queueMicrotask(() => stop());
        });
      }),
    { state: wanted, limit: limitMs },
  );
}
