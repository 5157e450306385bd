// How a running daemon was started, in enough detail to start it again the same way; and starting it.
import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { namespacesOf, readText, type ProcessView } from './processes.ts';

/** Everything that a new process of it needs. Holds its network namespace open until `close`. */
export type Recipe = {
  /** The process it was read from. */
  readonly pid: number;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  readonly umask: string;
  /** Arguments of prlimit for limits that differ from ours. */
  readonly limits: readonly string[];
  /** Files to write a pid to, so that it gets into the control groups of the old process where those are not ours. */
  readonly groups: readonly string[];
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
  const network = namespaces.net === namespacesOf('self')?.net ? null : namespaceFile(pid);
  if (network === 'unreadable') return null;
  const [called = executable] = process_.arguments;
  return {
    pid,
    // By the name it was called with where that is the same program, so that its arguments are the same from the first.
    program: isSameProgram(called, executable, environment['PATH'], workingFolder) ? called : executable,
    arguments: process_.arguments.slice(1),
    environment,
    workingFolder,
    umask: umask ?? '0022',
    limits: limitsOf(pid),
    groups: groupsOf(pid),
    output: [outputOf(pid, 1), outputOf(pid, 2)],
    network,
    close: () => (network === null ? undefined : closeSync(network)),
  };
}

function namespaceFile(pid: number): number | 'unreadable' {
  try {
    return openSync(`/proc/${pid}/ns/net`, 'r');
  } catch {
    // It has just ended, or is not ours to look at.
    return 'unreadable';
  }
}

/** A daemon that was just started; `exit` is set when it has ended while we lived. */
export type Started = { readonly pid: number; exit(): { readonly code: number | null } | null };

/** A group that does not let us in, as on a system that shields them, is no reason not to start. */
const script = `
umask "$1"
printf '%s\\n' "$2" | while read -r group; do [ -w "$group" ] && echo $$ >"$group" 2>/dev/null; done
shift 2
exec "$@"
`;

/**
 * Starts the daemon in a session of its own. Its pid is the one of the new dockerd, because every program on the way
 * replaces itself. The child is reaped when it ends while we live, by init otherwise. Null: it could not be started.
 */
export function startBy(recipe: Recipe): Started | null {
  const enter = recipe.network === null ? [] : ['nsenter', '--net=/proc/self/fd/3', '--'];
  const limited = recipe.limits.length === 0 ? [] : ['prlimit', ...recipe.limits];
  const files = recipe.output.map((path) => (path === null ? null : appending(path)));
  const [out = null, err = null] = files;
  try {
    // What a shell adds to the environment by itself, and the old process did not have.
    const added = ['PWD', 'OLDPWD', 'SHLVL', '_'].filter((name) => !Object.hasOwn(recipe.environment, name));
    const clean = ['env', ...added.flatMap((name) => ['-u', name])];
    const daemon = [...enter, ...limited, ...clean, recipe.program, ...recipe.arguments];
    const child = spawn('/bin/sh', ['-c', script, 'sh', recipe.umask, recipe.groups.join('\n'), ...daemon], {
      cwd: recipe.workingFolder,
      env: recipe.environment,
      detached: true,
      stdio: ['ignore', out ?? 'ignore', err ?? 'ignore', recipe.network ?? 'ignore'],
    });
    child.on('error', () => undefined);
    child.unref();
    const { pid } = child;
    if (pid === undefined) return null;
    return {
      pid,
      exit: () => (child.exitCode === null && child.signalCode === null ? null : { code: child.exitCode }),
    };
  } finally {
    for (const file of files) if (file !== null) closeSync(file);
  }
}

/** The path was told without links: one that stands there now was put there since, to have us write elsewhere. */
function appending(path: string): number | null {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  } catch {
    // A daemon without its log is better than none.
    return null;
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

/** Its control groups that are not ours, each as the file that takes a pid. */
function groupsOf(pid: number): readonly string[] {
  const ours = new Set((readText('/proc/self/cgroup') ?? '').split('\n'));
  const root = '/sys/fs/cgroup';
  return (readText(`/proc/${pid}/cgroup`) ?? '').split('\n').flatMap((line) => {
    const [, controllers, ...path] = line.split(':');
    if (controllers === undefined || ours.has(line)) return [];
    const unified = existsSync(join(root, 'cgroup.controllers')) ? root : join(root, 'unified');
    const hierarchy = controllers === '' ? unified : join(root, controllers.replace(/^name=/, ''));
    return [join(hierarchy, path.join(':'), 'cgroup.procs')];
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
