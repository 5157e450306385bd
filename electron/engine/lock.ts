// One change at a time, across all processes of this computer.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../contract/problem.ts';
import { codeOf } from './config-path.ts';
import { nameFor } from './config-name.ts';
import { makePrivateFolder } from './durable-file.ts';
import { ownIdentity, stillRuns, type ProcessIdentity } from './process-identity.ts';

export type Lock = { release(): Promise<void> };

/** The lock's name for a configuration file. */
export const lockNameFor = (configPath: string): string => `lock-${nameFor(configPath)}`;

/**
 * Takes a lock that ends with its process, however that ends; `lock.held` with the holder's pid otherwise.
 *
 * The lock is a folder with one entry, whose name says which process holds it. It is taken by renaming a finished folder
 * to that name, which the kernel does only where nothing or an *empty* folder stands: so there is no half-taken lock, and
 * of many takers one wins. A dead holder is put away by removing its entry by its own, never repeated name: a taker that
 * slept meanwhile cannot hit a new holder's. (With a plain file a late taker can remove the lock of a new holder.)
 */
export async function takeLock(folder: string, name: string): Promise<Result<Lock>> {
  await makePrivateFolder(folder);
  const self = await ownIdentity();
  const entry = `${self.pid}.${self.startTicks}.${randomBytes(8).toString('hex')}`;
  const path = join(folder, name);
  const prepared = join(folder, `${name}.${entry}`);
  await mkdir(prepared, { mode: 0o700 });
  await writeFile(join(prepared, entry), '');
  try {
    for (;;) {
      try {
        await rename(prepared, path);
        break;
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
      }
      const holder = await livingHolder(path);
      if (holder) {
        await rm(prepared, { recursive: true, force: true });
        return fail({ kind: 'lock.held', pid: holder.pid });
      }
    }
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
  await sweep(folder, name);
  return ok({
    async release() {
      await rm(join(path, entry), { force: true });
      try {
        await rmdir(path);
      } catch (error) {
        // The next one has it already, or has put it away.
        if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
      }
    },
  });
}

/** Who holds the lock; entries of processes that are gone are removed on the way. */
async function livingHolder(path: string): Promise<ProcessIdentity | null> {
  for (const entry of await entriesOf(path)) {
    const holder = holderIn(entry);
    if (holder && (await stillRuns(holder))) return holder;
    await remove(join(path, entry));
  }
  return null;
}

function holderIn(entry: string): ProcessIdentity | null {
  const [, pid, startTicks] = /^(\d+)\.(\d*)\.[0-9a-f]+$/.exec(entry) ?? [];
  return pid === undefined || startTicks === undefined ? null : { pid: Number(pid), startTicks };
}

/** Removes what killed takers left behind. */
async function sweep(folder: string, name: string): Promise<void> {
  for (const left of await entriesOf(folder)) {
    const taker = left.startsWith(`${name}.`) ? holderIn(left.slice(name.length + 1)) : null;
    if (taker && !(await stillRuns(taker))) await rm(join(folder, left), { recursive: true, force: true });
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Released between two looks.
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    // Another taker was faster.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
