// Undo and redo by keyboard, wherever the focus is: Ctrl or Cmd with Z, with Shift and Z, with Y.
import { hasModal } from './modal.ts';

/** Which way a key goes; null: it is none of ours. */
export function undoKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): 'back' | 'forth' | null {
  if (altKey || ctrlKey === metaKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'forth' : 'back';
  return letter === 'y' && ctrlKey && !shiftKey ? 'forth' : null;
}

/** Listens from now on. Returns the way to stop. */
export function followUndoKeys(page: Window, step: (way: 'back' | 'forth') => void): () => void {
  const press = (event: KeyboardEvent): void => {
    const way = undoKey(event);
    if (way === null || event.defaultPrevented || keepsItsOwn(event) || hasModal(page.document)) return;
    // Else the browser would take back letters of a field behind the draft's back.
    event.preventDefault();
    step(way);
  };
  page.addEventListener('keydown', press);
  return () => page.removeEventListener('keydown', press);
}

/** Text that is not in the draft (a search, or what is not valid yet) is undone by its field. */
function keepsItsOwn(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  return target.type === 'search' || target.dataset['undo'] === 'own' || target.getAttribute('aria-invalid') === 'true';
}
