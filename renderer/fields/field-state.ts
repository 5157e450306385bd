// Why nothing in the file can be changed by fields now.
import type { Messages } from '@contract/messages/page.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { mayDraft, valuesWith, type Draft } from '../draft.ts';
import { useMessages, useView } from '../view.tsx';

/** As `fileLock`, and from the click on that applies the draft, so that no edit falls in between. */
export function useFileLock(snapshot: Snapshot): string | null {
  const { window: words } = useMessages();
  const draft = useView((view) => view.draft);
  const acting = useView((view) => view.acting);
  return acting ? words.locks.busy : fileLock(snapshot, draft, words);
}

/** The reason in a sentence; null where fields are open. */
export function fileLock(snapshot: Snapshot, draft: Draft | null, { locks }: Messages['window']): string | null {
  const { config, operation, target } = snapshot;
  if (operation.kind === 'running') return locks.busy;
  if (config.state === 'unknown') return locks.noFile;
  if (target.access.kind === 'read-only') return locks.readOnly;
  if (!mayDraft(snapshot)) return locks.notWritable;
  if (draft?.change.kind === 'text') return valuesWith(draft, config) === null ? locks.brokenDraft : null;
  return config.state === 'unreadable' ? locks.broken : null;
}
