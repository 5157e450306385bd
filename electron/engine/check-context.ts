// What every check of values gets, and how it says what it found.
import type { Clash, Hurt, MachineFault, ValueFault } from '../contract/check-kinds.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import { isAtLeast, newestKnownVersion, optionFor } from '../contract/options.ts';
import type { Finding, FindingKind } from '../contract/plan.ts';
import { flagValue } from './daemon-flags.ts';
import { isPlainSize, isSize } from './go-values.ts';
import type { Machine } from './machine.ts';

/** A finding before it has its place in the text. */
export type Unplaced = Omit<Finding, 'place'>;

export type Context = {
  readonly values: JsonObject;
  readonly flags: readonly string[];
  /** The newest where it is not known. */
  readonly version: string;
  /** Null where the computer was not looked at, or is another one: then nothing is said about it. */
  readonly machine: Machine | null;
};

export const contextOf = (
  values: JsonObject,
  flags: readonly string[],
  version: string | null,
  machine: Machine | null,
): Context => ({ values, flags, version: version ?? newestKnownVersion, machine });

/** The value that counts: by flag, else from the file. Undefined and null are the default. */
export function inForce({ values, flags }: Context, key: string): Json | undefined {
  const option = optionFor(key);
  return (option && flagValue(flags, option)) ?? values[key] ?? undefined;
}

export function textInForce(context: Context, key: string): string {
  const value = inForce(context, key);
  return typeof value === 'string' ? value : '';
}

/** Texts of a list in the file, each with its place in it; `null` is an empty one. Other types are told elsewhere. */
export function items(context: Context, key: string): readonly (readonly [string, number])[] {
  const value = context.values[key];
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  return list.flatMap((item, index): [string, number][] =>
    item === null ? [['', index]] : typeof item === 'string' ? [[item, index]] : [],
  );
}

export const isOld = ({ version }: Context): boolean => !isAtLeast(version, '23.0');
export const since = ({ version }: Context, first: string): boolean => isAtLeast(version, first);

/** Debian built 26.1 with an older reader of sizes than Docker itself did [source; measured on 20.10, 26.1, 28.5]. */
export function takesSize(context: Context, text: string): boolean {
  const readsPlainOnly = isOld(context) || (/dfsg/.test(context.version) && !since(context, '28.0'));
  return readsPlainOnly ? isPlainSize(text) : isSize(text);
}

export const severityOf = (hurts: Hurt): Finding['severity'] =>
  hurts === 'always' || hurts === 'start' ? 'error' : 'warning';

const finding = (path: readonly string[], hurts: Hurt, about: FindingKind): Unplaced => ({
  severity: severityOf(hurts),
  path,
  about,
});

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

export const fault = (path: readonly string[], value: unknown, why: ValueFault, hurts: Hurt): Unplaced =>
  finding(path, hurts, { kind: 'bad-value', key: keyOf(path), value: shown(value), why, hurts });

export const lacking = (path: readonly string[], value: unknown, why: MachineFault, hurts: Hurt): Unplaced =>
  finding(path, hurts, { kind: 'not-on-machine', key: keyOf(path), value: shown(value), why, hurts });

export const clash = (path: readonly string[], other: string, why: Clash, hurts: Hurt): Unplaced =>
  finding(path, hurts, { kind: 'clash', key: keyOf(path), other, why, hurts });

/** The key for sentences: without the indexes of lists. */
const keyOf = (path: readonly string[]): string => path.filter((part) => !/^\d+$/.test(part)).join('.');

/** About a name that should not be there at all: it is the value, and what it stands in is the key. */
export const stray = (path: readonly string[], why: ValueFault, hurts: Hurt): Unplaced =>
  finding(path, hurts, { kind: 'bad-value', key: keyOf(path.slice(0, -1)), value: path.at(-1) ?? '', why, hurts });
