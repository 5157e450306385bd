// How the app of this checkout is opened on a runtime: executable and arguments.

import { createHash } from 'node:crypto';
import { existsSync, readlinkSync, statSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { alone, cacheFolder, makeFolderOnce } from './cache.mjs';
import { checkout } from './checkout.mjs';

/**
 * @typedef {object} Launch
 * @property {string} executable
 * @property {string[]} args what comes before the app's own arguments
 */

/**
 * Ready-made command of the app.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @returns {Promise<Launch>}
 */
export async function launchCommand(runtime) {
  // As root Chromium refuses to start with its sandbox; as an ordinary user it has one.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (runtime.source !== 'registry') return { executable: runtime.executable, args: [...args, checkout] };
  return { executable: await launchFolder(runtime), args };
}

/**
 * That runtime cannot be told which app to run: it looks for `resources/app` beside its executable. So each checkout has
 * a folder of its own that looks like the runtime. The executable finds its folder by /proc/self/exe, which sees through
 * symbolic links: it is a hard link, all the rest are symbolic ones.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @returns {Promise<string>} the executable
 */
async function launchFolder(runtime) {
  const all = join(cacheFolder(), 'launch');
  const folder = join(all, createHash('sha256').update(checkout).digest('hex').slice(0, 12));
  const executable = join(folder, 'electron');
  const current = () =>
    existsSync(executable) &&
    statSync(executable).mtimeMs === statSync(runtime.executable).mtimeMs &&
    readlinkSync(join(folder, 'resources', 'app')) === checkout;
  if (current()) return executable;
  await alone('launch', async () => {
    if (current()) return;
    await rm(folder, { recursive: true, force: true });
    await makeFolderOnce(folder, async (temporary) => {
      for (const name of await readdir(runtime.folder)) {
        if (name !== 'electron' && name !== 'resources')
          await symlink(join(runtime.folder, name), join(temporary, name));
      }
      const own = join(temporary, 'electron');
      await link(runtime.executable, own).catch(() => copyFile(runtime.executable, own));
      await mkdir(join(temporary, 'resources'));
      await symlink(checkout, join(temporary, 'resources', 'app'));
    });
    for (const name of await readdir(all)) {
      const app = join(all, name, 'resources', 'app');
      // The checkout is gone: so may its launch folder.
      if (!existsSync(app)) await rm(join(all, name), { recursive: true, force: true });
    }
  });
  return executable;
}
