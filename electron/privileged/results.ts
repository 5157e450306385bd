// Lays down what came of a step for the user who asked, when he was not there any more to hear it.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome } from '../contract/outcome.ts';

/**
 * The folder is root's own, so that nobody else can put anything there; the file is made anew and given to the user who
 * asked, who may read it and empty it. Root never reads it again.
 */
export async function layDown(path: string, uid: number, outcome: Outcome): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Whatever our umask: its user has to get at his file.
  await chmod(folder, 0o755);
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;
  const file = await open(temporary, flags, 0o600);
  try {
    await file.writeFile(`${JSON.stringify(outcome)}\n`);
    await file.sync();
    await file.chown(uid, 0);
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

export const takeAway = (path: string): Promise<void> => rm(path, { force: true });
