// What a field shows: the draft's value, else the flag's, the file's or the default; and what to write for a new one.
import { valueAt } from '@contract/change.ts';
import { sameJson, type Json, type JsonObject } from '@contract/json.ts';
import type { OptionSource, OptionTruth } from '@contract/option-truth.ts';
import { defaultOn, effectOf } from '@contract/options.ts';
import type { Risk } from '@contract/plan.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { valuesOf, valuesWith, type Draft } from '../draft.ts';
import { flagFor, flagValueOf } from './flag-value.ts';
import { foreignTo, isDeprecated, pathIn, type Foreign, type OptionField } from './option-fields.ts';

/** All that the row of one option shows. */
export type OptionState = {
  /** Where it stands in the file, or would be written. */
  readonly path: readonly string[];
  /** What the control shows; undefined: neither set nor known to have a default. */
  readonly value: Json | undefined;
  /** What it is where nobody sets it; undefined: the daemon finds it out, or nobody knows. */
  readonly fallback: Json | undefined;
  /** In the file with the draft; undefined: not there. */
  readonly own: Json | undefined;
  /** In the file as it is. */
  readonly inFile: Json | undefined;
  readonly modified: boolean;
  /** The flag that sets it, for which the file must stay silent. */
  readonly flag: { readonly name: string; readonly value: Json | undefined; readonly place: string } | null;
  readonly source: OptionSource;
  /** What the daemon itself says, and what waits for its next start; undefined: nothing. */
  readonly running: Json | undefined;
  readonly pending: Json | undefined;
  readonly effect: ReturnType<typeof effectOf>;
  readonly risk: Risk;
  readonly foreign: Foreign | null;
  readonly deprecated: boolean;
};

/** Facts about the daemon that decide over every option. */
export function daemonOf({ engine }: Snapshot): { readonly version: string | null; readonly osType: string } {
  const facts = 'facts' in engine ? engine.facts : null;
  return { version: facts?.version ?? null, osType: facts?.osType ?? 'linux' };
}

/** What the states of all options are made of; read once for all of them. */
export type OptionGrounds = {
  readonly daemon: ReturnType<typeof daemonOf>;
  readonly flags: readonly string[];
  readonly truths: ReadonlyMap<string, OptionTruth>;
  /** In the file, and with the draft; null: cannot be read. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
};

export function optionGrounds(snapshot: Snapshot, draft: Draft | null): OptionGrounds {
  const { config, target, options } = snapshot;
  return {
    daemon: daemonOf(snapshot),
    flags: target.flags,
    truths: new Map(options.map((truth) => [truth.key, truth])),
    before: valuesOf(config),
    after: valuesWith(draft, config),
  };
}

/** What is true of one option: in the draft and the file, by a flag, in the running daemon. */
export function optionState(field: OptionField, grounds: OptionGrounds): OptionState {
  const { option } = field;
  const { before, flags, truths } = grounds;
  const { version, osType } = grounds.daemon;
  const after = grounds.after ?? before;
  const path = pathIn(after ?? {}, field);
  const own = after ? valueAt(after, path) : undefined;
  const inFile = before ? valueAt(before, path) : undefined;
  const given = flagFor(option.flags, flags);
  const truth = field.part === null ? truths.get(option.key) : undefined;
  const flag = given && {
    name: given.name,
    value: flagValueOf(given.values, option, field.path),
    place: truth?.flag?.place ?? '',
  };
  const fallback = field.part === null ? (defaultOn(option, version) ?? undefined) : undefined;
  return {
    path,
    value: own ?? flag?.value ?? fallback,
    fallback,
    own,
    inFile,
    modified: before !== null && after !== null && !sameJson(inFile, own),
    flag,
    source: truth?.source ?? (flag ? 'flag' : own === undefined ? 'default' : 'file'),
    running: truth?.running ?? undefined,
    pending: truth?.pending ?? undefined,
    effect: effectOf(option.key, 'set', version),
    risk: option.risk,
    foreign: foreignTo(option, version, osType),
    deprecated: isDeprecated(field, version),
  };
}

/** What to write so that the field has this value: nothing at all where that is said already by leaving it out. */
export function written(
  { option, part }: OptionField,
  value: Json | undefined,
  { inFile, fallback }: Pick<OptionState, 'inFile' | 'fallback'>,
): Json | undefined {
  if (value === undefined) return undefined;
  // Written out as true, every reload fails (measured on 26.1 and 28.5).
  if (option.key === 'userland-proxy' && value === true) return undefined;
  if (part !== null) return value;
  // A key that is gone would stay in the running daemon, so that what is emptied is written out.
  if (isEmpty(value)) return option.sticks && inFile !== undefined ? value : undefined;
  return inFile === undefined && fallback !== undefined && sameJson(value, fallback) ? undefined : value;
}

/** What to write for the default: the default itself where a removed key would stay in the running daemon. */
export function resetValue(
  { option, part }: OptionField,
  { inFile, fallback }: Pick<OptionState, 'inFile' | 'fallback'>,
): Json | undefined {
  return part !== null || inFile === undefined || !option.sticks ? undefined : fallback;
}

const isEmpty = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
