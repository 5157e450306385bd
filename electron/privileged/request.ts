// Reads a request to root, field by field: what is not exactly one is refused, with the place of the first fault.
import type { Change, Edit } from '../contract/change.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { accepts, type Accept, type Consent } from '../contract/plan.ts';
import type { AskedEtag, PrivilegedRequest } from '../contract/privileged.ts';

/** A whole daemon.json is a few kB; escaped in JSON it may grow to six times its length. */
export const mostBytes = 2 * 1024 * 1024;
/** dockerd's own options go four objects deep. */
const deepest = 64;
const mostEdits = 1_000;
const mostParts = 20;
const mostName = 1_000;
/** More containers than one daemon runs. */
const mostIds = 10_000;
/** What the kernel takes at most for one pipe. */
const largestPipe = 2 ** 31;

/** `at` is a path of our own field names, never text of the asker. */
export type Fault = { readonly fault: string };
export type Read = { readonly request: PrivilegedRequest } | Fault;

/** The request in a line of UTF-8; bytes that are none, and everything beyond the bounds, are a fault. */
export function readRequest(bytes: Uint8Array): Read {
  if (bytes.length > mostBytes) return { fault: 'too-long' };
  let value: Json;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (isDeeper(text, deepest)) return { fault: 'too-deep' };
    value = JSON.parse(text) as Json;
  } catch {
    // Not UTF-8 or not JSON: in both cases nothing that can be told apart further.
    return { fault: 'not-json' };
  }
  try {
    return { request: requestIn(value) };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.message };
    throw error;
  }
}

/** Looked at before it is parsed: a text of brackets alone would make a parser call itself a million times. */
function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return false;
}

class Refused extends Error {}

const refuse = (what: string): never => {
  throw new Refused(what);
};

function requestIn(value: Json): PrivilegedRequest {
  const fields = isJsonObject(value) ? value : refuse('request');
  if (fields['version'] !== 1) return refuse('version');
  const verb = typeof fields['verb'] === 'string' ? fields['verb'] : '';
  switch (verb) {
    case 'look':
      only(fields, 'request', 'version', 'verb');
      return { version: 1, verb };
    case 'pipes': {
      only(fields, 'request', 'version', 'verb', 'enlargeTo');
      const { enlargeTo } = fields;
      const isSize = typeof enlargeTo === 'number' && Number.isSafeInteger(enlargeTo) && enlargeTo > 0;
      if (enlargeTo === null || (isSize && enlargeTo <= largestPipe)) return { version: 1, verb, enlargeTo };
      return refuse('enlargeTo');
    }
    case 'rescue': {
      only(fields, 'request', 'version', 'verb', 'etag', 'keep');
      const { keep } = fields;
      if (typeof keep !== 'boolean') return refuse('keep');
      return { version: 1, verb, etag: etagIn(fields['etag']), keep };
    }
    case 'go-back': {
      only(fields, 'request', 'version', 'verb', 'text', 'etag', 'accept', ...shownOf(fields));
      const { text, etag } = fields;
      if (typeof text !== 'string') return refuse('text');
      if (etag !== null && !(typeof etag === 'string' && /^[0-9a-f]{64}$/.test(etag))) return refuse('etag');
      return { version: 1, verb, text, etag, ...consentIn(fields) };
    }
    case 'start-again': {
      only(fields, 'request', 'version', 'verb', 'containers');
      const containers = idsIn(fields['containers']);
      return containers === null ? refuse('containers') : { version: 1, verb, containers };
    }
    case 'reload':
    case 'restart':
    case 'start':
    case 'stop':
      only(fields, 'request', 'version', 'verb', 'accept', ...shownOf(fields));
      return { version: 1, verb, ...consentIn(fields) };
    case 'apply': {
      only(fields, 'request', 'version', 'verb', 'change', 'etag', 'accept', ...shownOf(fields));
      const change = changeIn(fields['change']);
      const etag = etagIn(fields['etag']);
      if (etag === 'unseen' && change.kind === 'text') return refuse('etag');
      return { version: 1, verb, change, etag, ...consentIn(fields) };
    }
    default:
      return refuse('verb');
  }
}

/** Exactly these keys, all of them. */
function only(value: JsonObject, where: string, ...keys: readonly string[]): void {
  const own = Object.keys(value);
  if (own.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) refuse(where);
}

/** Who takes a danger by its kind shows nobody. */
const shownOf = (fields: JsonObject): readonly string[] => (Object.hasOwn(fields, 'shown') ? ['shown'] : []);

function consentIn(fields: JsonObject): Consent {
  const accept = acceptIn(fields['accept']);
  if (!Object.hasOwn(fields, 'shown')) return { accept };
  const shown = idsIn(fields['shown']);
  return shown === null ? refuse('shown') : { accept, shown };
}

/** Whole ids of containers, as Docker makes them; null: something else. */
function idsIn(value: Json | undefined): readonly string[] | null {
  const isId = (one: Json): one is string => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one);
  return Array.isArray(value) && value.length <= mostIds && value.every(isId) ? value : null;
}

function acceptIn(value: Json | undefined): readonly Accept[] {
  if (!Array.isArray(value) || value.length > accepts.length) return refuse('accept');
  return value.map((one: Json) => accepts.find((known) => known === one) ?? refuse('accept'));
}

function etagIn(value: Json | undefined): AskedEtag {
  if (value === 'unseen') return value;
  const fields = isJsonObject(value) ? value : refuse('etag');
  only(fields, 'etag', 'seen');
  const { seen } = fields;
  if (seen === null) return { seen };
  return typeof seen === 'string' && /^[0-9a-f]{64}$/.test(seen) ? { seen } : refuse('etag');
}

function changeIn(value: Json | undefined): Change {
  const fields = isJsonObject(value) ? value : refuse('change');
  if (fields['kind'] === 'text') {
    only(fields, 'change', 'kind', 'text');
    const { text } = fields;
    return typeof text === 'string' ? { kind: 'text', text } : refuse('text');
  }
  if (fields['kind'] !== 'patch') return refuse('change');
  only(fields, 'change', 'kind', 'patch');
  const { patch } = fields;
  if (!Array.isArray(patch) || patch.length > mostEdits) return refuse('patch');
  return { kind: 'patch', patch: patch.map((edit: Json) => editIn(edit)) };
}

function editIn(value: Json): Edit {
  const fields = isJsonObject(value) ? value : refuse('edit');
  const path = pathIn(fields['path']);
  if (Object.hasOwn(fields, 'set')) {
    only(fields, 'edit', 'path', 'set');
    return { path, set: fields['set'] as Json };
  }
  only(fields, 'edit', 'path', 'remove');
  return fields['remove'] === true ? { path, remove: true } : refuse('edit');
}

function pathIn(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostParts) return refuse('path');
  const isName = (part: Json): part is string => typeof part === 'string' && part !== '' && part.length <= mostName;
  return value.every(isName) ? value : refuse('path');
}
