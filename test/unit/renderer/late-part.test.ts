// What the window does not open with comes behind the first snapshot, or at once where it opens on a part of it; once.
import { expect, test } from 'vitest';
import type { PlaceName } from '@contract/ipc.ts';
import { followLatePart } from '../../../renderer/late-part.ts';
import { createView } from '../../../renderer/store.ts';
import { snapshot } from '../../fakes/snapshot.ts';

function followed(place: PlaceName) {
  const store = createView(place);
  const loads: unknown[] = [];
  store.subscribe(({ latePart }, before) => {
    if (latePart !== before.latePart) loads.push(latePart);
  });
  followLatePart(store);
  /** Resolves once it was loaded; where nothing loads it, the test runs out of time. */
  const loaded = new Promise<void>((resolve) => store.subscribe(({ latePart }) => latePart && resolve()));
  return { store, loads, loaded };
}

test.each(['daemon/advanced', 'status', 'welcome'] as const)('%s opens without it', async (place) => {
  const { store, loads, loaded } = followed(place);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(loads).toEqual([]);
  store.setState({ snapshot: snapshot() });
  await loaded;
  store.setState({ snapshot: snapshot({ revision: 2 }), place: 'general' });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(loads).toHaveLength(1);
});

test.each(['general', 'history', 'about', 'daemon/json', 'daemon/basic'] as const)(
  '%s has it loaded',
  async (place) => {
    const { loaded, loads } = followed(place);
    await loaded;
    expect(loads).toHaveLength(1);
  },
);
