// Looks again after a verb that started the daemon anew: what is not as it was, and what runs that nobody manages.
import type { Audit, Orphan } from '../contract/audit.ts';
import type { ContainerFate, Outcome } from '../contract/outcome.ts';
import type { Container } from '../contract/snapshot.ts';
import type { Result } from '../contract/problem.ts';
import { runs } from './audit.ts';
import { surroundings, valuesNow } from './circumstances.ts';
import { auditOf } from './deviations.ts';
import { circumstancesOf, type Gathered } from './gather.ts';
import { logFates, type LogSource } from './log-gaps.ts';
import type { Went } from './observe-outage.ts';
import { orphansAmong, settled } from './orphans.ts';
import { belongingOf } from './pending.ts';
import type { Platform, Shim } from './ports.ts';
import { startedAt } from './process-identity.ts';

/** So long the restart policy is waited for: five tries of a container that ends at once (100 ms, then twice as long). */
const restLimitMs = 5_000;

/** What was said of each before. */
export type Foretold = readonly Pick<ContainerFate, 'id' | 'foretold'>[];

export type Looking = {
  gatherAtRest(ids: ReadonlySet<string>, limitMs: number): Promise<Result<Gathered>>;
  gatheredOf(pid: number | null): readonly Container[] | null;
  orphans(): Promise<readonly Orphan[]>;
  readonly logs: LogSource;
  /** Null where nobody saw it up before. */
  went(): Went | null;
};

/** The outcome with its audit; without one where the daemon was not started anew, or cannot be asked. */
export async function withAudit(
  platform: Pick<Platform, 'listening'>,
  looking: Looking,
  outcome: Outcome,
): Promise<Outcome> {
  const { proof, containers, result, verb } = outcome;
  const isAnew = proof !== null && proof.pidAfter !== null && proof.pidAfter !== proof.pidBefore;
  if (!isAnew || result === 'refused') return outcome;
  // Before a start nothing could be asked: those count that it had when it went.
  const went = looking.went();
  const before = verb === 'start' ? went?.containers : looking.gatheredOf(proof.pidBefore);
  if (!before) return outcome;
  const found = await auditNow(platform, looking, { before, went, foretold: () => containers.all });
  return found === null ? outcome : { ...outcome, audit: found };
}

export type AuditAsked = {
  readonly before: readonly Container[];
  /** The end of the daemon that had them; null where nobody saw it. */
  readonly went: Went | null;
  readonly foretold: (now: Gathered) => Foretold;
};

/** Compares with what is true now; null where the daemon cannot be asked. */
export async function auditNow(
  platform: Pick<Platform, 'listening'>,
  looking: Omit<Looking, 'went'>,
  { before, went, foretold }: AuditAsked,
): Promise<Audit | null> {
  const backAt = Date.now();
  const ran = new Set(before.filter((one) => runs(one) && one.state !== 'restarting').map(({ id }) => id));
  const now = await looking.gatherAtRest(ran, restLimitMs);
  const at = Date.now();
  if (!now.ok || !('facts' in now.value.engine)) return null;
  const orphans = await looking.orphans();
  const { identification, containers, engine } = now.value;
  const around = surroundings(circumstancesOf(now.value));
  // Without docker-proxy nothing listens: rules serve the ports, which nobody without rights can read.
  const listening = around.userlandProxy && identification.pid !== null ? platform.listening(identification.pid) : null;
  const began = await startedAt({ startTicks: identification.startTicks ?? '' });
  const away = began && {
    since: went?.at ?? null,
    startedAt: began,
    backAt,
    liveRestore: went?.liveRestore ?? null,
  };
  const logs = away ? await logFates(before, containers, away, looking.logs) : [];
  const { version } = engine.facts;
  return auditOf(before, foretold(now.value), { at, version, containers, listening, orphans, logs });
}

/**
 * `known`: every container that the daemon ever told of, with its name; `told`: those that it told of last, which spares
 * asking where every process is one of them. None of a daemon that does not answer.
 */
export async function lookForOrphans(
  shimsNow: () => readonly Shim[],
  gather: () => Promise<Result<Gathered>>,
  known: ReadonlyMap<string, string>,
  told: readonly Container[],
): Promise<readonly Orphan[]> {
  const pids = new Map(told.map(({ id, pid }) => [id, pid]));
  const shims = shimsNow();
  if (shims.every(({ id, first }) => first === null || pids.get(id) === first.pid)) return [];
  const gathered = await gather();
  if (!gathered.ok || !('facts' in gathered.value.engine)) return [];
  const { identification, containers } = gathered.value;
  const now = circumstancesOf(gathered.value);
  const found = orphansAmong(shims, containers, { ...belongingOf(now, valuesNow(now)), known });
  const began = new Map(await Promise.all(found.map(async (one) => [one.pid, await startedAt(one)] as const)));
  return settled(found, {
    at: Date.now(),
    shims: shimsNow(),
    daemonBegan: await startedAt({ startTicks: identification.startTicks ?? '' }),
    began: ({ pid }) => began.get(pid) ?? null,
  });
}
