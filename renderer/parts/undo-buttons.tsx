// Undo and redo of the draft, for the mouse.
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
      <button
        type="button"
        className="button icon-only"
        disabled={!back}
        aria-label={words.undo}
        title={words.undo}
        onClick={actions.stepBack}
      >
        <UndoIcon />
      </button>
      <button
        type="button"
        className="button icon-only"
        disabled={!forth}
        aria-label={words.redo}
        title={words.redo}
        onClick={actions.stepForth}
      >
        <RedoIcon />
      </button>
    </div>
  );
}
