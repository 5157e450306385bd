// Remembers how a daemon was started that we stopped, so that a later program of ours can start it again.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Traced } from './identify.ts';
import { namespacesOf, processIds } from './processes.ts';
import type { Recipe } from './recipe.ts';

/** A daemon that was stopped: what was known of it, and how it was started. */
export type StoppedDaemon = { readonly traced: Traced; readonly recipe: Omit<Recipe, 'network' | 'close'> };

type Kept = StoppedDaemon & { readonly version: 1; readonly socketPath: string; readonly network: string | null };

/**
 * Keeps what the next start needs; readable for nobody else, because an environment can hold passwords. Where that is
 * not possible only we know it, as long as we live.
 */
export function keepStopped(stateFolder: string, socketPath: string, traced: Traced, recipe: Recipe): void {
  const folder = join(stateFolder, 'stopped');
  const { close: _close, network, ...rest } = recipe;
  const name = network === null ? null : (traced.process.namespaces?.net ?? null);
  const kept: Kept = { version: 1, socketPath, traced, recipe: rest, network: name };
  const path = fileOf(stateFolder, socketPath);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    rmSync(`${path}.new`, { force: true });
    writeFileSync(`${path}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(`${path}.new`, path);
  } catch {
    // A full or read-only disk is no reason not to stop a daemon.
  }
}

/** What was kept for this socket, by us and readable for us alone; null where there is nothing. */
export function stoppedDaemon(stateFolder: string, socketPath: string): StoppedDaemon | null {
  const path = fileOf(stateFolder, socketPath);
  try {
    const { uid, mode } = statSync(path);
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0) return null;
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
    return kept.version === 1 && kept.socketPath === socketPath ? kept : null;
  } catch {
    // Not there, not ours, or not what we wrote: then nothing is known.
    return null;
  }
}

/** The recipe with its network namespace opened again; null where nothing lives in that one any more. */
export function recipeOfStopped(stateFolder: string, socketPath: string): Recipe | null {
  const kept = stoppedDaemon(stateFolder, socketPath) as Kept | null;
  if (kept === null) return null;
  if (kept.network === null) return { ...kept.recipe, network: null, close: () => undefined };
  // With live restore, shims of its containers still live there.
  const inside = processIds().find((pid) => namespacesOf(pid)?.net === kept.network);
  if (inside === undefined) return null;
  return { ...kept.recipe, network: openSync(`/proc/${inside}/ns/net`, 'r'), close: () => undefined };
}

export const forgetStopped = (stateFolder: string, socketPath: string): void =>
  rmSync(fileOf(stateFolder, socketPath), { force: true });

const fileOf = (stateFolder: string, socketPath: string): string =>
  join(stateFolder, 'stopped', `${createHash('sha256').update(socketPath).digest('hex').slice(0, 16)}.json`);
