// Makes the daemon take what its file says, by reload or by restart, and proves that it did.
import { setTimeout as pause } from 'node:timers/promises';
import type { Proof } from '../contract/outcome.ts';
import type { OptionChange } from '../contract/plan.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Container, EngineFacts } from '../contract/snapshot.ts';
import type { Daemon } from './daemon.ts';
import type { ServiceManager } from './service-manager.ts';
import { takenValue } from './taken-value.ts';

/** A reload is silent when it fails; the event of a good one came within 41 ms (measured on 20.10, 26.1, 28.5). */
const receiptLimitMs = 5_000;
/** `debug` is switched only after the event was sent (moby cmd/dockerd reloadConfig; seen on 28.5): looked at again. */
const lateLimitMs = 1_000;
/** An authorization plugin that does not answer is retried for 15 s, then the daemon ends (measured on all three). */
const pluginLimitMs = 25_000;
/** A daemon that first stops left-over containers was silent for up to 13 s (measured); large hosts take longer. */
const upLimitMs = 120_000;
const pingEveryMs = 20;
/** One that does not answer for so long before a reload is not told to do it. */
const readyLimitMs = 2_000;

export type Site = {
  readonly daemon: Daemon;
  readonly manager: ServiceManager;
};

/** Changes to be seen after a reload, and whether plugins may make it slow. */
export type Expected = {
  readonly changes: readonly Pick<OptionChange, 'key' | 'to'>[];
  readonly withPlugins: boolean;
};

export type ReloadProof = { readonly event: string | null; readonly info: Proof['info']; readonly facts: EngineFacts };

/**
 * Reloads and waits for the daemon's own receipt. Fails with `engine.hanging` or `engine.not-running` (nothing was sent:
 * a SIGHUP kills a daemon that is not ready, measured), `reload.not-taken` (it runs on with its old configuration,
 * wholly or on 20.10 in parts) or `reload.killed-daemon`.
 */
export async function reload(site: Site, expected: Expected): Promise<Result<ReloadProof>> {
  const { daemon, manager } = site;
  const silent = await silence(site);
  if (silent) return fail(silent);
  const listening = await daemon.listenForReload();
  // It answered a moment ago and may have ended or stopped since: without a receipt no signal is sent.
  if (!listening.ok) return fail((await silence(site)) ?? hanging);
  const receipt = listening.value;
  try {
    const sentAt = Date.now();
    const sent = await manager.reload();
    if (!sent.ok) return sent;
    const event = await receipt.wait(expected.withPlugins ? pluginLimitMs : receiptLimitMs);
    if (event === 'gone') return fail({ kind: 'reload.killed-daemon', lines: await linesOf(manager, sentAt) });
    const receiptOrNone = event === 'timeout' ? null : event;
    const look = (now: EngineFacts) =>
      expected.changes.map(({ key, to }) => ({ key, taken: takenValue(key, to, receiptOrNone, now) }));
    const lateUntil = Date.now() + (receiptOrNone ? lateLimitMs : 0);
    let facts = await daemon.facts();
    while (facts.ok && look(facts.value).some(({ taken }) => taken.kind === 'differs') && Date.now() < lateUntil) {
      await pause(pingEveryMs);
      facts = await daemon.facts();
    }
    // The signal was sent, so that nobody can say what it has taken.
    if (!facts.ok) return fail({ kind: 'reload.not-taken', lines: await linesOf(manager, sentAt), partly: true });
    const seen = look(facts.value);
    const told = seen.flatMap(({ key, taken }) => (taken.kind === 'seen' ? [{ key, value: taken.value }] : []));
    const proven = receiptOrNone ? seen.every(({ taken }) => taken.kind !== 'differs') : false;
    if (!proven)
      return fail({ kind: 'reload.not-taken', lines: await linesOf(manager, sentAt), partly: receiptOrNone !== null });
    return ok({ event: receiptOrNone?.timeNano ?? null, info: told, facts: facts.value });
  } finally {
    receipt.close();
  }
}

const hanging: Problem = { kind: 'engine.hanging', endpoint: '', waitedMs: readyLimitMs };

/** What keeps a daemon from being told to reload; null where it answers. */
async function silence(site: Site): Promise<Problem | null> {
  const now = await presence(site, readyLimitMs);
  if (now === 'hanging') return hanging;
  return now === 'down' ? { kind: 'engine.not-running' } : null;
}

