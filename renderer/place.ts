// The address after `#` is the place that is shown, so that back and forward work as everywhere.
import { places, type PlaceName } from '@contract/ipc.ts';
import type { ViewStore } from './store.ts';

/** The place in an address such as `#daemon/json`; null where there is none of that name. */
export const placeIn = (hash: string): PlaceName | null => places.find((place) => place === hash.slice(1)) ?? null;

/** Keeps the address and the view's place the same. Returns the way to stop. */
export function followAddress(store: ViewStore, page: Window): () => void {
  const read = (): void => {
    const place = placeIn(page.location.hash);
    if (place !== null && place !== store.getState().place) store.setState({ place });
  };
  /** The page's own way to another place. */
  const write = (place: PlaceName): void => {
    if (placeIn(page.location.hash) !== place) page.location.hash = place;
  };
  read();
  page.addEventListener('hashchange', read);
  // Only what changed the place: a link changes the address first and tells it later, and news that come in between
  // would take the link back.
  const stop = store.subscribe(({ place }, before) => {
    if (place !== before.place) write(place);
  });
  write(store.getState().place);
  return () => {
    page.removeEventListener('hashchange', read);
    stop();
  };
}
