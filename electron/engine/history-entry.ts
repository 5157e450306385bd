// Reads one line of the history back, field by field: what a newer or broken program wrote is left out, never half taken.
import type { HistoryEntry } from '../contract/history.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';

type Reader = (value: Json | undefined) => boolean;

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

const fates = { before: number, kept: number, ended: texts };

type Fields<E> = { readonly [F in Exclude<keyof E, 'kind'>]: Reader };

// A field without a reader does not compile.
const readers: { readonly [K in HistoryEntry['kind']]: Fields<Extract<HistoryEntry, { kind: K }>> } = {
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
};

/** The entry in a line; null unless every field is there and has its type. */
export function entryFrom(line: string): HistoryEntry | null {
  let value: Json;
  try {
    value = JSON.parse(line) as Json;
  } catch {
    // Not ours.
    return null;
  }
  if (!isJsonObject(value)) return null;
  const { kind } = value;
  if (kind !== 'file' && kind !== 'outcome' && kind !== 'daemon') return null;
  const fields: Readonly<Record<string, Reader>> = readers[kind];
  const whole = Object.entries(fields).every(([field, read]) => read((value as JsonObject)[field]));
  // Every field was just checked by its own reader.
  return whole ? (value as unknown as HistoryEntry) : null;
}
