// A dialog before everything else, there while it is drawn; the safe button has the focus, which goes back where it was.
import { useId, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';

type ModalProps = {
  readonly title: string;
  /** The button that changes nothing. */
  readonly safe: RefObject<HTMLButtonElement | null>;
  /** Esc was pressed. */
  readonly close: () => void;
  readonly children: ReactNode;
};

export function Modal({ title, safe, close, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current: shown } = dialog;
    shown?.showModal();
    // A dialog focuses its first element, which is the list when that can be scrolled: Enter must change nothing.
    safe.current?.focus();
    // Only a dialog that is closed gives the focus back; one that is merely taken away loses it. That it closed is
    // heard when it is gone already, and is nobody's wish.
    return () => shown?.close();
  }, [safe]);
  return (
    <dialog className="confirm" ref={dialog} aria-labelledby={id} onClose={() => dialog.current && close()}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
