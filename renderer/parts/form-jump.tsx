// Brings the row that somebody asked for into view and puts the focus into it, as soon as it is drawn.
import { useEffect } from 'react';
import { useActions, useView } from '../view.tsx';

export function FormJump() {
  const actions = useActions();
  const path = useView((view) => (view.jump?.to === 'form' ? view.jump.path : null));
  useEffect(() => {
    if (path === null) return;
    const row = rowOf(document, path);
    row?.scrollIntoView({ block: 'center' });
    row
      ?.querySelector<HTMLElement>(':is(input, select, textarea, button, a):not(:disabled)')
      ?.focus({ preventScroll: true });
    actions.landed('form');
  }, [path, actions]);
  return null;
}

/** The row of an option, or of the nearest one that it stands in. Rows carry `data-option`, dotted. */
export function rowOf(page: ParentNode, path: readonly string[]): HTMLElement | null {
  const rows = [...page.querySelectorAll<HTMLElement>('[data-option]')];
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    const found =
      rows.find(({ dataset }) => dataset['option'] === key) ??
      rows.find(({ dataset }) => dataset['option']?.startsWith(`${key}.`));
    if (found) return found;
  }
  return null;
}
