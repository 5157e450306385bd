// Lays down what came of a step for the user who asked, when he was not there any more to hear it.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome } from '../contract/outcome.ts';

/**
 * The folder is root's own, so that nobody else can put anything there, and so is the file: its user may read it, and
 * nothing else, because what fills this file system up stops the system. Root never reads it again. Where it cannot be
 * let be read by him alone, nothing is laid down.
 */
export async function layDown(
  path: string,
  outcome: Outcome,
  letRead: (path: string) => Promise<boolean>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Whatever our umask: its user has to get at his file.
  await chmod(folder, 0o755);
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;
  const file = await open(temporary, flags, 0o400);
  try {
    await file.writeFile(`${JSON.stringify(outcome)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  if (await letRead(temporary)) await rename(temporary, path);
  else await rm(temporary, { force: true });
}

export const takeAway = (path: string): Promise<void> => rm(path, { force: true });
