// A daemon whose process is hidden from us (hidepid, another pid namespace): what proves that it runs, without its process.
import { existsSync, readlinkSync } from 'node:fs';
import type { Identification } from '../engine/ports.ts';
import { flagValues, readOnly, samePlace } from './identify.ts';
import { listeningInodes, openFiles, processIds, processView, readText } from './processes.ts';
import { hasSystemd, readUnit, socketUnitOf, type SystemdUnit, type UnitView } from './systemd.ts';

/** True where a process runs that /proc does not show us. */
export function isUnseen(pid: number): boolean {
  if (processView(pid) !== null) return false;
  try {
    process.kill(pid, 0);
    // A zombie, or one that has just begun.
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What a unit that runs tells of a daemon that cannot be seen: its main process is known, and that the unit's socket is
 * this one is systemd's word. Nothing where that process is gone, or can be seen after all.
 */
export async function unseenOf(
  unit: SystemdUnit,
  view: UnitView,
  { flags, socketPath }: { readonly flags: readonly string[]; readonly socketPath: string },
): Promise<Partial<Pick<Identification, 'pid' | 'access'>>> {
  const { mainPid } = view;
  if (view.active !== 'active' || mainPid === null || !isUnseen(mainPid)) return {};
  const named = flagValues(flags, ['--host', '-H']).map((host) => host.replace(/^unix:\/\//, ''));
  const socket = await readUnit(socketUnitOf(unit));
  const listens = [...named, ...(socket?.listens ?? [])].some((path) => samePlace(path, socketPath));
  return { pid: mainPid, ...(listens ? {} : { access: readOnly('not-permitted', String(mainPid)) }) };
}

/** Whether a daemon runs that nobody here can see, as surely that its socket may be connected to. */
export async function runsUnseen(last: Identification | null, socketPath: string): Promise<boolean> {
  if (last?.managerKind === 'systemd') {
    const { state, pid } = await last.manager.state();
    return state === 'running' && pid !== null && isUnseen(pid);
  }
  // Without systemd nobody holds a socket for a daemon that sleeps: whoever listens there is awake. In a container that
  // cannot be told, because its socket may be one that the machine's systemd holds.
  return !hasSystemd() && hidesOthers(readText('/proc/self/mountinfo') ?? '') && inodesOf(socketPath).length > 0;
}

/** A socket whose daemon may well run, though nothing of it can be seen from here. */
export function mayBeUnseen(socketPath: string): boolean {
  const elsewhere = !inFirstPidNamespace();
  if (!existsSync(socketPath) || !(elsewhere || hidesOthers(readText('/proc/self/mountinfo') ?? ''))) return false;
  const sockets = inodesOf(socketPath).map((inode) => `socket:[${inode}]`);
  // In another network namespace it is not listed.
  if (sockets.length === 0) return elsewhere;
  return !processIds().some((pid) => openFiles(pid)?.some((file) => sockets.includes(file)));
}

const inodesOf = (socketPath: string): readonly string[] =>
  listeningInodes(process.pid, (path) => samePlace(path, socketPath));

/** Lines as `22 28 0:21 / /proc rw,nosuid - proc proc rw,hidepid=invisible`; numbers before Linux 5.8. */
export const hidesOthers = (mounts: string): boolean =>
  mounts.split('\n').some((line) => line.split(' ')[4] === '/proc' && /[ ,]hidepid=(?!0|off)\w+/.test(line));

/** The kernel gives the first one this number, always. */
function inFirstPidNamespace(): boolean {
  try {
    return readlinkSync('/proc/self/ns/pid') === 'pid:[4026531836]';
  } catch {
    // No /proc: nothing is seen at all.
    return false;
  }
}
