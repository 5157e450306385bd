// Values as a form holds them, and back: what cannot be held without loss is not shown by a form but in JSON.
import { isJsonObject, sameJson, type Json, type JsonObject } from '@contract/json.ts';
import { isSize, isText, type Column, type PlainForm, type ValueForm } from '@contract/value-forms.ts';

/** One entry of a form with several: its name, where it has one, and its parts. */
export type Entry = { readonly name: string; readonly parts: JsonObject };

/** What controls edit: switches hold booleans, lines text, lists lines, everything else entries. */
export type Fill = boolean | string | readonly string[] | readonly Entry[];

/** The value as the form's control holds it; null where that control cannot. Undefined is held as empty. */
export function fillOf(form: ValueForm, value: Json | undefined): Fill | null {
  const fill = fillFor(form, value ?? undefined);
  // An empty text says the same as none, and is left alone where nobody types.
  if (fill === null || value === undefined || value === null || value === '') return fill;
  return sameJson(valueOf(form, fill), value) ? fill : null;
}

/** The value of what was filled in; undefined for what is empty. Only for what `isWhole` accepts. */
export function valueOf(form: ValueForm, fill: Fill): Json | undefined {
  switch (form.kind) {
    case 'switch':
      return fill === true;
    case 'number':
      return typeof fill === 'string' && fill !== '' ? Number(fill) : undefined;
    case 'text':
    case 'choice':
    case 'size':
      return typeof fill === 'string' && fill !== '' ? fill : undefined;
    case 'list':
      return linesIn(fill);
    case 'map':
      return Object.fromEntries(entriesIn(fill).map(({ name, parts }) => [name, parts['value'] ?? '']));
    case 'maps':
      return mapsFrom(entriesIn(fill));
    case 'fields':
      return entriesIn(fill)[0]?.parts ?? {};
    case 'records':
      if (form.named === null) return entriesIn(fill).map(({ parts }) => parts);
      return Object.fromEntries(entriesIn(fill).map(({ name, parts }) => [name, namedParts(name, parts, form.named)]));
  }
}

/** Whether this can become a value: every text of its form, every name there, and none twice. */
export function isWhole(form: ValueForm, fill: Fill): boolean {
  switch (form.kind) {
    case 'switch':
    case 'choice':
    case 'fields':
      return true;
    case 'number':
      return fill === '' || isNumber(form, fill);
    case 'text':
      return fill === '' || (typeof fill === 'string' && isText(form.of, fill));
    case 'size':
      return fill === '' || (typeof fill === 'string' && isSize(fill));
    case 'list':
      return linesIn(fill).every((line) => isText(form.of, line));
    case 'map':
      return areUnique(entriesIn(fill).map(({ name }) => name));
    case 'maps':
      return (
        entriesIn(fill).every(({ name, parts }) => name !== '' && parts['option'] !== '') &&
        areUnique(entriesIn(fill).map(({ name, parts }) => JSON.stringify([name, parts['option'] ?? ''])))
      );
    case 'records': {
      const entries = entriesIn(fill);
      return (
        (form.named === null || areUnique(entries.map(({ name }) => name))) &&
        entries.every(({ parts }) => Object.keys(parts).length > 0)
      );
    }
  }
}

/** The key under which an object holds a part; dockerd reads these whatever their case. */
export const partKey = (parts: JsonObject, { name }: Pick<Column, 'name'>): string =>
  Object.keys(parts).find((key) => key === name) ??
  Object.keys(parts).find((key) => key.toLowerCase() === name.toLowerCase()) ??
  name;

/** The parts with one of them set, or without it. */
export function withPart(parts: JsonObject, column: Column, value: Json | undefined): JsonObject {
  const key = partKey(parts, column);
  if (value !== undefined) return { ...parts, [key]: value };
  const { [key]: _, ...others } = parts;
  return others;
}

/** The lines of a list; none of any other fill. */
export const linesIn = (fill: Fill): readonly string[] =>
  Array.isArray(fill) ? (fill as readonly (string | Entry)[]).filter((one) => typeof one === 'string') : [];

