// Answers `check`: would a daemon of this version, with these flags, start with this file?
import type { Finding } from '../contract/plan.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import { checkConfig, verdictOf } from './check.ts';
import { readConfigText } from './config-text.ts';
import type { Observer } from './observer.ts';
import type { Platform } from './ports.ts';

export type CheckResult = { readonly verdict: 'starts' | 'refuses'; readonly findings: readonly Finding[] };

/** `bytes` null: the target's own file. Asks the daemon's own program only where nothing else was asked for. */
export async function checkBytes(
  platform: Platform,
  observer: Observer,
  bytes: Uint8Array | null,
  asked: { readonly version: string | null; readonly flags: readonly string[] | null },
): Promise<Result<CheckResult>> {
  const gathered = await observer.gather();
  const now = gathered.ok ? gathered.value : null;
  const facts = now && 'facts' in now.engine ? now.engine.facts : null;
  const version = asked.version ?? facts?.version ?? now?.lastFacts?.version ?? null;
  const path = bytes === null ? (now?.identification.configPath ?? '') : '';
  if (bytes === null && now === null) return gathered.ok ? fail({ kind: 'engine.not-running' }) : gathered;
  if (bytes === null && now?.state.config.state === 'unreadable') return ok(faulty(now.state.config.problem));
  const text = readConfigText(bytes ?? now?.state.bytes ?? new Uint8Array(), path, version);
  if (!text.ok) return ok(faulty(text.problem));
  const findings = checkConfig({
    text: text.value.text,
    values: text.value.values,
    version,
    flags: asked.flags ?? now?.identification.flags ?? [],
    flagPlaces: asked.flags ? {} : (now?.identification.flagPlaces ?? {}),
    flagSource: asked.flags ? '--flags' : (now?.identification.flagSource ?? ''),
    facts,
  });
  const own = now !== null && asked.version === null && asked.flags === null;
  const judged = own
    ? [...findings, ...(await judgedByDaemon(platform, now.identification, text.value.text))]
    : findings;
  return ok({ verdict: verdictOf(judged), findings: judged });
}

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
