// Entries with parts - maps, named objects, lists of objects - as small tables: what is not whole yet waits here.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { sameJson, type Json } from '@contract/json.ts';
import type { Column, ValueForm } from '@contract/value-forms.ts';
import { AddIcon, RemoveIcon, UpIcon } from '../parts/icons.tsx';
import { useMessages } from '../view.tsx';
import { entryFault, isNamed, type EntryFault } from './entry-fault.ts';
import { entriesIn, partKey, withPart, type Entry, type Fill } from './form-value.ts';
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
  // Holds only what may not go into the draft yet, until that is changed by other hands; null: shows the draft.
  const [held, setHeld] = useState<{ readonly entries: readonly Entry[]; readonly beside: Fill } | null>(null);
  const isBeside = held !== null && sameJson(held.beside as Json, fill as Json);
  if (held !== null && !isBeside) setHeld(null);
  const typed = isBeside ? held.entries : null;
  const entries = typed ?? entriesIn(fill);
  const columns = columnsOf(form, words);
  const fault = typed && entryFault(form, columns, typed);
  // Nobody is told of what they are still about to fill in.
  const [left, setLeft] = useState<'nothing' | 'part' | 'entry'>('nothing');
  const told = fault !== null && (left === 'entry' || (left === 'part' && fault.kind === 'wrong')) ? fault : null;
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const leave = ({ target, relatedTarget }: FocusEvent): void => {
      const entry = target instanceof Element && target.closest('.entry');
      if (!entry) return;
      const stays = relatedTarget instanceof Node && entry.contains(relatedTarget);
      setLeft((now) => (stays && now !== 'entry' ? 'part' : 'entry'));
    };
    const all = box.current;
    all?.addEventListener('focusout', leave);
    return () => all?.removeEventListener('focusout', leave);
  }, []);
  const put = (next: readonly Entry[]): void => {
    const isWhole = entryFault(form, columns, next) === null;
    setHeld(isWhole ? null : { entries: next, beside: fill });
    if (isWhole) onChange(next);
  };
  const change = (at: number, entry: Entry): void => put(entries.map((one, i) => (i === at ? entry : one)));
  // What is not in the draft is undone where it is typed.
  const undo = typed === null ? undefined : 'own';
  // What moves keeps its controls, and the focus in them.
  const [kept, setKept] = useState<readonly number[]>([]);
  const keys = fitted(kept, entries.length);
  const added = useRef(false);
  useLayoutEffect(() => {
    if (!added.current) return;
    added.current = false;
    box.current?.querySelector<HTMLElement>(':scope > .entry:last-of-type :is(input, textarea)')?.focus();
  });
  const add = (): void => {
    setLeft('nothing');
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
  // Named entries have no order that a file could keep.
  const isOrdered = !isNamed(form) && entries.length > 1;
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
            {isNamed(form) && (
              <label className="part">
                <span>{nameLabel}</span>
                <input
                  className="control"
                  value={entry.name}
                  placeholder={form.kind === 'records' ? form.named?.example : undefined}
                  spellCheck={false}
                  data-undo={undo}
                  aria-invalid={isTold(told, at, null)}
                  onChange={(event) => change(at, { ...entry, name: event.target.value })}
                />
              </label>
            )}
            {columns.map((column) => (
              <Part
                key={column.name}
                column={column}
                title={titleOf(column, words)}
                value={entry.parts[partKey(entry.parts, column)]}
                hint={words.onePerLine}
                undo={undo}
                wrong={isTold(told, at, column.name)}
                onChange={(value) => change(at, { ...entry, parts: withPart(entry.parts, column, value) })}
              />
            ))}
          </div>
          {form.kind !== 'fields' && (
            <span className="entry-buttons">
              {isOrdered && (
                <button
                  type="button"
                  className="button icon-only"
                  aria-disabled={at === 0}
                  aria-label={words.up(entry.name || words.row(at + 1))}
                  onClick={() => at > 0 && moveUp(at)}
                >
                  <UpIcon />
                </button>
              )}
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
          aria-disabled={fault !== null}
          onClick={() => fault === null && add()}
        >
          <AddIcon />
          {actions.add}
        </button>
      )}
      {told && <output className="fault">{faultWords(told, columns, words, nameLabel)}</output>}
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
      { name: 'option', form: any, example: words.option, needed: true },
      { name: 'value', form: any, example: words.value },
    ];
  return form.columns;
}