/** The entries of a map or of records; none of any other fill. */
export const entriesIn = (fill: Fill): readonly Entry[] =>
  Array.isArray(fill) ? (fill as readonly (string | Entry)[]).filter((one) => typeof one === 'object') : [];

/** Whether a text is a number that the form takes. */
export const isNumber = ({ least, most }: Extract<PlainForm, { kind: 'number' }>, fill: Fill): boolean =>
  typeof fill === 'string' && /^-?\d+$/.test(fill) && Number(fill) >= least && Number(fill) <= most;

function fillFor(form: ValueForm, value: Json | undefined): Fill | null {
  switch (form.kind) {
    case 'switch':
      return value === undefined ? false : typeof value === 'boolean' ? value : null;
    case 'number':
      return value === undefined ? '' : typeof value === 'number' ? String(value) : null;
    case 'text':
    case 'choice':
    case 'size':
      return value === undefined ? '' : typeof value === 'string' && !/[\r\n]/.test(value) ? value : null;
    case 'list':
      if (value === undefined) return [];
      return isLines(value) ? value : null;
    case 'map':
      if (value === undefined) return [];
      if (!isJsonObject(value) || !Object.values(value).every((one) => typeof one === 'string')) return null;
      return Object.entries(value).map(([name, one]) => ({ name, parts: { value: one } }));
    case 'maps':
      return value === undefined ? [] : mapsIn(value);
    case 'fields':
      if (value === undefined) return [{ name: '', parts: {} }];
      return isJsonObject(value) && canHold(form.columns, value) ? [{ name: '', parts: value }] : null;
    case 'records':
      return value === undefined ? [] : recordsIn(form, value);
  }
}

const isLines = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && !/[\r\n]/.test(item));

function mapsIn(value: Json): readonly Entry[] | null {
  if (!isJsonObject(value)) return null;
  const entries: Entry[] = [];
  for (const [name, inner] of Object.entries(value)) {
    if (!isJsonObject(inner)) return null;
    for (const [option, one] of Object.entries(inner)) {
      if (typeof one !== 'string') return null;
      entries.push({ name, parts: { option, value: one } });
    }
  }
  return entries;
}

function mapsFrom(entries: readonly Entry[]): JsonObject {
  const names = [...new Set(entries.map(({ name }) => name))];
  const inner = (of: string): JsonObject =>
    Object.fromEntries(
      entries.flatMap(({ name, parts }) =>
        name === of && typeof parts['option'] === 'string' ? [[parts['option'], parts['value'] ?? '']] : [],
      ),
    );
  return Object.fromEntries(names.map((name) => [name, inner(name)]));
}

type Records = Extract<ValueForm, { readonly kind: 'records' }>;

function recordsIn({ named, columns }: Records, value: Json): readonly Entry[] | null {
  const pairs: readonly (readonly [string, Json])[] | null =
    named === null
      ? Array.isArray(value)
        ? value.map((item: Json) => ['', item] as const)
        : null
      : isJsonObject(value)
        ? Object.entries(value)
        : null;
  if (pairs === null) return null;
  const entries: Entry[] = [];
  for (const [name, parts] of pairs) {
    if (!isJsonObject(parts) || !canHold(columns, parts)) return null;
    const { [named?.repeated ?? '']: repeated, ...others } = parts;
    if (named?.repeated && repeated !== name) return null;
    entries.push({ name, parts: named?.repeated ? others : parts });
  }
  return entries;
}

const namedParts = (name: string, parts: JsonObject, named: Records['named']): JsonObject =>
  named?.repeated ? { [named.repeated]: name, ...parts } : parts;

/** Parts that are no columns stay as they are; those that are must be of their form. */
const canHold = (columns: readonly Column[], parts: JsonObject): boolean =>
  columns.every((column) => {
    const value = parts[partKey(parts, column)];
    return value === undefined || fillFor(column.form, value) !== null;
  });

const areUnique = (names: readonly string[]): boolean => !names.includes('') && new Set(names).size === names.length;
