// Says that this daemon is only shown, and why.
import type { Snapshot } from '@contract/snapshot.ts';
import { problemWords } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Note } from './note.tsx';

export function ReadOnlyNote({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { access } = snapshot.target;
  if (access.kind !== 'read-only') return null;
  const { title, detail } = problemWords(messages, {
    kind: 'target.read-only',
    reason: access.reason,
    detail: access.detail,
  });
  return (
    <Note tone="warn" title={title}>
      {detail && <p>{detail}</p>}
    </Note>
  );
}
