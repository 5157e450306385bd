// The published snapshot: numbered, frozen, and silent when nothing is new.
import { expect, test } from 'vitest';
import { createState } from '../../../electron/app/state.ts';
import { defaultPreferences } from '../../../electron/contract/preferences.ts';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { appFacts, engineIn, snapshot } from '../../fakes/snapshot.ts';

const fresh = () => createState({ preferences: defaultPreferences, app: appFacts() });

test('before the engine has looked it says that it is looking, and claims nothing', () => {
  const { engine, target, containers, liveRestore } = fresh().get();
  expect(engine.state).toBe('connecting');
  expect(target.access.kind).toBe('read-only');
  expect(containers).toBeNull();
  expect(liveRestore.effective).toBeNull();
});

test('a watcher hears what is, and every change with a higher number', () => {
  const state = fresh();
  const heard: Snapshot[] = [];
  const stop = state.watch((now) => heard.push(now));
  state.publish({ engine: engineIn('running') });
  state.publishApp({ tray: false });
  stop();
  state.publish({ engine: engineIn('stopped') });
  expect(heard.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  expect(heard.at(-1)?.app).toEqual(appFacts({ tray: false }));
});

test('an equal part is not published again, whoever made it', () => {
  const state = fresh();
  state.publish({ engine: engineIn('running'), containers: snapshot().containers });
  const heard: Snapshot[] = [];
  state.watch((now) => heard.push(now));
  state.publish({ engine: engineIn('running'), containers: structuredClone(snapshot().containers) });
  state.publishApp({ tray: true });
  state.publish({});
  expect(heard).toHaveLength(1);
});

test('parts that are equal stay the same objects when others change', () => {
  const state = fresh();
  state.publish({ containers: snapshot().containers });
  const before = state.get().containers;
  state.publish({ engine: engineIn('running'), containers: structuredClone(snapshot().containers) });
  expect(state.get().containers).toBe(before);
});

test('nobody can change what was published', () => {
  const state = fresh();
  state.publish({ containers: snapshot().containers });
  const { containers, preferences } = state.get();
  expect(Object.isFrozen(state.get())).toBe(true);
  expect(Object.isFrozen(containers?.list[0]?.ports)).toBe(true);
  expect(Object.isFrozen(preferences)).toBe(true);
});
