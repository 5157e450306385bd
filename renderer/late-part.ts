// What the window does not open with: every page but Daemon and Status, the text and the presets; loaded right after it.
import type { ComponentType } from 'react';
import type { PlaceName } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { loadWhen } from './load-when.ts';
import type { ViewStore } from './store.ts';

type PageView = ComponentType<{ readonly snapshot: Snapshot }>;

/** What was loaded. */
export type LatePart = {
  readonly General: PageView;
  readonly History: PageView;
  readonly About: PageView;
  readonly JsonText: PageView;
  readonly PresetsSection: ComponentType<{ readonly snapshot: Snapshot; readonly locked: boolean }>;
};

/** Loads all of it at once. */
export async function loadLatePart(): Promise<LatePart> {
  const [{ General }, { History }, { About }, { JsonText }, { PresetsSection }] = await Promise.all([
    import('./pages/general.tsx'),
    import('./pages/history.tsx'),
    import('./pages/about.tsx'),
    import('./pages/json.tsx'),
    import('./parts/presets-section.tsx'),
  ]);
  return { General, History, About, JsonText, PresetsSection };
}

/** Places that have nothing of it. */
const early: ReadonlySet<PlaceName> = new Set(['welcome', 'daemon/advanced', 'status']);

/** Loads it behind the first snapshot, or at once where the window opens on a part of it. Returns the way to stop. */
export const followLatePart = (store: ViewStore, load = loadLatePart): (() => void) =>
  loadWhen(
    store,
    ({ snapshot, place }) => (snapshot === null && early.has(place) ? null : 'all'),
    load,
    (latePart) => store.setState({ latePart }),
  );
