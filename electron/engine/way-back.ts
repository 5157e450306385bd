// Finds what there is to go back to for a daemon that is down: the last version of its file with which it ran.
import { isDown } from '../contract/down.ts';
import type { WayBack } from '../contract/history.ts';
import { fail, ok, type ProblemKind, type Result } from '../contract/problem.ts';
import type { EngineHistory } from './engine-history.ts';
import { prepareWayBack, type Gathered } from './gather.ts';
import { keptText, workingVersions } from './history.ts';

/** A daemon that ran long ago ran with another world around it. */
const mostTried = 10;

type Ports = {
  readonly stateFolder: string;
  readonly history: EngineHistory['history'];
  readonly gather: () => Promise<Result<Gathered>>;
};

/**
 * Of the versions with which it ran, the last one with which it would start now; where none would, the last one, with
 * what stands in the way. Touches nothing. Fails with `way-back.*` where there is none, and with
 * `engine.already-running` where nothing is to be repaired.
 */
export async function findWayBack({ stateFolder, history, gather }: Ports): Promise<Result<WayBack>> {
  const gathered = await gather();
  if (!gathered.ok) return gathered;
  if (!isDown(gathered.value.engine)) return fail({ kind: 'engine.already-running' });
  const known = await history();
  if (!known.ok) return known;
  const path = gathered.value.identification.configPath ?? '';
  const working = workingVersions(known.value.versions);
  if (working === null) return fail({ kind: 'way-back.in-file', path });
  const textOf = keptText(stateFolder, path);
  let first: WayBack | null = null;
  for (const version of working.slice(0, mostTried)) {
    const bytes = await textOf(version.id);
    const prepared = bytes && prepareWayBack(gathered.value, bytes);
    if (!prepared?.ok) continue;
    const { plan, lastly } = prepared.value;
    const saved = plan.containers.filter(({ verdict }) => verdict === 'keeps-running' || verdict === 'interrupted');
    const found: WayBack = { version, plan, saves: lastly === null ? null : saved.length };
    if (plan.blocked === null || !faults.has(plan.blocked.kind)) return ok(found);
    first ??= found;
  }
  return first === null ? fail({ kind: 'way-back.unknown' }) : ok(first);
}

/** What another text may not have. */
const faults: ReadonlySet<ProblemKind> = new Set([
  'config.faulty',
  'config.invalid',
  'change.conflicts-with-flag',
  'live-restore.flag',
  'live-restore.swarm',
]);
