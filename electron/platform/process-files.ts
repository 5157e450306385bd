// Tells whether a path means the same file to another process as to us: it may live under another root.
import { lstatSync, readlinkSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { namespacesOf } from './processes.ts';

/** The kernel gives up after as many links, too. */
const mostLinks = 40;

/**
 * True where both see the same file (device and inode) at an absolute path. Where there is none yet, the nearest folder
 * that exists counts, if it is the same one for both. False where the process may not be looked at.
 */
export function seesSameFile(pid: number, path: string): boolean {
  if (namespacesOf(pid)?.mnt === namespacesOf('self')?.mnt) return true;
  const [ours, theirs] = [statUnder('/', path), statUnder(`/proc/${pid}/root`, path)];
  if (ours !== null && theirs !== null) return ours.dev === theirs.dev && ours.ino === theirs.ino;
  return ours === null && theirs === null && path !== '/' && seesSameFile(pid, dirname(path));
}

/**
 * Links are followed by hand: the kernel would follow an absolute one, such as `/var/run`, from our own root and so
 * find our file in place of theirs.
 */
function statUnder(root: string, path: string): Stats | null {
  let pending = path.split('/').filter(Boolean);
  let at = '/';
  let links = 0;
  while (pending.length > 0) {
    const [name = '', ...rest] = pending;
    const next = join(at, name);
    const stat = statOf(join(root, next), lstatSync);
    if (stat === null) return null;
    if (!stat.isSymbolicLink()) {
      at = next;
      pending = rest;
      continue;
    }
    if (++links > mostLinks) return null;
    const target = linkOf(join(root, next));
    if (target.startsWith('/')) at = '/';
    pending = [...target.split('/').filter(Boolean), ...rest];
  }
  return statOf(join(root, at), statSync);
}

function statOf(path: string, look: (path: string) => Stats): Stats | null {
  try {
    return look(path);
  } catch {
    // Not there, or not for us: nothing is shown either way.
    return null;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // Changed while we looked: leads nowhere.
    return '/nowhere';
  }
}
