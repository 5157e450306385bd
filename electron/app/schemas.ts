// What every request must look like, exactly: the page is not trusted, and unknown keys are errors.
import * as z from 'zod/mini';
import type { Change } from '../contract/change.ts';
import type { RequestName, Requests, Verb } from '../contract/ipc.ts';
import { isJsonObject, type Json } from '../contract/json.ts';
import { accepts } from '../contract/plan.ts';
import type { Preferences } from '../contract/preferences.ts';
import { links } from './links.ts';
import { preferenceChecks } from './preference-checks.ts';

/** Characters of a whole daemon.json, whether it comes as text or in edits; real ones take a few kB. */
const maxText = 1024 * 1024;
const maxEdits = 1000;
const maxDepth = 100;
const maxName = 1000;

const verb = z.enum(['reload', 'restart', 'start', 'stop'] satisfies Verb[]);
const accept = z.array(z.enum(accepts)).check(z.maxLength(accepts.length));
const etag = z.string().check(z.minLength(1), z.maxLength(200));
const name = z.string().check(z.maxLength(maxName));

// Not z.json(): it recurses without a limit, and drops keys called __proto__ without a word.
const json = z.custom<Json>((value) => isJson(value, maxDepth) && JSON.stringify(value).length <= maxText);
const path = z.array(name).check(z.minLength(1), z.maxLength(maxDepth));
const edit = z.union([z.strictObject({ path, set: json }), z.strictObject({ path, remove: z.literal(true) })]);
const change: z.ZodMiniType<Change> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('patch'), patch: z.array(edit).check(z.maxLength(maxEdits)) }),
  z.strictObject({ kind: z.literal('text'), text: z.string().check(z.maxLength(maxText)) }),
]);

const preference = <P extends keyof Preferences>(key: P) =>
  z.exactOptional(z.custom<Preferences[P]>(preferenceChecks[key]));

/** A request without its schema does not compile. */
export const schemas: { readonly [R in RequestName]: z.ZodMiniType<Requests[R]['input']> } = {
  'config.plan': change,
  'config.apply': z.strictObject({ change, etag: z.nullable(etag), accept }),
  'config.reveal': z.null(),
  'engine.plan': verb,
  'engine.act': z.strictObject({ verb, accept }),
  'engine.refresh': z.null(),
  'target.choose': name.check(z.minLength(1)),
  'sandbox.start': z.null(),
  'sandbox.stop': z.null(),
  'preferences.set': z.strictObject({
    theme: preference('theme'),
    language: preference('language'),
    openAtLogin: preference('openAtLogin'),
    notifications: preference('notifications'),
  } satisfies Record<keyof Preferences, unknown>),
  'link.open': z.enum(links),
  'log.reveal': z.null(),
  'draft.open': z.boolean(),
};

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth === 0 || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth - 1));
  // Dates, maps and the like arrive as themselves; plain objects are all that JSON has.
  const isPlain = isJsonObject(value as Json) && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every((item) => isJson(item, depth - 1));
}