/**
 * Whether the daemon answers, is gone, or is there without an answer for so many ms. One that has just died is still
 * taken to run by its manager for a moment; it is told from one that hangs by looking again.
 */
export async function presence({ daemon, manager }: Site, limitMs: number): Promise<'up' | 'down' | 'hanging'> {
  const until = Date.now() + limitMs;
  for (;;) {
    const { state } = await manager.state();
    if (state !== 'running' && state !== 'unknown') return 'down';
    if (await daemon.answers(Math.max(1, until - Date.now()))) return 'up';
    if (Date.now() >= until) return 'hanging';
    await pause(pingEveryMs);
  }
}

export type RestartProof = {
  readonly facts: EngineFacts;
  readonly containers: readonly Container[];
  /** The longest time between two answers, in ms: from the last one before to the first one after. */
  readonly apiDowntimeMs: number;
  readonly pidAfter: number | null;
};

/** Restarts and waits until the API answers again. Fails with `daemon.not-up` and the daemon's own lines. */
export const restart = (site: Site): Promise<Result<RestartProof>> => bringUp(site, () => site.manager.restart(), true);

/** Starts a daemon that does not run. */
export const start = (site: Site): Promise<Result<RestartProof>> => bringUp(site, () => site.manager.start(), false);

async function bringUp(site: Site, act: () => Promise<Result<null>>, wasUp: boolean): Promise<Result<RestartProof>> {
  const { daemon, manager } = site;
  const began = Date.now();
  const gap = measureGap();
  let acting = true;
  // Pings run beside a verb on a running daemon, so that the gap is what a client sees. They end with the first that
  // fails: from then on only `waitUntilUp` connects, because a connection to an armed socket starts the daemon.
  const beside = (async () => {
    while (acting && wasUp && (await daemon.answers(1_000))) {
      gap.answered();
      await pause(pingEveryMs);
    }
  })();
  const followAgain = daemon.letGo();
  const acted = await act().finally(() => {
    acting = false;
    followAgain();
  });
  const up = await waitUntilUp(site, began);
  if (up) gap.answered();
  await beside;
  if (!up) {
    return acted.ok
      ? fail({ kind: 'daemon.not-up', lines: await linesOf(manager, began), waitedMs: Date.now() - began })
      : notUpUnless(acted.problem, await linesOf(manager, began), Date.now() - began);
  }
  if (!acted.ok) return acted;
  const facts = await daemon.facts();
  if (!facts.ok) return facts;
  const containers = await daemon.containers();
  if (!containers.ok) return containers;
  return ok({
    facts: facts.value,
    containers: containers.value,
    apiDowntimeMs: gap.longestMs(),
    pidAfter: (await manager.state()).pid,
  });
}

/** The longest time between two answers, counted from now. */
function measureGap(): { answered(): void; longestMs(): number } {
  let last = performance.now();
  let longest = 0;
  return {
    answered() {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    },
    longestMs: () => Math.round(longest),
  };
}

/** A verb that failed because the daemon did not start says so; every other refusal keeps its own words. */
function notUpUnless(problem: Problem, lines: readonly string[], waitedMs: number): Result<never> {
  if (problem.kind === 'daemon.not-up')
    return fail({ ...problem, lines: problem.lines.length > 0 ? problem.lines : lines, waitedMs });
  return problem.kind === 'service.refused' || problem.kind === 'authorization.dismissed'
    ? fail(problem)
    : fail({ kind: 'daemon.not-up', lines, waitedMs });
}

async function waitUntilUp({ daemon, manager }: Site, began: number): Promise<boolean> {
  while (Date.now() - began < upLimitMs) {
    const { state } = await manager.state();
    // Nothing connects to the socket of a daemon that is down: an armed one would be started by that.
    if (state === 'failed' || state === 'stopped' || state === 'armed') return false;
    if (await daemon.answers(1_000)) return true;
    await pause(pingEveryMs);
  }
  return false;
}

/** The daemon's own lines since then that tell of trouble; all of the last ones where none is marked. */
async function linesOf(manager: ServiceManager, sinceMs: number): Promise<readonly string[]> {
  const lines = await manager.logSince(sinceMs);
  const marked = lines.filter((line) =>
    /level=(error|fatal)|^(failed|unable|panic|fatal)|configuration OK/i.test(line),
  );
  return (marked.length > 0 ? marked : lines).slice(-5);
}
