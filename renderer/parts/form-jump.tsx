// Brings the row that somebody asked for into view and puts the focus into it, as soon as it is drawn.
import { useEffect } from 'react';
import { firstControlIn } from '../first-control.ts';
import { useActions, useView } from '../view.tsx';
import { useJumpEnd } from './jump-end.ts';

export function FormJump() {
  const actions = useActions();
  const path = useView((view) => (view.jump?.to === 'form' ? view.jump.path : null));
  const isText = useView((view) => view.place === 'daemon/json');
  // After every drawing: the rows may come later than the wish.
  useEffect(() => {
    if (path === null) return;
    const row = rowOf(document, path);
    if (row === null && !isText) return;
    row?.scrollIntoView({ block: 'center' });
    if (row) firstControlIn(row)?.focus({ preventScroll: true });
    actions.landed('form');
  });
  useJumpEnd('form');
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
