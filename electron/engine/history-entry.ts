// Reads one line of the history back, field by field: what a newer or broken program wrote is left out, never half taken.
import type { Deviation, LogFate } from '../contract/audit.ts';
import type { HistoryEntry, Ran } from '../contract/history.ts';
import { isJsonObject, type Json } from '../contract/json.ts';

/** What a line holds: something to tell of, or with which text the daemon was seen to run. */
export type KeptEntry = HistoryEntry | RanEntry;
export type RanEntry = Ran & { readonly kind: 'ran'; readonly etag: string };

type Reader = (value: Json | undefined) => boolean;

type Fields<E> = { readonly [F in Exclude<keyof E, 'kind'>]: Reader };
type Tagged<U extends { readonly kind: string }> = { readonly [K in U['kind']]: Fields<Extract<U, { kind: K }>> };

const text: Reader = (value) => typeof value === 'string';
const number: Reader = (value) => typeof value === 'number' && Number.isFinite(value);
const orNull =
  (read: Reader): Reader =>
  (value) =>
    value === null || read(value);
const texts: Reader = (value) => Array.isArray(value) && value.every((item: Json) => typeof item === 'string');
const oneOf =
  (...words: readonly string[]): Reader =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const author: Reader = (value) =>
  isJsonObject(value) &&
  (value['kind'] === 'us' ||
    value['kind'] === 'unknown' ||
    ((value['kind'] === 'package' || value['kind'] === 'editor') && typeof value['name'] === 'string'));

const flag: Reader = (value) => typeof value === 'boolean';
const list =
  (of: Reader): Reader =>
  (value) =>
    Array.isArray(value) && value.every((item: Json) => of(item));
const record =
  (fields: Readonly<Record<string, Reader>>): Reader =>
  (value) =>
    isJsonObject(value) && Object.entries(fields).every(([field, read]) => read(value[field]));
/** One of several records, which its `kind` tells. */
const tagged =
  (kinds: Readonly<Record<string, Readonly<Record<string, Reader>>>>): Reader =>
  (value) => {
    const kind = isJsonObject(value) ? value['kind'] : null;
    const fields = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return fields !== undefined && record(fields)(value);
  };

const deviations: Tagged<Deviation> = {
  ended: { exitCode: number },
  'keeps-ending': { exitCode: number },
  'new-process': { from: number, to: number },
  unknown: {},
  'port-gone': { port: text },
  'port-closed': { port: text },
  'network-gone': { network: text },
  'address-changed': { network: text, from: text, to: text },
  'dns-changed': { from: texts, to: texts },
  'health-worse': { to: text },
  'health-stopped': { last: text },
  'not-paused': {},
  'mount-gone': { path: text },
  restarted: { times: number },
};
const logs: Tagged<LogFate> = {
  none: {},
  delayed: { ms: orNull(number), heldUp: flag },
  lost: { ms: orNull(number) },
  'not-known': { why: oneOf('driver', 'busy', 'no-answer'), driver: text },
};

const fates = { before: number, kept: number, ended: texts };

// A field without a reader does not compile.
const readers: Tagged<KeptEntry> = {
  ran: { at: number, etag: text, how: oneOf('started', 'reloaded') },
  file: { at: number, etag: orNull(text), by: author },
  outcome: {
    at: number,
    verb: oneOf('apply', 'reload', 'restart', 'start', 'stop', 'recover'),
    result: oneOf('applied', 'nothing', 'refused', 'rolled-back', 'failed'),
    effect: oneOf('none', 'reload', 'restart', 'reload-then-restart'),
    apiDowntimeMs: number,
    problem: orNull(text),
    ...fates,
  },
  daemon: {
    at: number,
    event: oneOf('reloaded', 'restarted', 'started', 'stopped', 'crashed'),
    version: orNull(text),
    ...fates,
  },
  audit: {
    at: number,
    compared: number,
    changed: list(record({ name: text, deviations: list(tagged(deviations)) })),
    orphans: texts,
    logs: list(record({ name: text, log: tagged(logs) })),
  },
};

/** The entry in a line; null unless every field is there and has its type. */
export function entryFrom(line: string): KeptEntry | null {
  let value: Json;
  try {
    value = JSON.parse(line) as Json;
  } catch {
    // Not ours.
    return null;
  }
  // Every field was just checked by its own reader.
  return tagged(readers)(value) ? (value as unknown as KeptEntry) : null;
}
