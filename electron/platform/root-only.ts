// The platform of the one privileged step: only root's own daemon, started by root's own means, is more than read-only.
import { closeSync, fstatSync, openSync, realpathSync } from 'node:fs';
import type { Access } from '../contract/snapshot.ts';
import type { Identification, Platform } from '../engine/ports.ts';
import { readOnly } from './identify.ts';
import { createNoManager } from './no-manager.ts';
import { namespacesOf, processView } from './processes.ts';
import { hasSystemd, readUnit } from './systemd.ts';
import { distrustOf } from './trusted-path.ts';
import { ofRoot } from './usual-places.ts';

/** A process that was looked at: what is told of a daemon that is down comes from the last one that was seen. */
type Seen = { readonly pid: number; readonly startTicks: string | null; readonly distrust: Access | null };

/**
 * The same platform; what is identified is looked at once more with root's eyes. Any user can run a process that is
 * called dockerd and holds a socket that bears the name of root's (bound in a mount namespace of his own). So nothing is
 * opened, read or started by what a daemon that is not trusted says of itself, not even once it has ended.
 */
export function rootOnly(platform: Platform): Platform {
  let seen: Seen | null = null;
  return {
    ...platform,
    async identify(candidate, overrides) {
      const found = await platform.identify(candidate, overrides);
      const access = found.access.kind === 'read-only' ? found.access : await distrusted(found);
      const { pid, startTicks } = found;
      if (pid === null) {
        const distrust = access ?? seen?.distrust ?? null;
        return distrust === null ? found : shownOnly(found, distrust);
      }
      const same: boolean = seen !== null && seen.pid === pid && seen.startTicks === startTicks;
      // One that was trusted and has ended while we looked again was no other.
      if (!(same && processView(pid) === null)) seen = { pid, startTicks, distrust: access };
      return access === null ? found : shownOnly(found, access);
    },
  };
}

/** What may be shown of a daemon that is not trusted: which process it is, and why. Its words lead nowhere. */
const shownOnly = (found: Identification, access: Access): Identification => ({
  ...found,
  executable: null,
  flags: [],
  startFlags: [],
  environment: {},
  configPath: null,
  configPathGiven: false,
  flagPlaces: {},
  // A unit is read from systemd; a bare process has told where its log is.
  manager: found.managerKind === 'bare-process' ? createNoManager('bare-process', null) : found.manager,
  access,
  dataRoot: null,
  ...ofRoot,
});

/** Why this daemon must not be acted on with root's rights; null: it may. */
async function distrusted(found: Identification): Promise<Access | null> {
  const { pid, configPath, executable } = found;
  if (configPath === null) return readOnly('config-unknown');
  const file = distrustOf(configPath, { orMissing: true });
  if (file) return readOnly('untrusted-path', `${file.at}: ${file.why}`);
  if (pid !== null) {
    const process = processDistrust(found, pid);
    if (process) return process;
    if (hasSystemd() && !(await isMainProcess(found, pid))) return readOnly('not-of-unit', String(pid));
  }
  // Its program judges texts with our rights, and is what a start would run.
  if (executable === null) return readOnly('untrusted-program');
  const program = distrustOf(resolved(executable), { orMissing: pid !== null, hardLinks: true });
  return program ? readOnly('untrusted-program', `${program.at}: ${program.why}`) : null;
}

function processDistrust({ startTicks }: Identification, pid: number): Access | null {
  const process = processView(pid);
  if (process === null || process.startTicks !== startTicks) return readOnly('socket-not-proven', String(pid));
  // Real, effective, saved and file system user: a setuid program keeps its caller's as the first.
  if (process.uids.length !== 4 || process.uids.some((uid) => uid !== 0)) return readOnly('untrusted-program', 'uid');
  const [own, theirs] = [namespacesOf('self'), process.namespaces];
  if (own === null || theirs === null) return readOnly('not-permitted', String(pid));
  const kinds = ['mnt', 'pid', 'net', 'user'] as const;
  const foreign = kinds.find((kind) => own[kind] !== theirs[kind]);
  if (foreign !== undefined || process.nested) return readOnly('other-namespace', foreign ?? 'pid');
  return ownProgram(pid) ? null : readOnly('untrusted-program', 'exe');
}

/** The program that runs, also when an upgrade has removed it from its folder: an ordinary file of root's, not set-id. */
function ownProgram(pid: number): boolean {
  let program: number;
  try {
    program = openSync(`/proc/${pid}/exe`, 'r');
  } catch {
    // Gone, or not to be looked at even by root: nothing is shown.
    return false;
  }
  try {
    const { uid, mode } = fstatSync(program);
    return uid === 0 && (mode & 0o6022) === 0;
  } finally {
    closeSync(program);
  }
}

async function isMainProcess({ manager, managerKind }: Identification, pid: number): Promise<boolean> {
  if (managerKind !== 'systemd' || manager.unit === null) return false;
  return (await readUnit({ unit: manager.unit, user: false }))?.mainPid === pid;
}

/** `/sbin` is a link to `/usr/sbin`; what a running process was started from is told without links already. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Removed by an upgrade: then its name has to do.
    return path;
  }
}
