// The truths about live restore: in the running daemon, in the file, by flag; and what the next start will make of them.
import type { Patch } from '../contract/change.ts';
import type { JsonObject } from '../contract/json.ts';
import { optionFor } from '../contract/options.ts';
import type { EngineFacts, LiveRestore } from '../contract/snapshot.ts';
import { flagValue } from './daemon-flags.ts';

const key = 'live-restore';

/** What the file says; null: nothing, or nothing that dockerd can read. `null` in the file counts as false (measured). */
export function inFile(values: JsonObject | null): boolean | null {
  const value = values?.[key];
  if (value === null) return false;
  return typeof value === 'boolean' ? value : null;
}

/** What the command line says; null: nothing. */
export function byFlag(flags: readonly string[]): boolean | null {
  const option = optionFor(key);
  const value = option && flagValue(flags, option);
  return typeof value === 'boolean' ? value : null;
}

/** The value with which the daemon would start now: it decides over the containers that the starting daemon finds. */
export const atStart = (values: JsonObject | null, flags: readonly string[]): boolean =>
  byFlag(flags) ?? inFile(values) ?? false;

/**
 * All of it. `facts` is what a running daemon says, null for one that does not answer; `lastFacts` what it said when it
 * was last seen, so that a swarm node is known as one while it is down.
 */
export function liveRestoreOf(known: {
  readonly facts: EngineFacts | null;
  readonly lastFacts?: EngineFacts | null;
  readonly values: JsonObject | null;
  readonly flags: readonly string[];
}): LiveRestore {
  const flag = byFlag(known.flags);
  const seen = known.facts ?? known.lastFacts ?? null;
  return {
    effective: known.facts?.liveRestore ?? null,
    file: inFile(known.values),
    flag,
    blockedBy: seen?.osType === 'windows' ? 'windows' : isSwarmNode(seen) ? 'swarm' : flag === null ? null : 'flag',
  };
}

/** True for a node of a swarm in whatever state: with live restore it does not start again (measured on all three). */
export const isSwarmNode = (facts: EngineFacts | null): boolean => facts !== null && facts.swarm.state !== 'inactive';

/**
 * The patch with live restore turned off by `false` instead of removed: a removed key stays on in memory until the
 * restart that then stops the containers (measured on 20.10, 26.1, 28.5). Left alone where the daemon has it off.
 */
export const normalizePatch = (patch: Patch, effective: boolean | null): Patch =>
  patch.map((edit) =>
    'remove' in edit && edit.path.length === 1 && edit.path[0] === key && effective !== false
      ? { path: edit.path, set: false }
      : edit,
  );
