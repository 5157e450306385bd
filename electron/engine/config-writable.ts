// Finds out whether a configuration file can be replaced, and says why not.
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Problem, WriteBlock } from '../contract/problem.ts';
import type { Writable } from '../contract/snapshot.ts';
import { codeOf, locate } from './config-path.ts';
import type { FileAttributes } from './ports.ts';

/** Every block that can be known before anything is started; the path is as the daemon names it. */
export async function writableAt(path: string, attributes: FileAttributes): Promise<Writable> {
  const blocked = (block: WriteBlock): Writable => ({ ok: false, block });
  const located = await locate(path);
  if (located.kind === 'dangling') return blocked('dangling-link');
  if (located.kind === 'denied') return blocked('denied');
  if (located.kind === 'not-a-folder') return blocked('not-a-file');
  const file = located.kind === 'file' ? await stat(located.path) : null;
  if (file && !file.isFile()) return blocked('not-a-file');
  // First what explains most: a store is read-only too, a bound file is often hard to write as well.
  const held = await attributes.block(located.path);
  if (held) return blocked(held);
  if (file && file.nlink > 1) return blocked('hard-linked');
  const folder = await existingFolder(dirname(located.path));
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    switch (codeOf(error)) {
      case 'EROFS':
        return blocked('read-only-file-system');
      case 'EPERM':
        return blocked('immutable');
      default:
        return blocked('denied');
    }
  }
  return file && !mayGive(file) ? blocked('denied') : { ok: true };
}

async function existingFolder(folder: string): Promise<string> {
  const located = await locate(folder);
  return located.kind === 'file' ? located.path : existingFolder(dirname(folder));
}

/** Whether we can put a file of the same owner in this one's place: only root gives files away. */
function mayGive(file: { readonly uid: number; readonly gid: number }): boolean {
  const uid = process.geteuid?.() ?? 0;
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])];
  return uid === 0 || (file.uid === uid && groups.includes(file.gid));
}

class AttributesLost extends Error {}

/** As the port's `copy`; its failure becomes a problem of its own in `writeProblem`. */
export async function copyAttributes(attributes: FileAttributes, from: string, to: string): Promise<void> {
  try {
    await attributes.copy(from, to);
  } catch (error) {
    throw new AttributesLost(codeOf(error));
  }
}

/** What an error on the way to the replaced file means. */
export function writeProblem(path: string, error: unknown): Problem {
  const block = (why: WriteBlock): Problem => ({ kind: 'config.not-writable', path, block: why });
  if (error instanceof AttributesLost) return block('attributes-unreadable');
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'config.no-space', path };
    case 'EBUSY':
      return block('bind-mounted');
    case 'EPERM':
      return block('immutable');
    case 'EACCES':
      return block('denied');
    case 'EROFS':
      return block('read-only-file-system');
    default:
      return { kind: 'config.write-failed', path, cause: codeOf(error) };
  }
}
