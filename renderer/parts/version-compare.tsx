// One version beside another: what differs, and the way back to it, as an ordinary change.
import { useEffect, useState } from 'react';
import type { FileVersion, VersionText } from '@contract/history.ts';
import type { Result } from '@contract/problem.ts';
import { Choice } from '../fields/choice.tsx';
import { useActions, useMessages } from '../view.tsx';
import { Diff } from './diff.tsx';
import { Trouble } from './note.tsx';

type CompareProps = { readonly version: FileVersion; readonly versions: readonly FileVersion[] };

export function VersionCompare({ version, versions }: CompareProps) {
  const { history: words } = useMessages();
  const actions = useActions();
  const before = versions[versions.findIndex(({ id }) => id === version.id) + 1]?.id ?? null;
  const current = versions.find((one) => one.current)?.id ?? null;
  const [other, setOther] = useState<string | null>(version.current ? before : current);
  const read = useText(version.id);
  const otherRead = useText(other);
  const text = read?.ok ? read.value.text : null;
  const otherText = otherRead?.ok ? otherRead.value.text : null;
  const unreadable = [read, otherRead].find((one) => one?.ok === false);
  const select = `compare-${version.id.slice(0, 12)}`;
  // From the older to the newer: what was written then.
  const forward = other === null || versions.findIndex(({ id }) => id === other) > versions.indexOf(version);
  return (
    <div className="version-compare">
      <div className="version-with">
        <label htmlFor={select}>{words.compare}</label>
        <Choice
          id={select}
          value={other ?? ''}
          choices={[
            ...(other === null ? [['', words.nothingBefore] as const] : []),
            ...versions
              .filter(({ id }) => id !== version.id)
              .map(({ id, at }) => {
                const word =
                  id === current
                    ? words.withFile
                    : id === before
                      ? words.withBefore
                      : `${words.time(at)} · ${words.short(id)}`;
                return [id, word] as const;
              }),
          ]}
          onChange={(id) => setOther(id === '' ? null : id)}
        />
      </div>
      {unreadable?.ok === false && <Trouble problem={unreadable.problem} />}
      {text !== null && (other === null || otherText !== null) && (
        <Diff text={forward ? { before: otherText ?? '', after: text } : { before: text, after: otherText ?? '' }} />
      )}
      {!version.current && (
        <div className="version-restore">
          <p className="row-help">{words.restoreHelp}</p>
          <button
            type="button"
            className="button"
            disabled={text === null}
            onClick={() => text !== null && actions.openText(text)}
          >
            {words.restore}
          </button>
        </div>
      )}
    </div>
  );
}

/** Null: not read yet. */
function useText(id: string | null): Result<VersionText> | null {
  const actions = useActions();
  const [read, setRead] = useState<{ readonly id: string; readonly answer: Result<VersionText> } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let current = true;
    void actions.versionText(id).then((answer) => {
      if (current) setRead({ id, answer });
    });
    return () => {
      current = false;
    };
  }, [actions, id]);
  return read !== null && read.id === id ? read.answer : null;
}
