// Colors of the window: the user's choice, else what main says of the system.
import type { ViewStore } from './store.ts';

/** Keeps `data-theme` on the root element as chosen. Returns the way to stop. */
export function followTheme(store: ViewStore, root: HTMLElement): () => void {
  const write = (): void => {
    const { snapshot } = store.getState();
    if (snapshot === null) return;
    const { theme } = snapshot.preferences;
    root.dataset['theme'] = theme !== 'system' ? theme : snapshot.app.dark ? 'dark' : 'light';
  };
  write();
  return store.subscribe(write);
}
