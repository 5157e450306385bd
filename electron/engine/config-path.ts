// Follows the path of a configuration file to the file and folder that are really meant.
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** What stands at a configuration path. */
export type Located =
  /** `path` is the file itself, behind every link. */
  | { readonly kind: 'file'; readonly path: string }
  /** Nothing is there; `path` is where a new file goes. */
  | { readonly kind: 'absent'; readonly path: string; readonly folderExists: boolean }
  /** A link on the way leads to nothing, or in a circle. */
  | { readonly kind: 'dangling' }
  | { readonly kind: 'denied' }
  /** Something on the way is no folder. */
  | { readonly kind: 'not-a-folder' };

/** Finds the file behind a path. Errors that are none of the known kinds are thrown. */
export async function locate(path: string): Promise<Located> {
  try {
    return { kind: 'file', path: await realpath(path) };
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT':
        return (await isLink(path)) ? { kind: 'dangling' } : locateFolder(path);
      case 'ELOOP':
        return { kind: 'dangling' };
      case 'EACCES':
        return { kind: 'denied' };
      case 'ENOTDIR':
        return { kind: 'not-a-folder' };
      default:
        throw error;
    }
  }
}

async function locateFolder(path: string): Promise<Located> {
  const folder = await locate(dirname(path));
  if (folder.kind === 'absent') return { kind: 'absent', path: join(folder.path, basename(path)), folderExists: false };
  if (folder.kind !== 'file') return folder;
  const isFolder = (await stat(folder.path)).isDirectory();
  return isFolder
    ? { kind: 'absent', path: join(folder.path, basename(path)), folderExists: true }
    : { kind: 'not-a-folder' };
}

async function isLink(path: string): Promise<boolean> {
  return (await linkTarget(path)) !== null;
}

/** Where a link points, absolute; null for everything that is no link. */
export async function linkTarget(path: string): Promise<string | null> {
  try {
    return resolve(dirname(path), await readlink(path));
  } catch {
    // Not a link, not there, or not to be looked at: there is nothing to follow.
    return null;
  }
}

/** The system's name for what went wrong, e.g. `ENOENT`. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
