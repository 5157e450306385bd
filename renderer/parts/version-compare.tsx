// One version beside another: what differs, and the way back to it, as an ordinary change.
import { useEffect, useState } from 'react';
import type { FileVersion } from '@contract/history.ts';
import { Choice } from '../fields/choice.tsx';
import { useActions, useMessages } from '../view.tsx';
import { Diff } from './diff.tsx';

type CompareProps = { readonly version: FileVersion; readonly versions: readonly FileVersion[] };

export function VersionCompare({ version, versions }: CompareProps) {
  const { history: words } = useMessages();
  const actions = useActions();
  const before = versions[versions.findIndex(({ id }) => id === version.id) + 1]?.id ?? null;
  const current = versions.find((one) => one.current)?.id ?? null;
  const [other, setOther] = useState<string | null>(version.current ? before : current);
  const text = useText(version.id);
  const otherText = useText(other);
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
            onClick={() => text !== null && actions.restore(text)}
          >
            {words.restore}
          </button>
        </div>
      )}
    </div>
  );
}

function useText(id: string | null): string | null {
  const actions = useActions();
  const [read, setRead] = useState<{ readonly id: string; readonly text: string } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let current = true;
    void actions.versionText(id).then((text) => {
      if (current && text !== null) setRead({ id, text });
    });
    return () => {
      current = false;
    };
  }, [actions, id]);
  return read !== null && read.id === id ? read.text : null;
}
