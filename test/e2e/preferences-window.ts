// The preferences window as a person sees it: places, controls and words, found by role and name.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Snapshot } from '../../electron/contract/snapshot.ts';

export type PreferencesWindow = {
  readonly page: Page;
  /** Clicks through sidebar and tabs, as the documentation says: Daemon -> Advanced. */
  go(...path: readonly string[]): Promise<void>;
  readonly liveRestore: Locator;
  /** The bar at the bottom that says what a draft means. */
  readonly apply: Locator;
  readonly dialog: Locator;
  /** What the main process publishes, as the page gets it. */
  snapshot(): Promise<Snapshot>;
  /** Resolves with the first snapshot for which this holds, by its own words; polls nothing in the app. */
  until(holds: (snapshot: Snapshot) => boolean, what: string): Promise<Snapshot>;
};

export function preferencesWindow(page: Page): PreferencesWindow {
  const snapshot = (): Promise<Snapshot> =>
    page.evaluate(
      () =>
        new Promise<Snapshot>((resolve) => {
          const { bridge } = globalThis as unknown as {
            bridge: { watch(listener: (snapshot: Snapshot) => void): () => void };
          };
          const stop = bridge.watch((now) => {
            resolve(now);
            queueMicrotask(() => stop());
          });
        }),
    );
  return {
    page,
    async go(first, ...tabs) {
      await page.getByRole('link', { name: first, exact: true }).first().click();
      for (const tab of tabs) await page.getByRole('link', { name: tab, exact: true }).click();
    },
    liveRestore: page.getByRole('switch', { name: 'Live restore' }),
    apply: page.getByRole('button', { name: /^Apply/ }),
    dialog: page.getByRole('dialog'),
    snapshot,
    async until(holds, what) {
      let last: Snapshot | null = null;
      await expect
        .poll(
          async () => {
            last = await snapshot();
            return holds(last);
          },
          { message: what, timeout: 45_000 },
        )
        .toBe(true);
      return last as unknown as Snapshot;
    },
  };
}
