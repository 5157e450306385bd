// Answers `check`: would a daemon of this version, with these flags, start with this file?
import { resolve } from 'node:path';
import type { Finding } from '../contract/plan.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import { checkConfig, verdictOf } from './check.ts';
import type { JsonObject } from '../contract/json.ts';
import { openConfigFile } from './config-file.ts';
import { encodeConfigText, newText, readAsDaemon, readConfigText } from './config-text.ts';
import { fixedText } from './fix-text.ts';
import type { Gathered } from './gather.ts';
import { pathsIn } from './machine.ts';
import type { Observer } from './observer.ts';
import type { Platform } from './ports.ts';
import { lockFor } from './site.ts';

export type CheckResult = { readonly verdict: 'starts' | 'refuses'; readonly findings: readonly Finding[] };

/** For which daemon a file is checked; null: for the one that is watched. */
export type Asked = { readonly version: string | null; readonly flags: readonly string[] | null };

/** Everything but the text, known for one moment. */
type Known = {
  readonly now: Gathered | null;
  readonly version: string | null;
  /** The checks, with this computer in them where it is the daemon's. */
  judge(text: string, values: JsonObject): readonly Finding[];
};

async function known(platform: Platform, gathered: Result<Gathered>, asked: Asked, values: JsonObject): Promise<Known> {
  const now = gathered.ok ? gathered.value : null;
  const facts = now && 'facts' in now.engine ? now.engine.facts : null;
  const version = versionFor(now, asked);
  // A version or flags that were asked for are another daemon's, and that may be anywhere.
  const forHere = asked.version === null && asked.flags === null ? (now?.identification ?? null) : null;
  const machine = forHere ? await platform.machine(pathsIn(values), forHere) : null;
  const flags = asked.flags ?? now?.identification.startFlags ?? [];
  const flagSource = asked.flags ? '--flags' : (now?.identification.flagSource ?? '');
  const flagPlaces = asked.flags ? {} : (now?.identification.flagPlaces ?? {});
  const about = { version, flags, flagSource, flagPlaces, facts, machine };
  return { now, version, judge: (text, held) => checkConfig({ text, values: held, ...about }) };
}

const versionFor = (now: Gathered | null, asked: Asked): string | null =>
  asked.version ?? (now && 'facts' in now.engine ? now.engine.facts.version : null) ?? now?.lastFacts?.version ?? null;

/** `bytes` null: the target's own file. Asks the daemon's own program only where nothing else was asked for. */
export async function checkBytes(
  platform: Platform,
  observer: Observer,
  bytes: Uint8Array | null,
  asked: Asked,
): Promise<Result<CheckResult>> {
  const gathered = await observer.gather();
  const now = gathered.ok ? gathered.value : null;
  const path = bytes === null ? (now?.identification.configPath ?? '') : '';
  if (bytes === null && now === null) return gathered.ok ? fail({ kind: 'engine.not-running' }) : gathered;
  if (bytes === null && now?.state.config.state === 'unreadable') return ok(faulty(now.state.config.problem));
  const text = readAsDaemon(bytes ?? now?.state.bytes ?? new Uint8Array(), path, versionFor(now, asked));
  if (!text.ok) return ok(faulty(text.problem));
  const { judge } = await known(platform, gathered, asked, text.value.values);
  const found = judge(text.value.text, text.value.values);
  const { malformed } = text.value;
  const findings = malformed === null ? found : [malformedBytes(malformed), ...found];
  const own = now !== null && asked.version === null && asked.flags === null;
  const judged = own
    ? [...findings, ...(await judgedByDaemon(platform, now.identification, text.value.text))]
    : findings;
  return ok({ verdict: verdictOf(judged), findings: judged });
}

/** A file with every remedy in it that needs no question; `findings` are those that are left. */
export type FixResult = CheckResult & {
  readonly fixed: readonly Finding[];
  readonly before: Uint8Array;
  readonly after: Uint8Array;
};

/** Writes nothing. A text that nobody can repair stays as it is, with its fault. */
export async function fixBytes(
  platform: Platform,
  observer: Observer,
  given: Uint8Array | null,
  asked: Asked,
): Promise<Result<FixResult>> {
  const gathered = await observer.gather();
  if (given === null && !gathered.ok) return gathered;
  const before = given ?? (gathered.ok ? gathered.value.state.bytes : null) ?? new Uint8Array();
  const version = versionFor(gathered.ok ? gathered.value : null, asked);
  const read = readConfigText(before, '', version);
  const { judge } = await known(platform, gathered, asked, read.ok ? read.value.values : {});
  const valuesOf = (text: string): JsonObject => {
    const again = readConfigText(new TextEncoder().encode(text), '', version);
    return again.ok ? again.value.values : {};
  };
  const result = fixedText(before, version, (text) => judge(text, valuesOf(text)));
  if (result === null)
    return ok({ ...(read.ok ? nothingLeft : faulty(read.problem)), fixed: [], before, after: before });
  const { text, fixed } = result;
  const findings = judge(text, valuesOf(text));
  const unchanged = fixed.length === 0;
  const after = unchanged ? before : encodeConfigText(text, read.ok ? read.value : newText);
  return ok({ verdict: verdictOf(findings), findings, fixed, before, after });
}

const nothingLeft: CheckResult = { verdict: 'starts', findings: [] };

/**
 * Fixes a file in its place: wholly old or wholly new, as long as nobody else has written it meanwhile. It may be that of
 * another daemon, which nothing else may change in the same moment.
 */
export async function fixFile(
  platform: Platform,
  observer: Observer,
  path: string,
  asked: Asked,
): Promise<Result<FixResult>> {
  const lock = await lockFor(platform.stateFolder, platform.surroundings.files.realPath(resolve(path)));
  if (!lock.ok) return lock;
  try {
    return await fixLocked(platform, observer, path, asked);
  } finally {
    await lock.value.release();
  }
}

async function fixLocked(
  platform: Platform,
  observer: Observer,
  path: string,
  asked: Asked,
): Promise<Result<FixResult>> {
  const file = openConfigFile({ path, attributes: platform.fileAttributes });
  const found = await file.read();
  if (found.state === 'problem') return fail(found.problem);
  if (found.state === 'absent') return fail({ kind: 'config.unreadable', path, cause: 'missing' });
  const result = await fixBytes(platform, observer, found.bytes, asked);
  if (!result.ok || result.value.fixed.length === 0) return result;
  const written = await file.replace(result.value.after, found.etag, `fix-${process.pid}`);
  return written.ok ? result : written;
}

const malformedBytes = (problem: Extract<Problem, { kind: 'config.invalid' }>): Finding => ({
  severity: 'warning',
  path: [],
  place: problem.place,
  about: { kind: 'text-fault', problem },
});

function faulty(problem: Extract<Finding['about'], { kind: 'text-fault' }>['problem']): CheckResult {
  const place = problem.kind === 'config.invalid' ? problem.place : null;
  return {
    verdict: 'refuses',
    findings: [{ severity: 'error', path: [], place, about: { kind: 'text-fault', problem } }],
  };
}

async function judgedByDaemon(
  platform: Platform,
  daemon: Parameters<Platform['validator']['validate']>[1],
  text: string,
): Promise<readonly Finding[]> {
  const judged = await platform.validator.validate(text, daemon);
  if (judged.kind === 'accepted') return [];
  const base = { path: [], place: null } as const;
  return judged.kind === 'refused'
    ? [{ ...base, severity: 'error', about: { kind: 'validate-refused', lines: judged.lines } }]
    : [{ ...base, severity: 'info', about: { kind: 'not-checked', why: judged.why } }];
}
