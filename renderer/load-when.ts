// Parts of the page that come later: each is loaded when it is wanted, and again when another one of its kind is.
import type { View, ViewStore } from './store.ts';

/**
 * Follows what the view wants (null: nothing now) and puts what was loaded for it there, unless something else is wanted
 * by then. What could not be loaded is tried again with the next news. Returns the way to stop.
 */
export function loadWhen<Key extends string, Part>(
  store: ViewStore,
  keyOf: (view: View) => Key | null,
  load: (key: Key) => Promise<Part>,
  put: (part: Part, key: Key) => void,
  /** What is there already. */
  first: Key | null = null,
): () => void {
  let wanted = first;
  const follow = async (): Promise<void> => {
    const key = keyOf(store.getState());
    if (key === null || key === wanted) return;
    wanted = key;
    const part = await load(key).catch(() => null);
    if (wanted !== key) return;
    // The page works on without it, as it did before it was wanted.
    if (part === null) wanted = null;
    else put(part, key);
  };
  void follow();
  return store.subscribe(() => void follow());
}
