// Undo and redo of the draft, for the mouse.
import type { ReactNode } from 'react';
import { useActions, useMessages, useView } from '../view.tsx';
import { RedoIcon, UndoIcon } from './icons.tsx';

export function UndoButtons() {
  const actions = useActions();
  const { editor: words } = useMessages();
  const back = useView((view) => view.history.past.length > 0);
  const forth = useView((view) => view.history.future.length > 0);
  const hidden = useView((view) => view.history.past.length + view.history.future.length === 0);
  return (
    <div className="undo-buttons" hidden={hidden}>
      <Step label={words.undo} able={back} act={actions.stepBack}>
        <UndoIcon />
      </Step>
      <Step label={words.redo} able={forth} act={actions.stepForth}>
        <RedoIcon />
      </Step>
    </div>
  );
}

type StepProps = {
  readonly label: string;
  readonly able: boolean;
  readonly act: () => void;
  readonly children: ReactNode;
};

const Step = ({ label, able, act, children }: StepProps) => (
  // Not `disabled`: the last step would take the focus with it.
  <button
    type="button"
    className="button icon-only"
    aria-disabled={!able}
    aria-label={label}
    title={label}
    onClick={() => able && act()}
  >
    {children}
  </button>
);
