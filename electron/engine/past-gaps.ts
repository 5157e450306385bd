// Remembers how long this daemon was away in earlier restarts, so that the next one can be estimated by it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type Json } from '../contract/json.ts';
import type { Outcome } from '../contract/outcome.ts';
import { nameFor } from './config-name.ts';
import { makePrivateFolder, writeDurably } from './durable-file.ts';
import type { Container } from '../contract/snapshot.ts';
import { portsOf, type PastGap } from './expected-gap.ts';

const most = 20;

const fileFor = (folder: string, configPath: string): string => join(folder, `gaps-${nameFor(configPath)}.json`);

/** The oldest first; none where nothing was kept or it cannot be read. */
export async function readPastGaps(folder: string, configPath: string | null): Promise<readonly PastGap[]> {
  if (configPath === null) return [];
  try {
    const value = JSON.parse(await readFile(fileFor(folder, configPath), 'utf8')) as Json;
    return (Array.isArray(value) ? value : []).flatMap((one: Json) => {
      if (!isJsonObject(one)) return [];
      const { ms, containers, ports, stopped } = one;
      return typeof ms === 'number' &&
        typeof containers === 'number' &&
        typeof ports === 'number' &&
        typeof stopped === 'boolean'
        ? [{ ms, containers, ports, stopped }]
        : [];
    });
  } catch {
    // Not there, not ours to read, or torn by hand: an estimate does without.
    return [];
  }
}

/** That of a finished verb; `ran`: who ran before it. Null where it made none, or none that says how long a restart takes. */
export function gapOf(outcome: Outcome, ran: readonly Container[]): PastGap | null {
  const { apiDowntimeMs: ms, containers, result, verb } = outcome;
  if (ms <= 0 || result !== 'applied' || verb === 'stop' || verb === 'start') return null;
  return { ms, containers: containers.before, ports: portsOf(ran), stopped: containers.kept < containers.before };
}

/** Keeps one more. Failing to do so takes nothing from what was done. */
export async function keepPastGap(folder: string, configPath: string | null, gap: PastGap): Promise<void> {
  if (configPath === null) return;
  const kept = [...(await readPastGaps(folder, configPath)), gap].slice(-most);
  try {
    await makePrivateFolder(folder);
    await writeDurably(fileFor(folder, configPath), Buffer.from(`${JSON.stringify(kept)}\n`), 0o600);
  } catch {
    // A full or read-only disk: the next estimate is a little worse.
  }
}
