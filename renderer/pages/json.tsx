// Daemon -> JSON: the file as text, with its path, its faults and its changes; the same draft as the fields.
import { useCallback, useMemo, useState } from 'react';
import type { Place } from '@contract/problem.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';
import { mayDraft, textOf, type Draft } from '../draft.ts';
import { JsonEditor } from '../editor/json-editor.tsx';
import { marksOf } from '../editor/marks.ts';
import type { Shown } from '../editor/mount.ts';
import { Diff } from '../parts/diff.tsx';
import { diffLines } from '../parts/diff-lines.ts';
import { useJumpEnd } from '../parts/jump-end.ts';
import type { Forecast } from '../store.ts';
import { useActions, useMessages, useTitles, useView } from '../view.tsx';
import { JsonFoot } from './json-foot.tsx';

export function JsonText({ snapshot }: { readonly snapshot: Snapshot }) {
  useJumpEnd('json');
  const draft = useView((view) => view.draft);
  const forecast = useView((view) => view.forecast);
  const { json: words } = useMessages().window;
  const text = shownText(draft, snapshot.config, forecast);
  if (snapshot.config.state === 'unknown') return <p className="empty">{words.unknown}</p>;
  if (text === null) return <p className="empty">{words.unreadable}</p>;
  return <JsonView snapshot={snapshot} config={snapshot.config} {...text} />;
}

type Text = { readonly text: string; readonly what: 'asFile' | 'asDraft' | 'asText'; readonly waiting: boolean };
type JsonViewProps = Text & { readonly snapshot: Snapshot; readonly config: Exclude<ConfigFile, { state: 'unknown' }> };

function JsonView({ snapshot, config, text, what, waiting }: JsonViewProps) {
  const messages = useMessages();
  const titles = useTitles();
  const { json: words, actions: labels } = messages.window;
  const actions = useActions();
  const draft = useView((view) => view.draft);
  const forecast = useView((view) => view.forecast);
  const jump = useView((view) => (view.jump?.to === 'json' ? view.jump.at : null));
  const [caret, setCaret] = useState<readonly string[]>([]);
  const [place, setPlace] = useState<Place | null>(null);
  const [comparing, setComparing] = useState(false);
  // Somebody wants to see a place in the text itself.
  if (jump !== null && comparing) setComparing(false);

  const fixed = !mayDraft(snapshot);
  const acting = useView((view) => view.acting);
  const readOnly = fixed || waiting || acting || snapshot.operation.kind === 'running';
  const version = 'facts' in snapshot.engine ? snapshot.engine.facts.version : null;
  const windows = 'facts' in snapshot.engine && snapshot.engine.facts.osType === 'windows';
  const daemon = useMemo(() => ({ version, windows }), [version, windows]);
  const { findings, policy } = snapshot;
  const marks = useMemo(
    () => marksOf(messages, draft, forecast, { config, findings, policy }),
    [messages, draft, forecast, config, findings, policy],
  );
  const before = textOf(config) ?? '';
  const changed = useMemo(() => changedLines(before, text), [before, text]);
  const shown = useMemo(
    (): Shown => ({
      text,
      readOnly,
      label: words.label,
      description: messages.editor.help,
      marks,
      changed,
      messages,
      titles,
      daemon,
    }),
    [text, readOnly, words, messages, titles, marks, changed, daemon],
  );
  const arrived = useCallback(() => {
    setPlace(null);
    actions.landed('json');
  }, [actions]);

  return (
    <section className="json" aria-label={words.label}>
      <div className="json-head">
        <code className="path">{config.path}</code>
        <span className="dim">{config.state === 'absent' ? '' : fixed ? words.readOnly : words[what]}</span>
        <div className="buttons">
          <button
            type="button"
            className="button"
            aria-pressed={comparing}
            disabled={draft === null && !comparing}
            onClick={() => setComparing(!comparing)}
          >
            {comparing ? messages.editor.hideChanges : messages.editor.changes}
          </button>
          <button
            type="button"
            className="button"
            disabled={config.state === 'absent'}
            onClick={() => void actions.revealConfig()}
          >
            {labels.reveal}
          </button>
        </div>
      </div>
      {config.state === 'absent' && <p className="dim">{words.noFile(config.path)}</p>}
      {comparing ? (
        <div className="editor-changes">
          <Diff text={{ before, after: text }} />
        </div>
      ) : (
        <div className="editor">
          <JsonEditor
            shown={shown}
            goTo={place ?? jump}
            arrived={arrived}
            onText={actions.editText}
            onCaret={setCaret}
            onFix={(fix) => void actions.putRight(fix)}
          />
          <JsonFoot marks={marks} readOnly={readOnly} daemon={daemon} caret={caret} goTo={setPlace} />
        </div>
      )}
    </section>
  );
}

/** What stands in the editor: the typed text, else what the plan makes of the edits, else the file. */
function shownText(draft: Draft | null, config: ConfigFile, { plan, fresh }: Forecast): Text | null {
  const file = textOf(config);
  if (draft?.change.kind === 'text') return { text: draft.change.text, what: 'asText', waiting: false };
  if (file === null) return null;
  if (draft === null) return { text: file, what: 'asFile', waiting: false };
  const after = plan?.text?.after;
  // Typing starts from what is shown, so that it waits for the answer to the latest edit.
  return { text: after ?? file, what: after === undefined ? 'asFile' : 'asDraft', waiting: !fresh };
}

/** Numbers of the lines that the file does not have, or has otherwise. */
function changedLines(before: string, after: string): readonly number[] {
  if (before === after) return [];
  let line = 0;
  return diffLines(before, after).flatMap(({ kind }) => {
    if (kind !== 'gone') line += 1;
    return kind === 'new' ? [line] : [];
  });
}
