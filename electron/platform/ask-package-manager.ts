// Asks one of the system's package programs: by its absolute path, in a fixed environment, within bounds.
import { run, type RunResult } from './run.ts';

const limitMs = 15_000;
const maxBytes = 1024 * 1024;

/**
 * Programs of a distribution stand below /usr/bin, also where somebody has another one of that name in his PATH. Words are
 * English; what a program writes for itself (caches, logs) goes by the home folder, as with every command of it.
 */
export const askPackageManager = (program: `/usr/bin/${string}`, args: readonly string[]): Promise<RunResult> =>
  run(program, args, {
    timeoutMs: limitMs,
    maxBytes,
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: process.env['HOME'] ?? '/',
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
    },
  });
