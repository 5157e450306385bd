// Ends, signals and waits for one proven daemon process, and clears away what a dead one left in the way of the next.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../contract/problem.ts';
import { processView, readText } from './processes.ts';

export type Identity = { readonly pid: number; readonly startTicks: string };

const pollMs = 15;

/** Whether exactly this process still runs; a zombie does not, nor does a later one with the same pid. */
export const runsStill = ({ pid, startTicks }: Identity): boolean => processView(pid)?.startTicks === startTicks;

/** Sends a signal, looking immediately before that the pid still means this process. */
export function signalTo(process_: Identity, signal: 'SIGHUP' | 'SIGTERM' | 'SIGKILL', command: string): Result<null> {
  if (!runsStill(process_)) return fail({ kind: 'target.changed' });
  try {
    process.kill(process_.pid, signal);
    return ok(null);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return fail({ kind: 'target.changed' });
    return fail({ kind: 'service.refused', manager: 'bare-process', detail: code ?? '', command });
  }
}

/** Resolves true when it is gone, false when it is still there after so many ms. */
export async function untilGone(identity: Identity, limitMs: number): Promise<boolean> {
  const until = Date.now() + limitMs;
  while (runsStill(identity)) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return true;
}

/** Linux tells start times in hundredths of a second to every program, whatever its own tick is (USER_HZ). */
const ticksPerSecond = 100;

/** How long a process has run, ms; 0 where that cannot be told. */
export function ageMs({ startTicks }: Pick<Identity, 'startTicks'>): number {
  const upSeconds = Number(readText('/proc/uptime')?.split(' ')[0]);
  return Math.max(0, (upSeconds - Number(startTicks) / ticksPerSecond) * 1000) || 0;
}

/** How long the containerd of a daemon that is gone may take to end too, ms. */
const containerdEndsMs = 5_000;

/**
 * A killed daemon's containerd ends with it, a moment later, and stays a zombie where init does not reap it at once: the
 * next dockerd takes what has not gone for alive and waits ten seconds (measured on 20.10, 26.1, 28.5), and 20.10 gives
 * up after fifteen. So it is waited for, and its pid file is removed. One that lives on is left to dockerd.
 */
export async function forgetDeadContainerd(execRoot: string, limitMs: number = containerdEndsMs): Promise<void> {
  const file = join(execRoot, 'containerd', 'containerd.pid');
  const dying = processView(Number(readText(file)?.trim() || 0));
  // The pid of one that is long gone may be somebody else's by now.
  if (dying?.name === 'containerd') await untilGone(dying, limitMs);
  removeDeadPidFile(file);
}

/** Removes a pid file whose process is dead. A zombie would do: dockerd takes it for alive and does not start. */
export function removeDeadPidFile(path: string): void {
  const pid = Number(readText(path)?.trim());
  if (!(pid > 0) || processView(pid) !== null) return;
  try {
    rmSync(path, { force: true });
  } catch {
    // Not ours to remove: dockerd says so itself when it minds.
  }
}
