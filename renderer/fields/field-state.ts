// What a field shows and whether it can be changed: the draft's value, else the flag's, the file's, or the default.
import type { Messages } from '@contract/messages/page.ts';
import { valueAt } from '@contract/change.ts';
import type { OptionKind } from '@contract/options.ts';
import { sameJson, type Json } from '@contract/json.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { touches, valuesOf, valuesWith, type Draft } from '../draft.ts';
import { optionOf, type Field } from './fields.ts';

export type FieldState = {
  /** Undefined: neither set nor known to have a default. */
  readonly value: Json | undefined;
  readonly modified: boolean;
  /** The flag that sets it, for which the file must stay silent; null: none. */
  readonly flag: string | null;
};

/** The state of one field, from all that is known. */
export function fieldState(field: Field, snapshot: Snapshot, draft: Draft | null): FieldState {
  const option = optionOf(field);
  const flag = flagFor(option.flags, snapshot.target.flags);
  const values = valuesWith(draft, snapshot.config) ?? valuesOf(snapshot.config);
  const own = values ? valueAt(values, field.path) : undefined;
  const fallback = option.key === field.name ? option.default : undefined;
  return {
    value: own ?? (flag ? flagValue(flag.values, field, option.kind) : undefined) ?? fallback ?? undefined,
    modified: touches(draft, snapshot.config, field.path),
    flag: flag?.name ?? null,
  };
}

/** Why nothing in the file can be changed by fields now; null where it can. */
export function fileLock(snapshot: Snapshot, draft: Draft | null, { locks }: Messages['window']): string | null {
  const { config, operation, target } = snapshot;
  if (operation.kind === 'running') return locks.busy;
  if (config.state === 'unknown') return locks.noFile;
  if (target.access.kind === 'read-only') return locks.readOnly;
  // What only rights stand in the way of can be drafted: with a password, or to be done by hand.
  if (!config.writable.ok && config.writable.block !== 'denied') return locks.notWritable;
  if (draft?.change.kind === 'text') return valuesWith(draft, config) === null ? locks.brokenDraft : null;
  return config.state === 'unreadable' ? locks.broken : null;
}

/** What to write so that the field has this value: nothing at all where that is said already by leaving it out. */
export function written(field: Field, value: Json | undefined, snapshot: Snapshot): Json | undefined {
  const values = valuesOf(snapshot.config);
  const inFile = values ? valueAt(values, field.path) : undefined;
  if (value === undefined || value === '') return undefined;
  if (field.control.kind === 'switch' && value === true && field.control.on === 'removed') return undefined;
  if (field.control.kind === 'list' && Array.isArray(value) && value.length === 0) {
    return field.control.emptied === 'written' && inFile !== undefined ? [] : undefined;
  }
  const isDefault = field.path.length === 1 && sameJson(value, optionOf(field).default);
  return isDefault && inFile === undefined ? undefined : value;
}

/** The flag among a daemon's arguments, with all values given to it; null where it is not there. */
export function flagFor(
  names: readonly string[],
  args: readonly string[],
): { readonly name: string; readonly values: readonly string[] } | null {
  const found = args.flatMap((arg, i) => {
    const name = names.find((one) => arg === one || arg.startsWith(`${one}=`));
    if (name === undefined) return [];
    const next = args[i + 1];
    const value = arg === name ? (next === undefined || next.startsWith('-') ? '' : next) : arg.slice(name.length + 1);
    return [{ name, value }];
  });
  const first = found[0];
  return first ? { name: first.name, values: found.map(({ value }) => value) } : null;
}

function flagValue(values: readonly string[], field: Field, kind: OptionKind): Json | undefined {
  const [, inner] = field.path;
  if (inner !== undefined) {
    return values.findLast((value) => value.startsWith(`${inner}=`))?.slice(inner.length + 1);
  }
  const last = values.at(-1) ?? '';
  if (kind === 'boolean') return last !== 'false';
  if (kind === 'integer') return last === '' || Number.isNaN(Number(last)) ? undefined : Number(last);
  return kind.endsWith('[]') ? values : last;
}
