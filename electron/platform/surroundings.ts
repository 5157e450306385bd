// What finding daemons may look at on this computer: variables, the home folder, the user, and files.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Platform } from '../engine/ports.ts';

/** Of the current user. Reads files, connects to nothing. */
export const surroundingsHere = (): Platform['surroundings'] => ({
  env: process.env,
  home: homedir(),
  uid: process.getuid?.() ?? null,
  ...(process.platform === 'win32' ? { usual: 'npipe:////./pipe/docker_engine' } : {}),
  files: {
    exists: existsSync,
    read: (path) => orElse(() => readFileSync(path, 'utf8'), null),
    list: (path) => orElse(() => readdirSync(path), []),
    realPath: (path) => orElse(() => realpathSync(path), path),
  },
});

function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    // What cannot be read counts as not there: these are all optional places.
    return otherwise;
  }
}
