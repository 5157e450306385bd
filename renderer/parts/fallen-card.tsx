// Who ended with the daemon, now that it is back, and the one click that starts the same set again.
import type { Snapshot } from '@contract/snapshot.ts';
import { useActions, useMessages } from '../view.tsx';
import { Note } from './note.tsx';

export function FallenCard({ snapshot }: { readonly snapshot: Snapshot }) {
  const { fallen, operation, liveRestore, rights: own } = snapshot;
  const { outage, rights } = useMessages();
  const { fallen: words } = outage;
  const actions = useActions();
  if (fallen === null) return null;
  const { containers } = fallen;
  const names = containers.map(({ name }) => name);
  return (
    <div className="fallen">
      <Note
        tone="warn"
        title={words.title(containers.length)}
        buttons={
          <button
            type="button"
            className="button primary"
            disabled={operation.kind === 'running'}
            onClick={() => void actions.startAgain()}
          >
            {words.act(containers.length)}
          </button>
        }
      >
        <p>{liveRestore.effective === true ? words.plain(names) : words.body(names)}</p>
        {own.step === 'installed' && own.group === false && <p>{rights.asks}</p>}
      </Note>
    </div>
  );
}
