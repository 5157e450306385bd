// How a running daemon was started, in enough detail to start it again the same way; and starting it.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { namespacesOf, readText, type ProcessView } from './processes.ts';

/** Everything that a new process of it needs. Holds open files: use once, then `close`. */
export type Recipe = {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  readonly umask: string;
  /** Arguments of prlimit for limits that differ from ours. */
  readonly limits: readonly string[];
  /** Where its output goes: a file to append to, or null for a pipe or terminal that cannot be opened again. */
  readonly output: readonly [string | null, string | null];
  /** Its network namespace where that is not ours, kept open so that it outlives the process. */
  readonly network: number | null;
  close(): void;
};

/** Reads the recipe of a running process; null where it may not be looked at closely enough. */
export function recipeOf(process_: ProcessView): Recipe | null {
  const { pid, executable, environment, workingFolder, umask, namespaces } = process_;
  if (executable === null || environment === null || workingFolder === null || namespaces === null) return null;
  const network = namespaces.net === namespacesOf('self')?.net ? null : openSync(`/proc/${pid}/ns/net`, 'r');
  const [called = executable] = process_.arguments;
  return {
    // By the name it was called with where that is the same program, so that its arguments are the same from the first.
    program: isSameProgram(called, executable, environment['PATH'], workingFolder) ? called : executable,
    arguments: process_.arguments.slice(1),
    environment,
    workingFolder,
    umask: umask ?? '0022',
    limits: limitsOf(pid),
    output: [outputOf(pid, 1), outputOf(pid, 2)],
    network,
    close: () => (network === null ? undefined : closeSync(network)),
  };
}

/**
 * Starts the daemon in a session of its own. Resolves with its pid, which is the one of the new dockerd because every
 * program on the way replaces itself. The child is reaped when it ends while we live, by init otherwise.
 */
export function startBy(recipe: Recipe): number | null {
  const script = 'umask "$1"; shift; exec "$@"';
  const enter = recipe.network === null ? [] : ['nsenter', '--net=/proc/self/fd/3', '--'];
  const limited = recipe.limits.length === 0 ? [] : ['prlimit', ...recipe.limits];
  const files = recipe.output.map((path) => (path === null ? null : openSync(path, 'a')));
  const [out = null, err = null] = files;
  try {
    const child = spawn(
      '/bin/sh',
      ['-c', script, 'sh', recipe.umask, ...enter, ...limited, recipe.program, ...recipe.arguments],
      {
        cwd: recipe.workingFolder,
        env: recipe.environment,
        detached: true,
        stdio: ['ignore', out ?? 'ignore', err ?? 'ignore', recipe.network ?? 'ignore'],
      },
    );
    child.on('error', () => undefined);
    child.unref();
    return child.pid ?? null;
  } finally {
    for (const file of files) if (file !== null) closeSync(file);
  }
}

function isSameProgram(called: string, executable: string, path: string | undefined, folder: string): boolean {
  const places = called.includes('/')
    ? [join(called.startsWith('/') ? '/' : folder, called)]
    : (path ?? '').split(':').map((dir) => join(dir, called));
  const first = places.find((place) => existsSync(place));
  const wanted = statSync(executable, { throwIfNoEntry: false });
  const found = first === undefined ? undefined : statSync(first, { throwIfNoEntry: false });
  return wanted !== undefined && found !== undefined && wanted.dev === found.dev && wanted.ino === found.ino;
}

const limitFlags: Readonly<Record<string, string>> = {
  'Max open files': '--nofile',
  'Max processes': '--nproc',
  'Max core file size': '--core',
  'Max locked memory': '--memlock',
  'Max stack size': '--stack',
  'Max file size': '--fsize',
};

/** Only limits that differ from ours are set: raising one takes a right that root in a container may not have. */
function limitsOf(pid: number): readonly string[] {
  const theirs = limitsIn(readText(`/proc/${pid}/limits`) ?? '');
  const ours = limitsIn(readText('/proc/self/limits') ?? '');
  return Object.entries(limitFlags).flatMap(([name, flag]) => {
    const wanted = theirs.get(name);
    return wanted === undefined || wanted === ours.get(name) ? [] : [`${flag}=${wanted}`];
  });
}

function limitsIn(text: string): ReadonlyMap<string, string> {
  const rows = text.split('\n').map((line) => /^(.{25})\s+(\S+)\s+(\S+)/.exec(line));
  return new Map(rows.flatMap((row) => (row ? [[(row[1] ?? '').trim(), `${row[2]}:${row[3]}`] as const] : [])));
}

function outputOf(pid: number, fd: 1 | 2): string | null {
  try {
    const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
    return target.startsWith('/') && statSync(target).isFile() ? target : null;
  } catch {
    // Closed, deleted or not to be looked at: its output goes nowhere we could follow.
    return null;
  }
}
