// A path as the kernel sees it: every link followed, also where its last parts are not there yet.
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The path itself where nothing of it can be looked at. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there, or not to be looked at: then what it stands in says where it is.
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
