// What every request must look like, exactly: the page is not trusted, and unknown keys are errors.
import * as z from 'zod/mini';
import type { Change } from '../contract/change.ts';
import type { RequestName, Requests, Verb } from '../contract/ipc.ts';
import type { Json } from '../contract/json.ts';
import { exportForms } from '../contract/export-form.ts';
import { accepts } from '../contract/plan.ts';
import type { Preferences } from '../contract/preferences.ts';
import { links } from './links.ts';
import { preferenceChecks } from './preference-checks.ts';

/** Characters of a whole daemon.json, whether it comes as text or in edits; real ones take a few kB. */
const maxText = 1024 * 1024;
const maxEdits = 1000;
const maxName = 1000;
/** Bytes; the usual size, and more than anybody's output in any outage. */
const smallestPipe = 64 * 1024;
const largestPipe = 64 * 1024 * 1024;

const verb = z.enum(['reload', 'restart', 'start', 'stop'] satisfies Verb[]);
const accept = z.array(z.enum(accepts)).check(z.maxLength(accepts.length));
const shown = z.exactOptional(z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/))).check(z.maxLength(10_000)));
const etag = z.string().check(z.minLength(1), z.maxLength(200));
const name = z.string().check(z.maxLength(maxName));

// Not z.json(): it drops keys called __proto__ without a word. That it is JSON was seen before, of the whole request.
const json = z.custom<Json>((value) => JSON.stringify(value).length <= maxText);
const path = z.array(name).check(z.minLength(1), z.maxLength(100));
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
  'config.apply': z.strictObject({ change, etag: z.nullable(etag), accept, shown }),
  'config.reveal': z.null(),
  'engine.plan': verb,
  'engine.act': z.strictObject({ verb, accept, shown }),
  'orphan.end': z.strictObject({
    pid: z.int().check(z.positive()),
    startTicks: z.string().check(z.regex(/^\d{1,20}$/)),
  }),
  'engine.look': z.null(),
  'engine.rescue': z.strictObject({ etag: z.nullable(etag), keep: z.boolean() }),
  'engine.way-back': z.null(),
  'engine.go-back': z.strictObject({
    id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    etag: z.nullable(etag),
    accept,
    shown,
  }),
  'pipes.enlarge': z.int().check(z.minimum(smallestPipe), z.maximum(largestPipe)),
  'history.read': z.null(),
  'history.text': z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  'containers.start-again': z.null(),
  'drill.run': z.null(),
  'engine.refresh': z.null(),
  'target.choose': name.check(z.minLength(1)),
  'sandbox.start': z.null(),
  'sandbox.stop': z.null(),
  'preferences.set': z.strictObject({
    theme: preference('theme'),
    language: preference('language'),
    openAtLogin: preference('openAtLogin'),
    notifications: preference('notifications'),
    mutedNotices: preference('mutedNotices'),
    mutedChecks: preference('mutedChecks'),
  } satisfies Record<keyof Preferences, unknown>),
  'link.open': z.enum(links),
  'log.reveal': z.null(),
  'preferences.reveal': z.null(),
  'presets.list': z.nullable(name),
  'patch.import': z.null(),
  'patch.export': z.strictObject({ form: z.enum(exportForms), change }),
  'diagnostics.make': z.null(),
  'diagnostics.copy': z.null(),
  'diagnostics.save': z.null(),
  'draft.open': z.boolean(),
};
