// Entries with parts - maps, named objects, lists of objects - as small tables: what is not whole yet waits here.
import { useLayoutEffect, useRef, useState } from 'react';
import { sameJson, type Json } from '@contract/json.ts';
import { isSize, isText, type Column, type ValueForm } from '@contract/value-forms.ts';
import { AddIcon, RemoveIcon, UpIcon } from '../parts/icons.tsx';
import { useMessages } from '../view.tsx';
import { entriesIn, fillOf, isNumber, isWhole, partKey, withPart, type Entry, type Fill } from './form-value.ts';
import { moved } from './moved.ts';
import type { OptionWords } from './option-words.ts';
import { useTyped } from './typed-text.ts';

type EntriesForm = Extract<ValueForm, { readonly kind: 'map' | 'maps' | 'fields' | 'records' }>;
type EntriesInputProps = {
  readonly form: EntriesForm;
  readonly fill: Fill;
  readonly words: OptionWords;
  readonly title: string;
  readonly id: string;
  readonly disabled: boolean;
  readonly onChange: (fill: Fill) => void;
};

const any = { kind: 'text', of: 'any' } as const;

export function EntriesInput({ form, fill, words, title, id, disabled, onChange }: EntriesInputProps) {
  const { actions } = useMessages().window;
  // Holds only what may not go into the draft yet; null: shows the draft.
  const [typed, setTyped] = useState<readonly Entry[] | null>(null);
  const entries = typed ?? entriesIn(fill);
  const columns = columnsOf(form, words);
  const isNamed = form.kind === 'map' || form.kind === 'maps' || (form.kind === 'records' && form.named !== null);
  const wrong = typed !== null && (!isWhole(form, typed) || !typed.every((entry) => areGood(columns, entry)));
  const put = (next: readonly Entry[]): void => {
    const whole = isWhole(form, next) && next.every((entry) => areGood(columns, entry));
    setTyped(whole ? null : next);
    if (whole) onChange(next);
  };
  const change = (at: number, entry: Entry): void => put(entries.map((one, i) => (i === at ? entry : one)));
  // What is not in the draft is undone where it is typed.
  const undo = typed === null ? undefined : 'own';
  // What moves keeps its controls, and the focus in them.
  const [kept, setKept] = useState<readonly number[]>([]);
  const keys = fitted(kept, entries.length);
  const box = useRef<HTMLFieldSetElement>(null);
  const added = useRef(false);
  useLayoutEffect(() => {
    if (!added.current) return;
    added.current = false;
    box.current?.querySelector<HTMLElement>(':scope > .entry:last-of-type :is(input, textarea)')?.focus();
  });
  const add = (): void => {
    added.current = true;
    put([...entries, emptyEntry(form)]);
  };
  const moveUp = (at: number): void => {
    setKept(moved(keys, at));
    put(moved(entries, at));
  };
  /** The focus goes on to the next one, or to where others are added. */
  const remove = (at: number): void => {
    const next = box.current?.querySelectorAll<HTMLElement>(':scope > .entry .entry-remove')[at + 1];
    (next ?? box.current?.querySelector<HTMLElement>(':scope > .entries-add'))?.focus();
    setKept(keys.filter((_, i) => i !== at));
    put(entries.filter((_, i) => i !== at));
  };
  const nameLabel = form.kind === 'maps' ? words.driver : words.name;
  return (
    <fieldset
      className="entries"
      ref={box}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-help`}
      disabled={disabled}
    >
      {entries.map((entry, at) => (
        <fieldset className="entry" key={keys[at]} aria-label={entry.name || words.row(at + 1)}>
          <div className="entry-parts">
            {isNamed && (
              <label className="part">
                <code>{nameLabel}</code>
                <input
                  className="control"
                  value={entry.name}
                  placeholder={form.kind === 'records' ? form.named?.example : undefined}
                  spellCheck={false}
                  data-undo={undo}
                  onChange={(event) => change(at, { ...entry, name: event.target.value })}
                />
              </label>
            )}
            {columns.map((column) => (
              <Part
                key={column.name}
                column={column}
                value={entry.parts[partKey(entry.parts, column)]}
                hint={words.onePerLine}
                undo={undo}
                onChange={(value) => change(at, { ...entry, parts: withPart(entry.parts, column, value) })}
              />
            ))}
          </div>
          {form.kind !== 'fields' && (
            <span className="entry-buttons">
              <button
                type="button"
                className="button icon-only"
                aria-disabled={at === 0}
                aria-label={words.up(entry.name || words.row(at + 1))}
                onClick={() => at > 0 && moveUp(at)}
              >
                <UpIcon />
              </button>
              <button
                type="button"
                className="button icon-only entry-remove"
                aria-label={actions.remove(entry.name || words.row(at + 1))}
                onClick={() => remove(at)}
              >
                <RemoveIcon />
              </button>
            </span>
          )}
        </fieldset>
      ))}
      {form.kind !== 'fields' && (
        <button
          type="button"
          className="button entries-add"
          id={id}
          aria-label={words.addRow(title)}
          aria-disabled={wrong}
          onClick={() => !wrong && add()}
        >
          <AddIcon />
          {actions.add}
        </button>
      )}
      {wrong && <output className="fault">{words.incomplete}</output>}
    </fieldset>
  );
}

/** As many keys as there are entries: what was added from outside gets new ones. */
function fitted(keys: readonly number[], length: number): readonly number[] {
  const next = Math.max(-1, ...keys) + 1;
  return Array.from({ length }, (_, at) => keys[at] ?? next + at - keys.length);
}

const emptyEntry = (form: EntriesForm): Entry => ({
  name: '',
  parts: form.kind === 'map' ? { value: '' } : form.kind === 'maps' ? { option: '', value: '' } : {},
});

function columnsOf(form: EntriesForm, words: OptionWords): readonly Column[] {
  if (form.kind === 'map') return [{ name: 'value', form: any, example: words.value }];
  if (form.kind === 'maps')
    return [
      { name: 'option', form: any, example: words.option },
      { name: 'value', form: any, example: words.value },
    ];
  return form.columns;
}

/** Whether every part that is there is of its form. */
const areGood = (columns: readonly Column[], { parts }: Entry): boolean =>
  columns.every((column) => {
    const value = parts[partKey(parts, column)];
    if (value === undefined) return true;
    const fill = fillOf(column.form, value);
    if (fill === null || column.form.kind === 'switch') return fill !== null;
    if (column.form.kind === 'number') return isNumber(column.form, fill);
    if (column.form.kind === 'size') return typeof fill === 'string' && isSize(fill);
    if (column.form.kind === 'text') return typeof fill === 'string' && isText(column.form.of, fill);
    return isWhole(column.form, fill);
  });

type PartProps = {
  readonly column: Column;
  readonly value: Json | undefined;
  readonly hint: string;
  /** `own`: the browser undoes in it; else the draft is undone. */
  readonly undo: 'own' | undefined;
  readonly onChange: (value: Json | undefined) => void;
};

function Part({ column, value, hint, undo, onChange }: PartProps) {
  const { name, form, example } = column;
  if (form.kind === 'switch') {
    return (
      <label className="part check">
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked || undefined)}
        />
        <code>{name}</code>
      </label>
    );
  }
  if (form.kind === 'list') return <Lines column={column} value={value} hint={hint} undo={undo} onChange={onChange} />;
  // What is no number yet is kept as its text, which no number is: it stays here until it is one.
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const put = (next: string): void => {
    if (next === '') return onChange(name === 'value' || name === 'option' ? '' : undefined);
    onChange(form.kind === 'number' && /^-?\d+$/.test(next) ? Number(next) : next);
  };
  return (
    <label className={form.kind === 'number' || form.kind === 'size' ? 'part short' : 'part'}>
      <code>{name === 'value' || name === 'option' ? example : name}</code>
      <input
        className="control"
        value={text}
        placeholder={name === 'value' || name === 'option' ? undefined : example}
        spellCheck={false}
        inputMode={form.kind === 'number' ? 'numeric' : 'text'}
        data-undo={undo}
        onChange={(event) => put(event.target.value)}
      />
    </label>
  );
}

function Lines({ column, value, hint, undo, onChange }: PartProps) {
  const items = Array.isArray(value) ? value.map(String) : [];
  const { typed, put, drop } = useTyped(items.join('\n'));
  const type = (text: string): void => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const isTaken = !sameJson(lines, items);
    put(text, isTaken);
    if (isTaken) onChange(lines.length === 0 ? undefined : lines);
  };
  const isIn = typed === null || typed === items.join('\n');
  return (
    <label className="part lines">
      <code>{column.name}</code>
      <textarea
        className="control"
        rows={Math.min(4, Math.max(1, (typed ?? items.join('\n')).split('\n').length))}
        value={typed ?? items.join('\n')}
        placeholder={column.example}
        title={hint}
        spellCheck={false}
        data-undo={isIn ? undo : 'own'}
        onChange={(event) => type(event.target.value)}
        onBlur={drop}
      />
    </label>
  );
}
