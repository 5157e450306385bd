// Makes the daemon take what its file says, by reload or by restart, and proves that it did.
import { isDown } from '../contract/down.ts';
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
/**
 * A daemon that first stops left-over containers was silent for up to 13 s (measured); large hosts take longer. Counted
 * once the verb is done, by a clock that stands still while the computer sleeps: the verb may last as long as it likes.
 */
const upLimitMs = 120_000;
/** One that is up may be too busy with its containers to tell of them at once. */
const readLimitMs = 60_000;
const readEveryMs = 500;
const pingEveryMs = 20;
/** One that does not answer for so long before a reload is not told to do it. */
const readyLimitMs = 2_000;

export type Site = {
  readonly daemon: Daemon;
  readonly manager: ServiceManager;
  /** Whether a process still runs; a zombie does not. */
  lives(pid: number): Promise<boolean>;
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
    const lateUntil = performance.now() + (receiptOrNone ? lateLimitMs : 0);
    let facts = await daemon.facts();
    while (
      facts.ok &&
      look(facts.value).some(({ taken }) => taken.kind === 'differs') &&
      performance.now() < lateUntil
    ) {
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
  if (now === 'hanging' || now === 'starting') return hanging;
  return now === 'down' ? { kind: 'engine.not-running' } : null;
}

export type Presence = 'up' | 'down' | 'starting' | 'hanging';

/**
 * Whether the daemon answers, is gone, is on its way, or is there without an answer for so many ms. One that has just
 * died is still taken to run by its manager for a moment; it is told from one that hangs by looking again.
 */
export async function presence({ daemon, manager }: Site, limitMs: number): Promise<Presence> {
  const until = performance.now() + limitMs;
  for (;;) {
    const { state, pid } = await manager.state();
    // Between two attempts of its manager there is no process: the next one reads what is in the file by then.
    const starts = state === 'starting' && pid !== null;
    if (state !== 'running' && state !== 'unknown' && !starts) return 'down';
    const leftMs = until - performance.now();
    // Nothing connects to a socket whose daemon may end before it answers: that would start it once more.
    if (!starts && (await daemon.answers(Math.max(1, leftMs)))) return 'up';
    if (performance.now() >= until) return starts ? 'starting' : 'hanging';
    await pause(pingEveryMs);
  }
}

/** As above, but one that is on its way is waited for: it has read the file that was there when it began. */
export async function atRest(site: Site, limitMs: number): Promise<Exclude<Presence, 'starting'>> {
  const now = await presence(site, limitMs);
  const later = now === 'starting' ? await presence(site, upLimitMs) : now;
  return later === 'starting' ? 'hanging' : later;
}

/** True where another process than that one is there to stay: it has read the file as it was when it began. */
export async function isAnother(site: Site, pidBefore: number | null): Promise<boolean> {
  const isNew = (pid: number | null): boolean => pid !== null && pidBefore !== null && pid !== pidBefore;
  if (!isNew((await site.manager.state()).pid)) return false;
  return (await atRest(site, readyLimitMs)) !== 'down' && isNew((await site.manager.state()).pid);
}

export type RestartProof = {
  readonly facts: EngineFacts;
  readonly containers: readonly Container[];
  /** The longest time between two answers, in ms: from the last one before to the first one after. */
  readonly apiDowntimeMs: number;
  readonly pidAfter: number | null;
};

/** A restart or start that could not be shown to have gone well. */
export type NotBroughtUp = {
  readonly ok: false;
  readonly problem: Problem;
  /** True where it began all the same: a process is there to stay that has read the file as it was then. */
  readonly began: boolean;
};
export type BroughtUp = { readonly ok: true; readonly value: RestartProof } | NotBroughtUp;

/**
 * Restarts and waits until the API answers again. Fails with `daemon.not-up` and the daemon's own lines, with
 * `daemon.silent` where it began and tells nothing, or with `daemon.still-up` where it did not even end.
 */
export const restart = (site: Site): Promise<BroughtUp> => bringUp(site, () => site.manager.restart(), true);

/** Starts a daemon that does not run. */
export const start = (site: Site): Promise<BroughtUp> => bringUp(site, () => site.manager.start(), false);

async function bringUp(site: Site, act: () => Promise<Result<null>>, wasUp: boolean): Promise<BroughtUp> {
  const { daemon, manager } = site;
  const told = Date.now();
  const begun = performance.now();
  const pidBefore = (await manager.state()).pid;
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
  const not = (problem: Problem, began: boolean): NotBroughtUp => ({ ok: false, problem, began });
  // The same process is still there, on its way out or frozen: nothing was started that could come up.
  if (!acted.ok && acted.problem.kind === 'daemon.still-up') {
    await beside;
    return not(acted.problem, false);
  }
  const came = await waitUntilUp(site, pidBefore);
  if (came.now === 'up') gap.answered();
  await beside;
  const waitedMs = (): number => Math.round(performance.now() - begun);
  if (came.now === 'silent' && came.one)
    return not({ kind: 'daemon.silent', lines: await linesOf(manager, told), waitedMs: waitedMs() }, true);
  if (came.now !== 'up') {
    const lines = await linesOf(manager, told);
    return acted.ok
      ? not({ kind: 'daemon.not-up', lines, waitedMs: waitedMs() }, false)
      : not(notUpUnless(acted.problem, lines, waitedMs()), false);
  }
  // What its manager gave up on, and is there now as another process, has come up after all.
  if (!acted.ok && !came.one) return not(acted.problem, false);
  const seen = await seenOf(site);
  if (seen === 'down') {
    const lines = await linesOf(manager, told);
    return not({ kind: 'daemon.not-up', lines, waitedMs: waitedMs() }, false);
  }
  if (seen === 'silent')
    return not({ kind: 'daemon.silent', lines: await linesOf(manager, told), waitedMs: waitedMs() }, true);
  return { ok: true, value: { ...seen, apiDowntimeMs: gap.longestMs() } };
}

/**
 * What a daemon that has come up tells. One that is busy is asked again: what it was to take it has taken, and nothing
 * that it does not tell undoes that.
 */
export async function seenOf({
  daemon,
  manager,
}: Site): Promise<Omit<RestartProof, 'apiDowntimeMs'> | 'down' | 'silent'> {
  const until = performance.now() + readLimitMs;
  for (;;) {
    const facts = await daemon.facts();
    const containers = facts.ok ? await daemon.containers() : facts;
    const { state, pid } = await manager.state();
    if (facts.ok && containers.ok) return { facts: facts.value, containers: containers.value, pidAfter: pid };
    if (isDown({ state })) return 'down';
    if (performance.now() >= until) return 'silent';
    await pause(readEveryMs);
  }
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
function notUpUnless(problem: Problem, lines: readonly string[], waitedMs: number): Problem {
  if (problem.kind === 'daemon.not-up')
    return { ...problem, lines: problem.lines.length > 0 ? problem.lines : lines, waitedMs };
  return problem.kind === 'service.refused' || problem.kind === 'authorization.dismissed'
    ? problem
    : { kind: 'daemon.not-up', lines, waitedMs };
}

type Came = {
  readonly now: 'up' | 'down' | 'silent';
  /** One other process than before is there, and was all the time. */
  readonly one: boolean;
};

async function waitUntilUp({ daemon, manager }: Site, pidBefore: number | null): Promise<Came> {
  const until = performance.now() + upLimitMs;
  const others = new Set<number>();
  for (;;) {
    // Looked at once more after the time is over: it may have come while nobody was awake to see it.
    const over = performance.now() >= until;
    const { state, pid } = await manager.state();
    if (pid !== null && pid !== pidBefore) others.add(pid);
    const one = pid !== null && others.size === 1 && others.has(pid);
    // Nothing connects to the socket of a daemon that is down: an armed one would be started by that.
    if (isDown({ state })) return { now: 'down', one };
    if (await daemon.answers(1_000)) return { now: 'up', one };
    if (over) return { now: 'silent', one };
    await pause(pingEveryMs);
  }
}

/** The daemon's own lines since then that tell of trouble; all of the last ones where none is marked. */
async function linesOf(manager: ServiceManager, sinceMs: number): Promise<readonly string[]> {
  const lines = await manager.logSince(sinceMs);
  const marked = lines.filter((line) =>
    /level=(error|fatal)|^(failed|unable|panic|fatal)|configuration OK/i.test(line),
  );
  return (marked.length > 0 ? marked : lines).slice(-5);
}
