// The remedy of a finding, as edits: what can be put right without asking what was meant.
import { valueAt, type Patch } from '../contract/change.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { optionFor } from '../contract/options.ts';
import type { CheckKind, ValueFault } from '../contract/check-kinds.ts';
import type { Finding, FindingKind } from '../contract/plan.ts';
import { logOptionLike } from './check-logging.ts';
import { memberOf, wrongTypes } from './check-type.ts';
import { parseRange } from './ip-range.ts';

type Fixed = Pick<Finding, 'path' | 'about'>;

type Remedy<K extends FindingKind['kind']> = (
  about: Extract<FindingKind, { readonly kind: K }>,
  path: readonly string[],
  values: JsonObject,
) => Patch | null;

const removal = (_: FindingKind, path: readonly string[], values: JsonObject): Patch | null => without(values, path);

const rename = (
  { suggestion }: { readonly suggestion: string | null },
  path: readonly string[],
  values: JsonObject,
): Patch | null => (suggestion === null ? without(values, path) : renamed(values, path, suggestion));

/** The kinds with a remedy; of all others only a human can say what was meant. */
const remedies: { readonly [K in FindingKind['kind']]?: Remedy<K> } = {
  'ignored-key': removal,
  'unknown-on-version': removal,
  'validate-key': removal,
  'userland-proxy-true-blocks-reload': removal,
  'conflicts-with-flag': removal,
  'live-restore-with-swarm': (_, path) => (path.length === 1 ? [{ path, set: false }] : null),
  'singular-key': rename,
  'unknown-key': rename,
  'wrapped-key': ({ key, inside }, _, values) => unwrapped(values, key, inside),
  'wrong-type': ({ expected }, path, values) => retyped(values, path, expected),
  'bad-value': (about, path, values) => corrected(values, path, about),
};

/** Null where there is none. The edits name whole top-level values, so that lists stay lists. */
export const fixOf = ({ path, about }: Fixed, values: JsonObject): Patch | null =>
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  (remedies[about.kind] as Remedy<FindingKind['kind']> | undefined)?.(about, path, values) ?? null;

/** What stands at a path, also inside of lists. */
function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(value)) return at((value as readonly Json[])[Number(first)], rest);
  return value !== undefined && isJsonObject(value) ? at(valueAt(value, [first]), rest) : undefined;
}

/** The value with another one at a path in it; undefined takes it away. */
function replaced(value: Json, path: readonly string[], next: Json | undefined): Json {
  const [first = '', ...rest] = path;
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    const index = Number(first);
    if (rest.length === 0) return next === undefined ? list.toSpliced(index, 1) : list.with(index, next);
    return list.with(index, replaced(list[index] ?? null, rest, next));
  }
  if (!isJsonObject(value)) return value;
  if (rest.length > 0) return { ...value, [first]: replaced(value[first] ?? {}, rest, next) };
  if (next !== undefined) return { ...value, [first]: next };
  const { [first]: _, ...others } = value;
  return others;
}

function put(values: JsonObject, path: readonly string[], next: Json | undefined): Patch | null {
  const [key, ...rest] = path;
  if (key === undefined || at(values, path) === undefined) return null;
  if (rest.length === 0) return [next === undefined ? { path: [key], remove: true } : { path: [key], set: next }];
  return [{ path: [key], set: replaced(values[key] ?? null, rest, next) }];
}

const without = (values: JsonObject, path: readonly string[]): Patch | null => put(values, path, undefined);

/** Only to a name that is free, with a value that fits it. */
function renamed(values: JsonObject, path: readonly string[], name: string): Patch | null {
  const option = optionFor(name);
  const value = at(values, path);
  if (value === undefined || option === undefined || valueAt(values, option.path) !== undefined) return null;
  const fit = option.kind === 'string[]' && typeof value === 'string' ? [value] : value;
  if (wrongTypes(option, fit, null, () => null).length > 0) return null;
  const taken = without(values, path);
  // First in, then out: an object that is never empty keeps its form.
  return taken && [{ path: option.path, set: fit }, ...taken];
}

/** What was inside stands outside; what stands there already stays as it is. */
function unwrapped(values: JsonObject, key: string, inside: readonly string[]): Patch | null {
  const wrapper = values[key];
  if (wrapper === undefined || !isJsonObject(wrapper)) return null;
  const moved = inside.flatMap((name) => {
    const value = wrapper[name];
    return value === undefined || name in values || optionFor(name) === undefined ? [] : [{ path: [name], set: value }];
  });
  return [...moved, { path: [key], remove: true }];
}

function retyped(values: JsonObject, path: readonly string[], expected: string): Patch | null {
  const value = at(values, path);
  if (value === undefined || value === null || isMeantWithUnit(value, path)) return null;
  const next = converted(value, expected);
  return next === undefined ? null : put(values, path, next);
}

/** So few bytes nobody means: it is a number of megabytes or gigabytes, and who knows of which. */
const isMeantWithUnit = (value: Json, path: readonly string[]): boolean =>
  typeof value === 'number' && value < 1024 ** 2 && /size$|storage$|space$/i.test(path.at(-1) ?? '');

/** Several in one text. */
const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function converted(value: Json, expected: string): Json | undefined {
  if (expected === 'boolean' && (value === 'true' || value === 1)) return true;
  if (expected === 'boolean' && (value === 'false' || value === 0)) return false;
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  if (expected === 'integer' && typeof number === 'number' && Number.isSafeInteger(number)) return number;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (expected === 'string' && Array.isArray(value) && value.length === 1 && typeof value[0] === 'string')
    return value[0];
  if (expected === 'array' && typeof value === 'string') return value === '' ? [] : [value];
  if (expected === 'array' && isJsonObject(value) && 'base' in value) return [value];
  return undefined;
}

