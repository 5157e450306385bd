// Ctrl+F, or Cmd+F on a Mac: the search of the page that is shown, unless something before it has the key.
import { hasModal } from './modal.ts';

/** Listens from now on. Returns the way to stop. */
export function followFindKey(page: Window, find: () => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey || event.shiftKey || hasModal(page.document)) return;
    event.preventDefault();
    find();
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
}
