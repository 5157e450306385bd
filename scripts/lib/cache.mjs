// The folder outside the checkout that holds what was downloaded, shared by all checkouts of this user.

import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

/** @returns {string} `$AFLOAT_CACHE`, else `afloat` in the user's cache folder */
export function cacheFolder() {
  const own = process.env['AFLOAT_CACHE'];
  if (own) return resolve(own);
  const xdg = process.env['XDG_CACHE_HOME'];
  return join(xdg || join(homedir(), '.cache'), 'afloat');
}

/**
 * Makes a folder whole or not at all: `make` fills a temporary neighbour, which is renamed into place at the end.
 * @param {string} folder
 * @param {(temporary: string) => Promise<void>} make
 */
export async function makeFolderOnce(folder, make) {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(join(dirname(folder), `.${basename(folder)}.`));
  try {
    await make(temporary);
    // mkdtemp makes it private; a test that runs as an ordinary user reads it too.
    await chmod(temporary, 0o755);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/**
 * What tells a process from a later one with the same id: id and start time.
 * @param {number} pid
 */
function identity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    // No such process, or no /proc on this system.
    return process.platform === 'linux' ? '' : `${pid}`;
  }
}

/** Removes a lock whose owner is gone. @param {string} lock @returns {Promise<number>} the owner's id, 0 when it was removed */
async function ownerOf(lock) {
  const text = await readFile(lock, 'utf8').catch(() => '');
  const pid = Number(text.split(' ')[0]);
  // An empty file is a lock that is just being written, unless its writer was killed doing so.
  const dead =
    text === ''
      ? Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 5000
      : identity(pid) !== text;
  if (!dead) return pid;
  await rm(lock, { force: true });
  return 0;
}

/**
 * Runs `work` while no other process of this user runs the work of that name; a dead owner's lock is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, work) {
  const lock = join(cacheFolder(), `${name}.lock`);
  await mkdir(dirname(lock), { recursive: true });
  for (let told = false; ;) {
    try {
      await writeFile(lock, identity(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const owner = await ownerOf(lock);
    if (owner > 0 && !told) {
      say('set-up', `${name}: waiting for process ${owner}, which is making it ready`);
      told = true;
    }
    await sleep(owner > 0 ? 300 : 20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
