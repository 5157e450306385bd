// Did the daemon take the new value? Compares an option in the file with the attributes of a reload event and `/info`.
import { isJsonObject, sameJson, type Json } from '../contract/json.ts';
import type { EngineFacts } from '../contract/snapshot.ts';
import type { ReloadEvent } from './daemon.ts';

export type Taken =
  /** Seen with this value, in the daemon's own words. */
  | { readonly kind: 'seen'; readonly value: string }
  /** Seen with another value. */
  | { readonly kind: 'differs'; readonly value: string }
  /** The daemon does not tell of this option; the event alone is the receipt. */
  | { readonly kind: 'not-told' };

/**
 * Whether a reload took `wanted` for `key`. Formats of the attributes: moby daemon/reload.go (booleans and numbers as
 * text, labels and registries as JSON, runtimes as `name:path ...`); measured on 20.10, 26.1, 28.5.
 * `wanted` undefined means that the key is not in the file: nothing can be said then, because removed keys may stick.
 */
export function takenValue(
  key: string,
  wanted: Json | undefined,
  event: ReloadEvent | null,
  facts: EngineFacts,
): Taken {
  if (wanted === undefined) return { kind: 'not-told' };
  if (key === 'live-restore') return told(facts.liveRestore === (wanted === true), String(facts.liveRestore));
  if (key === 'debug') return told(facts.debug === (wanted === true), String(facts.debug));
  const value = event?.attributes[key];
  if (value === undefined) return { kind: 'not-told' };
  switch (key) {
    case 'labels':
      return told(sameJson(parsed(value), wanted), value);
    case 'registry-mirrors':
    case 'insecure-registries':
      return told(contains(parsed(value), wanted), value);
    case 'runtimes':
      return told(isJsonObject(wanted) && Object.keys(wanted).every((name) => namesOf(value).includes(name)), value);
    case 'max-concurrent-downloads':
    case 'max-concurrent-uploads':
    case 'max-download-attempts':
    case 'shutdown-timeout':
    case 'default-runtime':
    case 'default-ipc-mode':
    case 'default-cgroupns-mode':
      return told(sameText(value, wanted), value);
    default:
      return { kind: 'not-told' };
  }
}

/** Numbers and words come as plain text. */
const sameText = (value: string, wanted: Json): boolean =>
  (typeof wanted === 'string' || typeof wanted === 'number') && value === String(wanted);

const told = (same: boolean, value: string): Taken => ({ kind: same ? 'seen' : 'differs', value });

/** dockerd adds entries of its own and a slash behind mirrors, so that every wanted one must be among those told. */
function contains(all: Json | undefined, wanted: Json): boolean {
  if (!Array.isArray(wanted)) return false;
  const entries = Array.isArray(all) ? all.map(withoutSlash) : [];
  return wanted.every((one: Json) => entries.includes(withoutSlash(one)));
}

const withoutSlash = (value: Json): string =>
  typeof value === 'string' ? value.replace(/\/$/, '') : JSON.stringify(value);
const namesOf = (runtimes: string): readonly string[] => runtimes.split(' ').map((pair) => pair.split(':')[0] ?? '');

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Not JSON on this version: then nothing matches, which the caller reports as a difference.
    return undefined;
  }
}
