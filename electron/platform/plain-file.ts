// Reads the beginning of a file that somebody else names: only if it is an ordinary one, and never waiting for anybody.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** At most so many bytes; null for what is no ordinary file: a pipe would hold us for ever, a device never end. */
export function plainText(path: string, mostBytes: number, { links }: { readonly links: boolean }): string | null {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  let file: number;
  try {
    file = openSync(path, O_RDONLY | O_NONBLOCK | (links ? 0 : O_NOFOLLOW));
  } catch {
    // Not there, a link, or not for us.
    return null;
  }
  try {
    if (!fstatSync(file).isFile()) return null;
    const bytes = Buffer.alloc(mostBytes);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, mostBytes, 0));
  } catch {
    // It went while we read.
    return null;
  } finally {
    closeSync(file);
  }
}
