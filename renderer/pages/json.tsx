// Daemon -> JSON: the file as text, with its path, its fault, and the same draft as the fields.
import type { Problem } from '@contract/problem.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';
import { textOf, type Draft } from '../draft.ts';
import { TextEditor } from '../fields/text-editor.tsx';
import type { Forecast } from '../store.ts';
import { useActions, useMessages, useView } from '../view.tsx';

export function JsonText({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { json: words, actions: labels } = messages.window;
  const actions = useActions();
  const draft = useView((view) => view.draft);
  const forecast = useView((view) => view.forecast);
  const { config, target, operation } = snapshot;
  if (config.state === 'unknown') return <p className="empty">{words.unknown}</p>;
  const shown = shownText(draft, config, forecast);
  if (shown === null) return <p className="empty">{words.unreadable}</p>;
  const problem = faultOf(draft, config, forecast);
  const fault = problem ? { place: problem.place, sentence: messages.problem(problem).state } : null;
  const fixed = target.access.kind === 'read-only' || !config.writable.ok;
  const busy = operation.kind === 'running' || shown.waiting;
  return (
    <section className="json" aria-label={words.label}>
      <div className="json-head">
        <code className="path">{config.path}</code>
        <span className="dim">{config.state === 'absent' ? '' : fixed ? words.readOnly : words[shown.what]}</span>
        <button
          type="button"
          className="button"
          disabled={config.state === 'absent'}
          onClick={() => void actions.revealConfig()}
        >
          {labels.reveal}
        </button>
      </div>
      {config.state === 'absent' && <p className="dim">{words.noFile(config.path)}</p>}
      <TextEditor
        text={shown.text}
        onChange={actions.editText}
        readOnly={fixed || busy}
        label={words.label}
        help={words.help}
        fault={fault}
      />
    </section>
  );
}

type Shown = { readonly text: string; readonly what: 'asFile' | 'asDraft' | 'asText'; readonly waiting: boolean };

/** What stands in the editor: the typed text, else what the plan makes of the edits, else the file. */
function shownText(draft: Draft | null, config: ConfigFile, { plan, fresh }: Forecast): Shown | null {
  const file = textOf(config);
  if (draft?.change.kind === 'text') return { text: draft.change.text, what: 'asText', waiting: false };
  if (file === null) return null;
  if (draft === null) return { text: file, what: 'asFile', waiting: false };
  const after = plan?.text?.after;
  // Typing starts from what is shown, so that it waits for the answer to the latest edit.
  return { text: after ?? file, what: after === undefined ? 'asFile' : 'asDraft', waiting: !fresh };
}

type TextProblem = Extract<Problem, { readonly kind: 'config.invalid' }>;

function faultOf(draft: Draft | null, config: ConfigFile, { plan, problem, fresh }: Forecast): TextProblem | null {
  const found = draft
    ? fresh
      ? (problem ?? plan?.blocked)
      : null
    : config.state === 'unreadable'
      ? config.problem
      : null;
  return found?.kind === 'config.invalid' ? found : null;
}
