// Writes our own state files so that a crash leaves the old or the new one, never a part.
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder, with its parents, that only its owner may enter. */
export async function makePrivateFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  // A folder that was there before keeps its mode: it may be shared on purpose.
  if (first !== undefined) await chmod(folder, 0o700);
}

/**
 * Replaces a file in one step; its bytes are on disk when this resolves. The caller holds the lock: the temporary name is
 * always the same, so that a crash leaves at most one. Who holds none gives a name of its own.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  mode: number,
  temporary = `${path}.tmp`,
): Promise<void> {
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes renames and removals in a folder last through a power cut. A folder that is gone has nothing to keep. */
export async function syncFolder(folder: string): Promise<void> {
  let handle;
  try {
    handle = await open(folder, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
