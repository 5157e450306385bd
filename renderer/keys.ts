// The keyboard's way to what the pages offer with the mouse; every key stands on the About page.
import { places, type PlaceName } from '@contract/ipc.ts';
import type { Actions } from './actions.ts';
import { hasModal } from './modal.ts';
import type { ViewStore } from './store.ts';

/** What a key does. Other parts of the page have keys of their own: search, undo. */
export type Shortcut = 'apply' | 'refresh' | 'general' | 'next-page' | 'previous-page';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The first place of each page, in the order of the sidebar. */
const pages: readonly PlaceName[] = places.filter(
  (place, index) => place !== 'welcome' && places.findIndex((one) => pageOf(one) === pageOf(place)) === index,
);

/** What these keys mean; null: nothing of ours. `mac` has Command where others have Control. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed, mac: boolean): Shortcut | null {
  if (altKey) return null;
  if (key === 'F5' && !ctrlKey && !metaKey && !shiftKey) return 'refresh';
  const command = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (key === 'PageDown' && ctrlKey && !metaKey) return 'next-page';
  if (key === 'PageUp' && ctrlKey && !metaKey) return 'previous-page';
  if (!command || shiftKey) return null;
  if (key === ',') return 'general';
  if (key.toLowerCase() === 's') return 'apply';
  return key.toLowerCase() === 'r' ? 'refresh' : null;
}

/** Hears the keys of the whole page. Returns the way to stop. */
export function followKeys(store: ViewStore, actions: Actions, page: Window): () => void {
  let waiting = (): void => undefined;

  const pressed = (event: KeyboardEvent): void => {
    // What is asked is answered first; its dialog has the keys.
    if (event.defaultPrevented || store.getState().question !== null || hasModal(page.document)) return;
    const shortcut = shortcutOf(event, store.getState().snapshot?.app.platform === 'darwin');
    if (shortcut === null) return;
    event.preventDefault();
    // A key that is held down turns pages, but asks for nothing twice.
    if (event.repeat && (shortcut === 'apply' || shortcut === 'refresh')) return;
    follow(shortcut);
  };

  function follow(shortcut: Shortcut): void {
    switch (shortcut) {
      case 'apply':
        finishTyping(page.document);
        waiting();
        waiting = whenForetold(store, actions.apply);
        return;
      case 'refresh':
        return void actions.refresh();
      case 'general':
        return actions.show('general');
      case 'next-page':
        return actions.show(beside(store.getState().place, 1));
      case 'previous-page':
        return actions.show(beside(store.getState().place, -1));
    }
  }

  page.addEventListener('keydown', pressed);
  return () => {
    page.removeEventListener('keydown', pressed);
    waiting();
  };
}

/** What is still being typed becomes part of the draft, as it would by a click at the button; the caret stays. */
function finishTyping({ activeElement }: Document): void {
  // The text of the file is in the draft with every letter.
  if (!(activeElement instanceof HTMLElement) || activeElement.shadowRoot !== null) return;
  activeElement.blur();
  activeElement.focus({ preventScroll: true });
}

/**
 * Goes on when the open draft's forecast is there; never where there is no draft, or none any more. Returns the way to
 * stop waiting.
 */
function whenForetold(store: ViewStore, go: () => void): () => void {
  const { draft, forecast } = store.getState();
  if (draft === null || forecast.fresh) {
    if (draft !== null) go();
    return () => undefined;
  }
  const stop = store.subscribe((view) => {
    if (view.draft === draft && !view.forecast.fresh) return;
    stop();
    if (view.draft === draft) go();
  });
  return stop;
}

/** The page before or after this one, around the ends. Daemon opens where the live-restore switch is. */
function beside(place: PlaceName, step: 1 | -1): PlaceName {
  // Before the first one stands the page of the first start.
  const index = place === 'welcome' && step === -1 ? 0 : pages.findIndex((one) => pageOf(one) === pageOf(place));
  const next = pages[(index + step + pages.length) % pages.length] ?? 'general';
  return next === 'daemon/basic' ? 'daemon/advanced' : next;
}

function pageOf(place: PlaceName): string {
  return place.split('/')[0] ?? place;
}
