// Looks again after a verb that started the daemon anew: what is not as it was, and what runs that nobody manages.
import type { Orphan } from '../contract/audit.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Container } from '../contract/snapshot.ts';
import type { Result } from '../contract/problem.ts';
import { surroundings, valuesNow } from './circumstances.ts';
import { auditOf } from './deviations.ts';
import { circumstancesOf, type Gathered } from './gather.ts';
import { inBoth, orphansAmong } from './orphans.ts';
import { belongingOf } from './pending.ts';
import type { Platform } from './ports.ts';

/** A container that is just starting or ending is not told of: it is another after this time. */
const settleMs = 700;

type Looking = {
  gather(): Promise<Result<Gathered>>;
  lastGathered(): readonly Container[] | null;
  orphans(): Promise<readonly Orphan[]>;
};

/** The outcome with its audit; without one where the daemon was not started anew, or cannot be asked. */
export async function withAudit(
  platform: Pick<Platform, 'listening'>,
  looking: Looking,
  outcome: Outcome,
): Promise<Outcome> {
  const { proof, containers, result } = outcome;
  const isAnew = proof !== null && proof.pidAfter !== null && proof.pidAfter !== proof.pidBefore;
  const before = looking.lastGathered();
  if (!isAnew || result === 'refused' || before === null) return outcome;
  const orphans = await looking.orphans();
  const now = await looking.gather();
  if (!now.ok) return outcome;
  const { identification } = now.value;
  const around = surroundings(circumstancesOf(now.value));
  // Without docker-proxy nothing listens: rules serve the ports, which nobody without rights can read.
  const listening = around.userlandProxy && identification.pid !== null ? platform.listening(identification.pid) : null;
  return {
    ...outcome,
    audit: auditOf(before, containers.all, { containers: now.value.containers, listening, orphans }),
  };
}

/**
 * `known`: every container that the daemon ever told of, with its name; `told`: those that it told of last, which spares
 * asking where every process is one of them. None of a daemon that does not answer.
 */
export async function lookForOrphans(
  platform: Pick<Platform, 'shims'>,
  gather: () => Promise<Result<Gathered>>,
  known: ReadonlyMap<string, string>,
  told: readonly Container[],
): Promise<readonly Orphan[]> {
  const pids = new Map(told.map(({ id, pid }) => [id, pid]));
  if (platform.shims().every(({ id, first }) => first === null || pids.get(id) === first.pid)) return [];
  const found = await look();
  if (found.length === 0) return [];
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return inBoth(found, await look());

  async function look(): Promise<readonly Orphan[]> {
    const shims = platform.shims();
    if (shims.length === 0) return [];
    const gathered = await gather();
    if (!gathered.ok || !('facts' in gathered.value.engine)) return [];
    const now = circumstancesOf(gathered.value);
    return orphansAmong(shims, gathered.value.containers, { ...belongingOf(now, valuesNow(now)), known });
  }
}
