// Brings the part of Status into view that a notification or the tray is about, and puts the focus there, once it is drawn.
import { useEffect } from 'react';
import { useActions, useSnapshot, useView } from '../view.tsx';
import { useJumpEnd } from './jump-end.ts';

export function StatusJump() {
  const actions = useActions();
  const part = useView((view) => (view.jump?.to === 'status' ? view.jump.part : null));
  const snapshot = useSnapshot();
  useEffect(() => {
    const section = part && document.querySelector<HTMLElement>(`[data-part="${part}"]`);
    if (!section) return;
    section.scrollIntoView({ block: 'start' });
    section.focus({ preventScroll: true });
    actions.landed('status');
  }, [part, snapshot, actions]);
  useJumpEnd('status');
  return null;
}
