// Reads what /proc tells of processes: which are dockerd, what they were started with, which sockets they hold.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process as /proc shows it. What may not be looked at is null. */
export type ProcessView = {
  readonly pid: number;
  /** Start time in clock ticks since boot; tells it from a later process with the same pid. */
  readonly startTicks: string;
  readonly parent: number;
  readonly name: string;
  /** Real, effective, saved and file system user; they differ in a setuid program. */
  readonly uids: readonly number[];
  readonly arguments: readonly string[];
  /** Paths of its control groups; the one that systemd keeps comes first. */
  readonly cgroups: readonly string[];
  /** `mnt`, `pid`, `user`, `net`; null where they may not be read. */
  readonly namespaces: Namespaces | null;
  readonly executable: string | null;
  readonly workingFolder: string | null;
  readonly environment: Readonly<Record<string, string>> | null;
  /** True where it has a pid namespace below the one that we see it from; known even where `namespaces` is not. */
  readonly nested: boolean;
  /** As octal text, e.g. `0022`. */
  readonly umask: string | null;
};

export type Namespaces = { readonly mnt: string; readonly pid: string; readonly user: string; readonly net: string };

/** All processes named dockerd that run; zombies do not. A name proves nothing yet. */
export const dockerdProcesses = (): readonly ProcessView[] =>
  withoutForks(
    processIds().flatMap((pid) => {
      if (readText(`/proc/${pid}/comm`)?.trim() !== 'dockerd') return [];
      const view = processView(pid);
      return view ? [view] : [];
    }),
  );

/**
 * Without children of a dockerd that are not yet what they will be: it starts a helper for every container, network and
 * layer, and between fork and exec each has its name, its arguments and its open files (seen on 20.10, 26.1 and 28.5).
 */
export function withoutForks(daemons: readonly ProcessView[]): readonly ProcessView[] {
  return daemons.filter(({ parent }) => !daemons.some(({ pid }) => pid === parent));
}

/** Pids of all processes that we see. */
export const processIds = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** One process; null where it is gone or only a zombie is left. */
export function processView(pid: number): ProcessView | null {
  const stat = readText(`/proc/${pid}/stat`);
  const status = readText(`/proc/${pid}/status`);
  if (stat === null || status === null) return null;
  // The name stands in parentheses and may hold anything, so that fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', parent = '0'] = fields;
  if (state === 'Z' || state === 'X') return null;
  const environment = readText(`/proc/${pid}/environ`);
  return {
    pid,
    startTicks: fields[19] ?? '',
    parent: Number(parent),
    name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
    uids: (/^Uid:\s*(.*)$/m.exec(status)?.[1] ?? '').split(/\s+/).filter(Boolean).map(Number),
    arguments: splitZero(readText(`/proc/${pid}/cmdline`) ?? ''),
    cgroups: cgroupsIn(readText(`/proc/${pid}/cgroup`) ?? ''),
    namespaces: namespacesOf(pid),
    executable: readLink(`/proc/${pid}/exe`)?.replace(/ \(deleted\)$/, '') ?? null,
    workingFolder: readLink(`/proc/${pid}/cwd`),
    environment: environment === null ? null : environmentIn(environment),
    nested: (/^NSpid:\s*(.*)$/m.exec(status)?.[1] ?? '').trim().split(/\s+/).length > 1,
    umask: /^Umask:\s*(\d+)$/m.exec(status)?.[1] ?? null,
  };
}

/** Lines as `4:pids:/system.slice/x.service`: systemd's own is `name=systemd`, or on version 2 the only one, `0::`. */
export const cgroupsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => {
      const [, controllers = '', ...path] = line.split(':');
      const rank = controllers === 'name=systemd' ? 0 : controllers === '' ? 1 : 2;
      return path.length === 0 ? [] : [{ rank, path: path.join(':') }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ path }) => path);

/** Parent, grandparent and so on, as far as they live. */
export function ancestorsOf({ parent }: ProcessView): readonly ProcessView[] {
  const view = parent > 0 ? processView(parent) : null;
  return view === null ? [] : [view, ...ancestorsOf(view)];
}

/** Namespaces of a process, or of our own with `self`. */
export function namespacesOf(pid: number | 'self'): Namespaces | null {
  const [mnt, pidNs, user, net] = ['mnt', 'pid', 'user', 'net'].map((kind) => readLink(`/proc/${pid}/ns/${kind}`));
  return mnt && pidNs && user && net ? { mnt, pid: pidNs, user, net } : null;
}

/** What the open descriptors of a process point to; null where they may not be looked at. */
export function openFiles(pid: number): readonly string[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => readLink(`/proc/${pid}/fd/${fd}`) ?? []);
  } catch {
    // EACCES for another user's process; gone for a process that ended: nothing can be shown either way.
    return null;
  }
}

/**
 * Inodes of the sockets that listen at a path, as seen from the network namespace of a process: unix sockets are listed
 * by namespace, and a daemon may have one of its own.
 */
export function listeningInodes(pid: number, matches: (path: string) => boolean): readonly string[] {
  const listening = '00010000';
  return (readText(`/proc/${pid}/net/unix`) ?? '').split('\n').flatMap((line) => {
    const [, , , flags, , , inode, path] = line.trim().split(/\s+/);
    return flags === listening && inode !== undefined && path !== undefined && matches(path) ? [inode] : [];
  });
}

function environmentIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    splitZero(text).flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
    }),
  );
}

const splitZero = (text: string): readonly string[] =>
  text.split('\0').filter((part, i, all) => i < all.length - 1 || part !== '');

/** Text of a file in /proc; null where it may not be read or the process is gone. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not for us: both mean that nothing is known.
    return null;
  }
}

function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // Not there, or not for us: both mean that nothing is known.
    return null;
  }
}
