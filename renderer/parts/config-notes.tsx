// Why the file, or the daemon, can only be looked at: said once, above everything that is locked by it.
import { isMark, unmarkByHand } from '@contract/by-hand.ts';
import { canWrite } from '@contract/rights.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { fileLock } from '../fields/field-state.ts';
import { problemWords } from '../sentences.ts';
import { useMessages, useView } from '../view.tsx';
import { ByHand } from './by-hand.tsx';
import { Note } from './note.tsx';
import { ReadOnlyNote } from './read-only-note.tsx';
import { Remedy } from './remedy.tsx';

export function ConfigNotes({ snapshot, inJson }: { readonly snapshot: Snapshot; readonly inJson: boolean }) {
  const messages = useMessages();
  const draft = useView((view) => view.draft);
  const { config, target, operation } = snapshot;
  // Nothing is known yet: what would be said now would jump away in a moment.
  if (snapshot.engine.state === 'connecting') return null;
  if (target.access.kind === 'read-only') return <ReadOnlyNote snapshot={snapshot} />;
  // The editor shows the fault itself, where it is.
  if (config.state === 'unreadable' && config.problem.kind === 'config.invalid' && inJson) return null;
  if (config.state === 'unreadable') {
    const { title, detail, lines } = problemWords(messages, config.problem);
    return (
      <Note tone="bad" title={title} lines={lines} buttons={<Remedy problem={config.problem} />}>
        <p>{detail}</p>
        <p>{messages.window.json.brokenKept}</p>
      </Note>
    );
  }
  if (config.state !== 'unknown' && !config.writable.ok && !canWrite(config.writable, snapshot.rights)) {
    // What somebody else may write is drafted here all the same; the bar below gives the command for it.
    if (config.writable.block === 'denied') {
      const { json: words } = messages.window;
      return (
        <Note tone="off" title={words.notYours(config.path)}>
          <p>{words.notYoursHelp}</p>
        </Note>
      );
    }
    const problem = { kind: 'config.not-writable', path: config.path, block: config.writable.block } as const;
    const { title, detail } = problemWords(messages, problem);
    const { block } = problem;
    return (
      <Note tone="warn" title={title} buttons={!inJson && <Remedy problem={problem} />}>
        {isMark(block) ? (
          <>
            <p>{messages.problem(problem).state}</p>
            <ByHand commands={[unmarkByHand(block, config.path)]} />
          </>
        ) : (
          <p>{detail}</p>
        )}
      </Note>
    );
  }
  const lock = operation.kind === 'running' || inJson ? null : fileLock(snapshot, draft, messages.window);
  return lock && <Note tone="off" title={lock} />;
}
