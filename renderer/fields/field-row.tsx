// One option as a row: words on the left, its effect, and the control that fits its kind.
import { useId } from 'react';
import type { Json } from '@contract/json.ts';
import { effectOf } from '@contract/options.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { UndoIcon } from '../parts/icons.tsx';
import { ShowInJson } from '../parts/show-in-json.tsx';
import { Row } from '../parts/row.tsx';
import { useActions, useMessages, useView } from '../view.tsx';
import { Choice } from './choice.tsx';
import { fieldState, written } from './field-state.ts';
import { optionOf, type Field } from './fields.ts';
import { LineInput } from './line-input.tsx';
import { ListInput } from './list-input.tsx';
import { Switch } from './switch.tsx';

export function FieldRow({ field, snapshot }: { readonly field: Field; readonly snapshot: Snapshot }) {
  const id = useId();
  const draft = useView((view) => view.draft);
  const { window: words } = useMessages();
  const { value, modified, flag } = fieldState(field, snapshot, draft);
  const { title, help } = words.options[field.name];
  const stacked = field.control.kind === 'list';
  const pill = <EffectPill field={field} snapshot={snapshot} modified={modified} />;
  const explained = (
    <>
      {flag ? words.locks.flag(flag) : help}
      {modified && <span className="unseen"> {words.field.modified}</span>}
    </>
  );
  return (
    <Row id={id} title={title} help={explained} modified={modified} stacked={stacked} option={field.path.join('.')}>
      {stacked ? <div className="row-aside">{pill}</div> : pill}
      <Control field={field} value={value} snapshot={snapshot} id={id} disabled={flag !== null} />
    </Row>
  );
}

function EffectPill({
  field,
  snapshot,
  modified,
}: {
  readonly field: Field;
  readonly snapshot: Snapshot;
  readonly modified: boolean;
}) {
  const actions = useActions();
  const { window: words, plan } = useMessages();
  const planned = useView((view) => view.forecast.plan?.changes.find(({ key }) => key === field.name));
  const option = optionOf(field);
  const version = 'facts' in snapshot.engine ? snapshot.engine.facts.version : null;
  const running = (snapshot.containers?.counts.running ?? 0) > 0;
  const deferred = (modified && planned ? planned.risk : option.risk) === 'deferred' && running;
  const effect = modified && planned ? planned.effect : effectOf(option.key, 'set', version);
  return (
    <>
      <ShowInJson path={field.path} title={words.options[field.name].title} />
      <button
        type="button"
        className="button icon-only undo"
        disabled={!modified}
        aria-label={words.actions.undo(words.options[field.name].title)}
        title={words.actions.reset}
        onClick={() => actions.undo(field.path)}
      >
        <UndoIcon />
      </button>
      <span className={`pill ${deferred ? 'warn' : effect === 'reload' ? 'good' : ''}`}>
        {deferred ? words.field.deferred : plan.effects[effect]}
      </span>
    </>
  );
}

type ControlProps = {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly snapshot: Snapshot;
  readonly id: string;
  readonly disabled: boolean;
};

function Control({ field, value, snapshot, id, disabled }: ControlProps) {
  const actions = useActions();
  const { window: words } = useMessages();
  const { control } = field;
  const { example, fault } = words.options[field.name];
  const edit = (next: Json | undefined): void => actions.edit(field.path, written(field, next, snapshot));
  const inJson = (label: string) => (
    <button type="button" className="button" onClick={() => actions.showInJson(field.path)}>
      {label}
    </button>
  );
  switch (control.kind) {
    case 'switch':
      if (typeof value !== 'boolean') return inJson(words.actions.editJson);
      return <Switch checked={value} onChange={edit} id={id} describedBy={`${id}-help`} disabled={disabled} />;
    case 'choice': {
      const now = typeof value === 'string' ? value : '';
      const choices = control.choices.map((one) => [one, one] as const);
      const own = control.choices.includes(now) ? [] : [[now, words.field.otherValue(now)] as const];
      return (
        <Choice
          value={now}
          choices={[...choices, ...own]}
          onChange={edit}
          id={id}
          describedBy={`${id}-help`}
          disabled={disabled}
        />
      );
    }
    case 'number': {
      const isValid = (text: string): boolean =>
        /^-?\d+$/.test(text.trim()) && Number(text) >= control.least && Number(text) <= control.most;
      const toJson = (text: string): Json | undefined =>
        text === '' ? undefined : control.written === 'text' ? text : Number(text);
      return (
        <LineInput
          numeric
          value={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
          isValid={isValid}
          fault={fault}
          example={example}
          onChange={(text) => edit(toJson(text))}
          id={id}
          disabled={disabled}
        />
      );
    }
    case 'text':
      return (
        <LineInput
          numeric={false}
          value={typeof value === 'string' ? value : ''}
          isValid={(text) => control.valid.test(text.trim())}
          fault={fault}
          example={example}
          onChange={(text) => edit(text === '' ? undefined : text)}
          id={id}
          disabled={disabled}
        />
      );
    case 'list': {
      const items = Array.isArray(value) ? value : [];
      if (!items.every((item): item is string => typeof item === 'string')) return inJson(words.actions.editJson);
      return (
        <ListInput
          items={items}
          isValid={(text) => control.valid.test(text)}
          fault={fault}
          example={example}
          onChange={edit}
          id={id}
          disabled={disabled}
        />
      );
    }
    case 'count':
      return (
        <>
          <span className="value">{words.field.pools(Array.isArray(value) ? value.length : 0)}</span>
          {inJson(words.actions.editJson)}
        </>
      );
  }
}
