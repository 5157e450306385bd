// How this program came onto the computer, and so who brings a newer one: never itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Packaging } from '../contract/snapshot.ts';

/** Written by whoever makes a package, in the folder of the program's resources. */
const mark = 'package-type';

export function packagingOf(resources: string, packaged: boolean, env: NodeJS.ProcessEnv): Packaging {
  if (!packaged) return 'checkout';
  if (env['APPIMAGE']) return 'appimage';
  try {
    const kind = readFileSync(join(resources, mark), 'utf8').trim();
    return kind === 'deb' || kind === 'rpm' ? kind : 'archive';
  } catch {
    // Nobody marked it: it was unpacked by hand.
    return 'archive';
  }
}
