// Parts that come later: the one that is wanted last counts, and what failed is tried again.
import { expect, test } from 'vitest';
import { followLatePart, loadLatePart } from '../../../renderer/late-part.ts';
import { loadWhen } from '../../../renderer/load-when.ts';
import { createView } from '../../../renderer/store.ts';
import { snapshot } from '../../fakes/snapshot.ts';

const rest = () => new Promise((resolve) => setTimeout(resolve, 0));

test('what could not be loaded is tried again with the next news, and no longer than it fails', async () => {
  const store = createView('general');
  const part = await loadLatePart();
  let tries = 0;
  const stop = followLatePart(store, () => {
    tries += 1;
    return tries < 3 ? Promise.reject(new Error('not there')) : Promise.resolve(part);
  });
  await rest();
  expect([tries, store.getState().latePart]).toEqual([1, null]);
  for (let revision = 1; revision < 6; revision += 1) {
    store.setState({ snapshot: snapshot({ revision }) });
    await rest();
  }
  expect([tries, store.getState().latePart]).toEqual([3, part]);
  stop();
});

test('what is not wanted any more when it comes is left', async () => {
  const store = createView('general');
  const answers = new Map<string, (part: string) => void>();
  const put: string[] = [];
  const stop = loadWhen(
    store,
    ({ place }) => (place === 'welcome' ? null : place),
    (place) => new Promise<string>((resolve) => answers.set(place, resolve)),
    (part) => void put.push(part),
  );
  store.setState({ place: 'about' });
  answers.get('about')?.('about');
  answers.get('general')?.('general');
  await rest();
  expect(put).toEqual(['about']);
  store.setState({ place: 'welcome' });
  store.setState({ place: 'about' });
  await rest();
  expect(put).toEqual(['about']);
  stop();
});
