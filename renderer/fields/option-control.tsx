// The control that fits an option's form; where none can hold the value, the way to the text.
import type { Json } from '@contract/json.ts';
import { isSize, isText, type ValueForm } from '@contract/value-forms.ts';
import { useActions, useMessages } from '../view.tsx';
import { Choice } from './choice.tsx';
import { EntriesInput } from './entries-input.tsx';
import { fillOf, isNumber, isWhole, linesIn, valueOf, type Fill } from './form-value.ts';
import { LineInput } from './line-input.tsx';
import { ListInput } from './list-input.tsx';
import type { OptionField } from './option-fields.ts';
import type { OptionState } from './option-state.ts';
import type { OptionWords } from './option-words.ts';
import { SizeInput } from './size-input.tsx';
import { Switch } from './switch.tsx';

type OptionControlProps = {
  readonly field: OptionField;
  readonly state: OptionState;
  readonly words: OptionWords;
  readonly title: string;
  readonly id: string;
  readonly onChange: (value: Json | undefined) => void;
};

export function OptionControl({ field, state, words, title, id, onChange }: OptionControlProps) {
  const actions = useActions();
  const { window: shared } = useMessages();
  const { form, example } = field;
  const disabled = state.flag !== null || state.foreign?.why === 'flagOnly';
  const fill = fillOf(form, shown(state, form));
  const put = (next: Fill): void => {
    if (isWhole(form, next)) onChange(valueOf(form, next));
  };
  if (fill === null) {
    return (
      <span className="cannot-show">
        <span className="value">{words.cannotShow}</span>
        <button type="button" className="button" onClick={() => actions.showInJson(state.path)}>
          {shared.actions.editJson}
        </button>
      </span>
    );
  }
  const line = typeof fill === 'string' ? fill : '';
  const common = { id, disabled, example };
  switch (form.kind) {
    case 'switch':
      // Where nobody knows what the daemon does by itself, a switch would show a guess.
      if (field.part === null && state.fallback === undefined) {
        return (
          <Choice
            value={state.value === undefined ? '' : state.value === true ? 'on' : 'off'}
            choices={[
              ['', words.isDefault],
              ['on', words.on],
              ['off', words.off],
            ]}
            onChange={(next) => onChange(next === '' ? undefined : next === 'on')}
            id={id}
            describedBy={`${id}-help`}
            disabled={disabled}
          />
        );
      }
      return (
        <Switch checked={fill === true} onChange={onChange} id={id} describedBy={`${id}-help`} disabled={disabled} />
      );
    case 'choice': {
      const own = line === '' || form.choices.includes(line) ? [] : [[line, shared.field.otherValue(line)] as const];
      const open = line === '' || state.fallback === '' ? [['', words.isDefault] as const] : [];
      return (
        <Choice
          value={line}
          choices={[...open, ...form.choices.map((one) => [one, one] as const), ...own]}
          onChange={put}
          id={id}
          describedBy={`${id}-help`}
          disabled={disabled}
        />
      );
    }
    case 'number':
      return (
        <>
          <LineInput
            {...common}
            numeric
            value={line}
            isValid={(text) => isNumber(form, text.trim())}
            fault={words.range(form.least, form.most)}
            onChange={put}
          />
          {form.unit && <span className="unit">{words.units[form.unit]}</span>}
        </>
      );
    case 'text':
      return (
        <LineInput
          {...common}
          numeric={form.of === 'count'}
          value={line}
          isValid={(text) => isText(form.of, text.trim())}
          fault={words.faults[form.of]}
          onChange={put}
        />
      );
    case 'size':
      return (
        <SizeInput
          {...common}
          value={line}
          isValid={isSize}
          fault={words.faults.size}
          units={words.sizes}
          unitLabel={words.sizeUnit(title)}
          onChange={put}
        />
      );
    case 'list':
      return (
        <ListInput
          {...common}
          items={linesIn(fill)}
          isValid={(text) => isText(form.of, text)}
          fault={words.faults[form.of]}
          moveUp={words.up}
          onChange={put}
        />
      );
    case 'map':
    case 'maps':
    case 'fields':
    case 'records':
      return (
        <EntriesInput form={form} fill={fill} words={words} title={title} id={id} disabled={disabled} onChange={put} />
      );
  }
}

/** Values of flags that are lists of `name=value` cannot be filled in; they are told of in the row's help. */
function shown({ value, own, flag }: OptionState, form: ValueForm): Json | undefined {
  const byFlag = own === undefined && flag !== null;
  return byFlag && ['map', 'maps', 'fields', 'records'].includes(form.kind) ? undefined : value;
}