/** To the default: what cannot be right goes. */
const removedWhen: readonly ValueFault[] = [
  'negative',
  'too-small',
  'too-large',
  'deprecated',
  'reserved-runtime',
  'unknown-runtime',
  'unknown-exec-option',
  'unknown-storage-option',
  'unknown-storage-driver',
  'removed-storage-driver',
  'twice',
];

type BadValue = Extract<CheckKind, { readonly kind: 'bad-value' }>;

function corrected(values: JsonObject, path: readonly string[], { value, why }: BadValue): Patch | null {
  if (removedWhen.includes(why)) return without(values, path);
  const next = betterTexts[why]?.(value, path);
  if (next !== undefined && next !== value) return put(values, path, next);
  return structural[why]?.(values, path) ?? null;
}

type Correction = (values: JsonObject, path: readonly string[]) => Patch | null;

/** The entry of a list, as several where commas stand in it. */
function split(values: JsonObject, [key = '', index]: readonly string[]): Patch | null {
  const list = values[key];
  const text = Array.isArray(list) ? (list as readonly Json[])[Number(index)] : undefined;
  const parts = typeof text === 'string' ? listed(text) : [];
  return parts.length > 1 && Array.isArray(list)
    ? [{ path: [key], set: (list as readonly Json[]).toSpliced(Number(index), 1, ...parts) }]
    : null;
}

/** Remedies that are more than another text. */
const structural: { readonly [why in ValueFault]?: Correction } = {
  'not-an-ip': split,
  'not-a-url': split,
  'not-a-registry': split,
  'unknown-log-option': logOption,
  'log-option-needs-other': (values, path) => {
    const other = path.at(-1) === 'max-buffer-size' ? { mode: 'non-blocking' } : { 'max-size': '10m' };
    const options = values['log-opts'];
    return options !== undefined && isJsonObject(options)
      ? [{ path: ['log-opts'], set: { ...options, ...other } }]
      : null;
  },
  'pool-smaller-than-base': (values, path) => {
    const base = at(values, [...path.slice(0, -1), 'base']);
    const range = typeof base === 'string' ? parseRange(base) : null;
    return range && put(values, path, Math.max(range.prefix, range.address.bits === 32 ? 24 : 64));
  },
  'soft-above-hard': (values, path) => {
    const limit = at(values, path);
    const [soft, hard] = [memberOf(limit, 'soft'), memberOf(limit, 'hard')];
    if (limit === undefined || !isJsonObject(limit) || soft === undefined) return null;
    return put(values, path, { ...limit, ...(hard ? { [soft.written]: hard.value } : { Hard: soft.value }) });
  },
  'no-open-files': (values, path) => {
    const limit = at(values, path);
    const hard = memberOf(limit, 'hard')?.value;
    return limit !== undefined && isJsonObject(limit) && hard !== undefined
      ? put(values, path, { ...limit, [memberOf(limit, 'soft')?.written ?? 'Soft']: hard })
      : null;
  },
  'limit-without-name': (values, path) => {
    const limit = at(values, path);
    return limit !== undefined && isJsonObject(limit) && Object.keys(limit).length > 0
      ? put(values, path, { Name: path.at(-1) ?? '', ...limit })
      : without(values, path);
  },
  'another-limit': (values, path) => put(values, path, path.at(-2)),
};

/** Texts that say the same and are right; undefined where there is none. */
const betterTexts: { readonly [why in ValueFault]?: (value: string, path: readonly string[]) => string | undefined } = {
  'not-absolute': (value) => value.replace(/^unix:\/\/(?=\/)/, ''),
  'scheme-is-dropped': (value) => value.replace(/^https?:\/\//i, ''),
  'not-a-registry': (value) => /^(?:https?:\/\/)?([a-zA-Z0-9.-]*[a-zA-Z0-9](?::\d+)?)\/[^/]/i.exec(value)?.[1],
  'not-a-url': (value) => (/^[a-zA-Z0-9.-]+(?::\d+)?(?:\/[^?#\s]*)?$/.test(value) ? `https://${value}` : undefined),
  'url-with-query': (value) => value.replace(/[?#].*$/, ''),
  'not-an-ip': (value) => value.trim(),
  'not-a-cidr': (value) => value.trim(),
  'network-address': (value, path) => {
    const range = path[0] === 'bip' ? parseRange(value) : null;
    const isFirst = range !== null && range.address.bits === 32 && range.address.number === range.first;
    return isFirst && range.prefix < 31 ? `${dotted(range.first + 1n)}/${range.prefix}` : undefined;
  },
  'not-a-choice': (value, path) =>
    optionFor(path[0] ?? '')?.choices?.find((choice) => choice === value.trim().toLowerCase()),
};

const dotted = (number: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => ((number >> shift) & 255n).toString()).join('.');

/** `max_size` to `max-size`; what is like no option goes. */
function logOption(values: JsonObject, path: readonly string[]): Patch | null {
  const options = values['log-opts'];
  const name = path.at(-1) ?? '';
  if (options === undefined || !isJsonObject(options) || options[name] === undefined) return null;
  const { [name]: value, ...others } = options;
  const driver = values['log-driver'];
  const like = logOptionLike(name, typeof driver === 'string' && driver !== '' ? driver : 'json-file');
  const set = like === null || like in others ? others : { ...others, [like]: value ?? null };
  return [{ path: ['log-opts'], set }];
}
