// Says that this daemon is only shown, and why.
import type { Snapshot } from '@contract/snapshot.ts';
import { problemWords } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { JoinByHand } from './engine-card.tsx';
import { Note } from './note.tsx';

export function ReadOnlyNote({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { access, endpoint } = snapshot.target;
  if (access.kind !== 'read-only') return null;
  const { reason, detail: about } = access;
  // Who may not talk to the daemon sees nothing of it for that reason: that is what to change.
  const isDenied = snapshot.engine.state === 'denied' && reason === 'not-permitted';
  const problem = isDenied
    ? ({ kind: 'engine.denied', endpoint } as const)
    : ({ kind: 'target.read-only', reason, detail: about } as const);
  const { title, detail } = problemWords(messages, problem);
  return (
    <Note tone="warn" title={title}>
      {detail && <p>{detail}</p>}
      <JoinByHand snapshot={snapshot} />
    </Note>
  );
}
