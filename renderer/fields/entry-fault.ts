// What is still missing or wrong in entries with parts, so that they cannot go into the draft yet.
import { isSize, isText, type Column, type ValueForm } from '@contract/value-forms.ts';
import { fillOf, isNumber, isWhole, partKey, type Entry } from './form-value.ts';

export type EntryFault =
  /** Names of what has to be filled in; `null` is the name of the entry itself. */
  | { readonly kind: 'missing'; readonly at: number; readonly parts: readonly (string | null)[] }
  /** Nothing at all is no entry; any part makes one. */
  | { readonly kind: 'empty'; readonly at: number }
  | { readonly kind: 'twice'; readonly at: number; readonly name: string }
  /** What stands in this part is not of its form. */
  | { readonly kind: 'wrong'; readonly at: number; readonly column: Column };

type Entries = Extract<ValueForm, { readonly kind: 'map' | 'maps' | 'fields' | 'records' }>;

/** The first fault; null where all of it can go into the draft. */
export function entryFault(form: Entries, columns: readonly Column[], entries: readonly Entry[]): EntryFault | null {
  for (const [at, entry] of entries.entries()) {
    const fault = wrongIn(columns, entry, at) ?? missingIn(form, columns, entry, at);
    if (fault !== null) return fault;
  }
  // Everything is there, so that what remains is a name that stands twice.
  const at = entries.findIndex((_, i) => !isWhole(form, entries.slice(0, i + 1)));
  return at === -1 ? null : { kind: 'twice', at, name: entries[at]?.name ?? '' };
}

function wrongIn(columns: readonly Column[], { parts }: Entry, at: number): EntryFault | null {
  const column = columns.find((one) => !isGood(one, parts[partKey(parts, one)]));
  return column ? { kind: 'wrong', at, column } : null;
}

function missingIn(form: Entries, columns: readonly Column[], { name, parts }: Entry, at: number): EntryFault | null {
  const isEmpty = (column: Column): boolean => {
    const value = parts[partKey(parts, column)];
    return value === undefined || value === '';
  };
  const needed = columns.filter((column) => column.needed && isEmpty(column)).map((column) => column.name);
  const missing = [...(isNamed(form) && name === '' ? [null] : []), ...needed];
  if (missing.length > 0) return { kind: 'missing', at, parts: missing };
  return form.kind === 'records' && Object.keys(parts).length === 0 ? { kind: 'empty', at } : null;
}

/** Whether entries go by a name of their own. */
export const isNamed = (form: Entries): boolean =>
  form.kind === 'map' || form.kind === 'maps' || (form.kind === 'records' && form.named !== null);

/** Whether a part is of its form, or not there. */
function isGood({ form }: Column, value: Entry['parts'][string] | undefined): boolean {
  if (value === undefined) return true;
  const fill = fillOf(form, value);
  if (fill === null || form.kind === 'switch') return fill !== null;
  if (form.kind === 'number') return isNumber(form, fill);
  if (form.kind === 'size') return typeof fill === 'string' && isSize(fill);
  if (form.kind === 'text') return typeof fill === 'string' && isText(form.of, fill);
  return isWhole(form, fill);
}
