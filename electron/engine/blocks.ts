// Why something cannot be done at all, found before anything is touched; the first reason that counts.
import type { Verb } from '../contract/ipc.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Finding, OptionChange } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';
import { brokenLock } from './policy.ts';
import type { Circumstances } from './circumstances.ts';
import { flagsAtStart, runningFacts, seenFacts, valuesNow } from './circumstances.ts';
import { hangsAfterMs } from './connection.ts';
import { byFlag, inFile, isSwarmNode } from './live-restore.ts';

/** Why this daemon is not ours to touch. */
export const accessBlock = ({ access }: Circumstances): Problem | null =>
  access.kind === 'read-only' ? { kind: 'target.read-only', reason: access.reason, detail: access.detail } : null;

/** Why its state forbids it: changes may be written while it is down, a stop or restart helps one that hangs. */
export function stateBlock(now: Circumstances, verb: Verb | 'apply'): Problem | null {
  const { engine, endpoint, elevates } = now;
  switch (engine.state) {
    case 'running':
      return verb === 'start' ? { kind: 'engine.already-running' } : null;
    case 'stopped':
    case 'armed':
    case 'failed':
      return verb === 'start' || verb === 'apply' ? null : { kind: 'engine.not-running' };
    case 'hanging':
      if (verb === 'restart' || verb === 'stop') return null;
      return { kind: 'engine.hanging', endpoint, waitedMs: hangsAfterMs + Math.max(0, now.now - engine.since) };
    case 'denied':
      if (!elevates) return { kind: 'engine.denied', endpoint };
      // It listens: whether it runs as well is seen by whoever may ask it.
      return verb === 'start' ? { kind: 'engine.already-running' } : null;
    case 'absent':
      return { kind: 'engine.absent', endpoint };
    case 'connecting':
    case 'reloading':
    case 'starting':
    case 'restarting':
    case 'stopping':
      return { kind: 'engine.busy', verb: engine.state };
  }
}

/** What the administrator locked. A policy that cannot be understood may lock anything. */
export function policyBlock(now: Circumstances, after: JsonObject): Problem | null {
  const { policy } = now;
  if (policy.state === 'faulty') return { kind: 'policy.faulty', policy: policy.path, fault: policy.fault };
  const lock = brokenLock(policy, valuesNow(now), after);
  if (lock === null || policy.state !== 'in-force') return null;
  return { kind: 'policy.locked', policy: policy.path, key: lock.key, reason: lock.reason };
}

/** Why the file cannot be written. */
export function fileBlock({ config, elevates }: Circumstances): Problem | null {
  if (config.state === 'unknown') return { kind: 'target.read-only', reason: 'config-unknown', detail: '' };
  if (config.state === 'unreadable' && config.etag === null) return config.problem;
  return config.writable.ok || (elevates && config.writable.block === 'denied')
    ? null
    : { kind: 'config.not-writable', path: config.path, block: config.writable.block };
}

/** Why live restore cannot be turned on, or not in the file. Turning it off is only kept from by a flag. */
export function liveRestoreBlock(
  now: Circumstances,
  changes: readonly OptionChange[],
  after: JsonObject,
): Problem | null {
  const change = changes.find(({ key }) => key === 'live-restore');
  if (!change || change.to === undefined) return null;
  if (byFlag(now.flags) !== null || byFlag(flagsAtStart(now)) !== null)
    return { kind: 'live-restore.flag', where: whereLiveRestore(now) };
  return inFile(after) === true ? incompatible(now) : null;
}

function incompatible(now: Circumstances): Problem | null {
  const seen = seenFacts(now);
  if (seen?.osType === 'windows') return { kind: 'live-restore.windows' };
  return isSwarmNode(seen) ? { kind: 'live-restore.swarm' } : null;
}

/** Why a reload of this file would put live restore into the memory of a node that then never starts again. */
export const reloadBlock = (now: Circumstances, values: JsonObject | null): Problem | null =>
  inFile(values) === true && runningFacts(now)?.liveRestore === false ? incompatible(now) : null;

const whereLiveRestore = ({ flagPlaces, flagSource }: Circumstances): string =>
  flagPlaces?.['--live-restore'] ?? flagSource;

/** Why the daemon would not read the file or not start with it: the most telling of the errors found. */
export function faultBlock(now: Circumstances, findings: readonly Finding[]): Problem | null {
  const { config } = now;
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  for (const { about } of errors) {
    if (about.kind === 'live-restore-with-swarm') return { kind: 'live-restore.swarm' };
    if (about.kind === 'text-fault') return about.problem;
    if (about.kind === 'conflicts-with-flag') {
      return about.key === 'live-restore'
        ? { kind: 'live-restore.flag', where: whereLiveRestore(now) }
        : { ...about, kind: 'change.conflicts-with-flag' };
    }
  }
  return { kind: 'config.faulty', path: 'path' in config ? config.path : '', findings: errors };
}
