// Carries a file's attributes over to its replacement, and sees what would keep it from being replaced.
import { constants } from 'node:fs';
import { access, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileAttributes } from '../engine/ports.ts';
import { run } from './run.ts';

export type FileAttributesOptions = {
  /** Folders whose files belong to a package store: what is in them is made from elsewhere. */
  readonly stores?: readonly string[];
};

/**
 * Inode flags that may be set by hand (chattr(1)); the others tell how a file is stored. Immutable and append-only are
 * left out: a file with them is not replaced at all.
 */
const settableFlags = new Set('AcCdDjmPsStTux');

const limits = { timeoutMs: 5_000, env: { ...process.env, LC_ALL: 'C' } } as const;

/** Attributes through the system's own tools: coreutils, and e2fsprogs where it is there. */
export function createFileAttributes({
  stores = ['/nix/store', '/gnu/store'],
}: FileAttributesOptions = {}): FileAttributes {
  return {
    async copy(from, to) {
      // Named one by one, because with "all" a lost attribute is no error; times are the new file's own.
      const preserve = ['mode', 'ownership', 'xattr', ...((await hasSecurityContexts()) ? ['context'] : [])].join(',');
      const held = await open(to, 'r+');
      try {
        // By our own descriptor: where we are killed meanwhile there is no such place, and cp cannot make the file again.
        const place = `/proc/${process.pid}/fd/${held.fd}`;
        const copied = await run('cp', ['--attributes-only', `--preserve=${preserve}`, '--', from, place], limits);
        if (copied.code !== 0) throw new Error(copied.stderr.trim() || 'cp did not end');
      } finally {
        await held.close();
      }
      await copyFlags(from, to);
      await insistOnOwner(from, to);
    },

    async block(path) {
      if (stores.some((store) => path.startsWith(`${store}/`))) return 'store-managed';
      if (await isMountPoint(path)) return 'bind-mounted';
      const [own, folder] = await Promise.all([flagsOf(path), flagsOf(dirname(path))]);
      for (const flags of [own, folder]) {
        if (flags?.has('i')) return 'immutable';
        if (flags?.has('a')) return 'append-only';
      }
      return own === null && (await refusesEvenRoot(path)) ? 'immutable' : null;
    },
  };
}

const hasSecurityContexts = (): Promise<boolean> =>
  stat('/sys/fs/selinux/enforce').then(
    () => true,
    // No such file system: there is no SELinux, and asking cp for contexts would be an error.
    () => false,
  );

/** Inode flags as letters; null where there is no such file, no such tool, or the file system has none. */
async function flagsOf(path: string): Promise<ReadonlySet<string> | null> {
  const listed = await run('lsattr', ['-d', '--', path], limits);
  const letters = /^([A-Za-z-]+) /.exec(listed.stdout)?.[1];
  return listed.code === 0 && letters !== undefined ? new Set(letters.replaceAll('-', '')) : null;
}

async function copyFlags(from: string, to: string): Promise<void> {
  const [wanted, given] = await Promise.all([flagsOf(from), flagsOf(to)]);
  if (wanted === null || given === null) return;
  const missing = [...wanted].filter((flag) => settableFlags.has(flag) && !given.has(flag));
  // A folder can hand flags down that the old file does not have.
  const extra = [...given].filter((flag) => settableFlags.has(flag) && !wanted.has(flag));
  const changes = [
    ...(missing.length > 0 ? [`+${missing.join('')}`] : []),
    ...(extra.length > 0 ? [`-${extra.join('')}`] : []),
  ];
  if (changes.length === 0) return;
  const changed = await run('chattr', [...changes, '--', to], limits);
  if (changed.code !== 0) throw new Error(changed.stderr.trim() || 'chattr did not end');
}

/** cp passes over an owner that it may not give; a configuration that changes hands is not what was asked. */
async function insistOnOwner(from: string, to: string): Promise<void> {
  const [wanted, given] = await Promise.all([stat(from), stat(to)]);
  if (wanted.uid !== given.uid || wanted.gid !== given.gid || wanted.mode !== given.mode) {
    throw new Error('owner or mode could not be given');
  }
}

/** Whether something is mounted on exactly this file: then a rename over it fails with EBUSY (measured). */
async function isMountPoint(path: string): Promise<boolean> {
  const table = await readFile('/proc/self/mountinfo', 'latin1');
  return table.split('\n').some((line) => unescaped(line.split(' ')[4] ?? '') === path);
}

/** mountinfo writes blanks and backslashes as octal numbers (proc_pid_mountinfo(5)). */
const unescaped = (field: string): string =>
  Buffer.from(
    field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    'latin1',
  ).toString('utf8');

/** The kernel answers EPERM, not EACCES, where a file is immutable. Asking opens nothing, so no watcher of the file wakes. */
async function refusesEvenRoot(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
