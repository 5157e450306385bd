// One option as a row: its words on the left, effect and control on the right, everything else behind one button.
import { memo, useId, useState } from 'react';
import { sameJson, type Json } from '@contract/json.ts';
import type { OptionChange } from '@contract/plan.ts';
import { ChevronIcon, UndoIcon } from '../parts/icons.tsx';
import { LockLine, useLock } from '../parts/row.tsx';
import { useActions, useMessages } from '../view.tsx';
import { OptionControl } from './option-control.tsx';
import { OptionDetails } from './option-details.tsx';
import type { OptionField } from './option-fields.ts';
import { written, type OptionState } from './option-state.ts';
import type { OptionWords } from './option-words.ts';

type OptionRowProps = {
  readonly field: OptionField;
  readonly state: OptionState;
  readonly words: OptionWords;
  /** What the plan of the draft says of it; undefined: nothing. */
  readonly planned: Pick<OptionChange, 'effect' | 'risk'> | undefined;
  /** Containers run, so that what waits for none waits. */
  readonly busy: boolean;
};

/** Controls that take the whole width below the words. */
const wide = new Set(['list', 'map', 'maps', 'fields', 'records']);

function Drawn({ field, state, words, planned, busy }: OptionRowProps) {
  const id = useId();
  const actions = useActions();
  const { window: shared } = useMessages();
  const [open, setOpen] = useState(false);
  const lock = useLock(state.path.join('.'));
  const [title, help] =
    field.part === null ? words.help[field.option.key] : (words.parts[field.part] as [string, string]);
  const { modified, flag, foreign, path } = state;
  const stacked = wide.has(field.form.kind);
  const edit = (value: Json | undefined): void => actions.edit(path, written(field, value, state));
  const kind = ['row option', modified && 'modified', stacked && 'stacked', foreign && 'foreign']
    .filter(Boolean)
    .join(' ');
  return (
    <div className={kind} data-option={field.name}>
      <div className="row-words">
        <span className="option-head">
          <label className="row-title" htmlFor={id} id={`${id}-title`}>
            {title}
          </label>
          <code className="option-key">{field.name}</code>
        </span>
        <p className="row-help" id={`${id}-help`}>
          {flag ? shared.locks.flag(flag.name) : help}
          {modified && <span className="unseen"> {shared.field.modified}</span>}
        </p>
        <LockLine lock={lock} />
      </div>
      <div className={stacked ? 'row-aside' : 'row-control'}>
        <button
          type="button"
          className="button icon-only undo"
          disabled={!modified}
          aria-label={shared.actions.undo(title)}
          title={shared.actions.reset}
          onClick={() => {
            actions.undo(path);
            // With nothing left to undo it goes, and would take the focus with it.
            document.getElementById(id)?.focus();
          }}
        >
          <UndoIcon />
        </button>
        <Pills state={state} words={words} planned={planned} busy={busy} />
        {!stacked && (
          <fieldset className="lock-field" disabled={lock !== null}>
            <OptionControl field={field} state={state} words={words} title={title} id={id} onChange={edit} />
          </fieldset>
        )}
        <button
          type="button"
          className="button icon-only more"
          aria-expanded={open}
          aria-label={words.more(title)}
          onClick={() => setOpen(!open)}
        >
          <ChevronIcon />
        </button>
      </div>
      {stacked && (
        <fieldset className="lock-field" disabled={lock !== null}>
          <OptionControl field={field} state={state} words={words} title={title} id={id} onChange={edit} />
        </fieldset>
      )}
      {open && <OptionDetails field={field} state={state} words={words} title={title} />}
    </div>
  );
}

/** Drawn anew only when something of this very option is different. */
export const OptionRow = memo(
  Drawn,
  (a, b) =>
    a.field === b.field &&
    a.words === b.words &&
    a.busy === b.busy &&
    a.planned?.effect === b.planned?.effect &&
    a.planned?.risk === b.planned?.risk &&
    sameState(a.state, b.state),
);

const sameState = (a: OptionState, b: OptionState): boolean =>
  (Object.keys(a) as (keyof OptionState)[]).every(
    (key) => a[key] === b[key] || sameJson((a[key] ?? null) as Json, (b[key] ?? null) as Json),
  );

function Pills({ state, words, planned, busy }: Pick<OptionRowProps, 'state' | 'words' | 'planned' | 'busy'>) {
  const { plan, window: shared } = useMessages();
  const { foreign, deprecated } = state;
  if (foreign !== null) {
    const why = words.whyForeign[foreign.why];
    return (
      <span className="pill">{typeof why === 'string' ? why : why('version' in foreign ? foreign.version : '')}</span>
    );
  }
  const now = state.modified && planned ? planned : state;
  const deferred = now.risk === 'deferred' && busy;
  const risky = now.risk !== 'none' && now.risk !== 'deferred';
  return (
    <>
      {deprecated && now.effect !== 'none' && <span className="pill warn">{words.deprecated}</span>}
      {risky && (
        <span className="pill warn" title={words.risks[now.risk]}>
          {state.modified ? words.risks[now.risk] : words.risky}
        </span>
      )}
      {deferred ? (
        <span className="pill warn" title={words.risks.deferred}>
          {shared.field.deferred}
        </span>
      ) : (
        // On every row: only that of a change is more than a quiet word.
        <span className={state.modified ? `pill ${now.effect === 'reload' ? 'good' : ''}` : 'effect'}>
          {plan.effects[now.effect]}
        </span>
      )}
    </>
  );
}