/** What a part is called; one that only we name, by its example. */
const titleOf = ({ name, example }: Column, { columns }: OptionWords): string =>
  Object.hasOwn(columns, name) ? columns[name as keyof typeof columns] : example || name;

/** Whether a told fault is about this part of this entry; `null` is its name. */
function isTold(fault: EntryFault | null, at: number, part: string | null): boolean {
  if (fault === null || fault.at !== at) return false;
  if (fault.kind === 'missing') return fault.parts.includes(part);
  return fault.kind === 'wrong' ? fault.column.name === part : fault.kind === 'twice' && part === null;
}

function faultWords(fault: EntryFault, columns: readonly Column[], words: OptionWords, nameLabel: string): string {
  switch (fault.kind) {
    case 'missing':
      return words.fillIn(
        fault.parts.map((part) => {
          const column = columns.find(({ name }) => name === part);
          return column ? titleOf(column, words) : nameLabel;
        }),
      );
    case 'empty':
      return words.fillInAny;
    case 'twice':
      return words.twice(fault.name);
    case 'wrong': {
      const { form } = fault.column;
      const why =
        form.kind === 'number'
          ? words.range(form.least, form.most)
          : words.faults[
              form.kind === 'text' || form.kind === 'list' ? form.of : form.kind === 'size' ? 'size' : 'any'
            ];
      return words.wrongPart(titleOf(fault.column, words), why);
    }
  }
}

type PartProps = {
  readonly column: Column;
  readonly title: string;
  readonly value: Json | undefined;
  readonly hint: string;
  readonly wrong: boolean;
  /** `own`: the browser undoes in it; else the draft is undone. */
  readonly undo: 'own' | undefined;
  readonly onChange: (value: Json | undefined) => void;
};

function Part(props: PartProps) {
  const { column, title, value, wrong, undo, onChange } = props;
  const { name, form, example } = column;
  const isOurs = name === 'value' || name === 'option';
  if (form.kind === 'switch') {
    return (
      <label className="part check" title={name}>
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked || undefined)}
        />
        <span>{title}</span>
      </label>
    );
  }
  if (form.kind === 'list') return <Lines {...props} />;
  // What is no number yet is kept as its text, which no number is: it stays here until it is one.
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const put = (next: string): void => {
    if (next === '') return onChange(isOurs ? '' : undefined);
    onChange(form.kind === 'number' && /^-?\d+$/.test(next) ? Number(next) : next);
  };
  return (
    <label
      className={form.kind === 'number' || form.kind === 'size' ? 'part short' : 'part'}
      title={isOurs ? undefined : name}
    >
      <span>{title}</span>
      <input
        className={form.kind === 'number' ? 'control number' : 'control'}
        value={text}
        placeholder={isOurs ? undefined : example}
        spellCheck={false}
        aria-invalid={wrong}
        inputMode={form.kind === 'number' ? 'numeric' : 'text'}
        data-undo={undo}
        onChange={(event) => put(event.target.value)}
      />
    </label>
  );
}

function Lines({ column, title, value, hint, wrong, undo, onChange }: PartProps) {
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
    <label className="part lines" title={column.name}>
      <span>{title}</span>
      <textarea
        className="control"
        rows={Math.min(4, Math.max(1, (typed ?? items.join('\n')).split('\n').length))}
        value={typed ?? items.join('\n')}
        placeholder={column.example}
        title={hint}
        aria-invalid={wrong}
        spellCheck={false}
        data-undo={isIn ? undo : 'own'}
        onChange={(event) => type(event.target.value)}
        onBlur={drop}
      />
    </label>
  );
}
