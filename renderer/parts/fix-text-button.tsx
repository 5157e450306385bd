// One click for a file that is no JSON for small reasons: the repaired text as a draft, seen before anything is written.
import type { Snapshot } from '@contract/snapshot.ts';
import { mayDraft } from '../draft.ts';
import { useActions, useMessages, useView } from '../view.tsx';

/** Null where that would be a guess, or nothing can be drafted for this file. */
const repairedIn = (snapshot: Snapshot): string | null =>
  snapshot.config.state === 'unreadable' && mayDraft(snapshot) ? (snapshot.config.repaired ?? null) : null;

/** The repaired text that a click drafts; null where there is none, and beside a draft, which it would replace. */
export const useRepairedText = (): string | null =>
  useView(({ draft, snapshot }) => (draft === null && snapshot ? repairedIn(snapshot) : null));

export function FixTextButton({ main = false }: { readonly main?: boolean }) {
  const { actions: labels } = useMessages().window;
  const actions = useActions();
  const text = useRepairedText();
  if (text === null) return null;
  return (
    <button
      type="button"
      className={main ? 'button primary' : 'button'}
      onClick={() => void actions.putRight({ text })}
    >
      {labels.putRight}
    </button>
  );
}
