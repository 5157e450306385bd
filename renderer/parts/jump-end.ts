// A way to somewhere on the page ends when that is not wanted any more: with the page it led to, or the next click or key.
import { useEffect } from 'react';
import type { Jump } from '../store.ts';
import { useActions, useView } from '../view.tsx';

export function useJumpEnd(to: Jump['to']): void {
  const actions = useActions();
  const isOpen = useView((view) => view.jump?.to === to);
  useEffect(() => {
    if (!isOpen) return undefined;
    const end = (): void => actions.landed(to);
    // Whoever does something meanwhile is not taken away from it later.
    window.addEventListener('pointerdown', end);
    window.addEventListener('keydown', end);
    return () => {
      window.removeEventListener('pointerdown', end);
      window.removeEventListener('keydown', end);
    };
  }, [actions, to, isOpen]);
  useEffect(() => () => actions.landed(to), [actions, to]);
}
