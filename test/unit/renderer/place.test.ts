// The address and the place follow each other; whoever spoke last is right, and other news change neither.
import { beforeEach, expect, test } from 'vitest';
import { followAddress, placeIn } from '../../../renderer/place.ts';
import { createView } from '../../../renderer/store.ts';
import { snapshot } from '../../fakes/snapshot.ts';

/** A page's address: as in a browser, a new one is told later, not by the line that sets it. */
function pageAt(hash: string) {
  let told = (): void => undefined;
  const page = {
    location: { hash },
    addEventListener: (_name: string, listener: () => void) => (told = listener),
    removeEventListener: () => (told = () => undefined),
  };
  return { page: page as unknown as Window, told: () => told() };
}

let store = createView('welcome');
beforeEach(() => (store = createView('welcome')));

test('an address that is no place is none', () => {
  expect(placeIn('#daemon/json')).toBe('daemon/json');
  for (const hash of ['', '#', '#nowhere', 'xstatus#']) expect(placeIn(hash)).toBeNull();
});

test('opens on the place of the address, and without one on the place of the view', () => {
  followAddress(store, pageAt('#status').page);
  expect(store.getState().place).toBe('status');
  const { page } = pageAt('');
  followAddress(createView('general'), page);
  expect(page.location.hash).toBe('general');
});

test('a change of the place changes the address', () => {
  const { page } = pageAt('#welcome');
  followAddress(store, page);
  store.setState({ place: 'history' });
  expect(page.location.hash).toBe('history');
});

test('a link that was followed is not taken back by news that come before the page hears of it', () => {
  const { page, told } = pageAt('#welcome');
  followAddress(store, page);
  page.location.hash = '#general';
  store.setState({ snapshot: snapshot() });
  expect(page.location.hash).toBe('#general');
  told();
  expect(store.getState().place).toBe('general');
});

test('once it is stopped neither follows the other', () => {
  const { page, told } = pageAt('#welcome');
  followAddress(store, page)();
  page.location.hash = '#general';
  told();
  expect(store.getState().place).toBe('welcome');
  store.setState({ place: 'status' });
  expect(page.location.hash).toBe('#general');
});
