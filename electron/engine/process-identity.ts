// Tells one process from a later one with the same number.
import { readFile } from 'node:fs/promises';

/** A process that cannot be mistaken for another: pids are reused, a start time with a pid is not. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Start time in clock ticks since boot, as in `/proc/PID/stat`; empty where there is no /proc. */
  readonly startTicks: string;
};

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, startTicks: (await statOf(process.pid))?.startTicks ?? '' };
}

/**
 * Whether exactly this process still runs; a zombie does not. Where a process exists but may not be looked at, it
 * counts as running, so that nothing is taken from under it.
 */
export async function stillRuns({ pid, startTicks }: ProcessIdentity): Promise<boolean> {
  const stat = await statOf(pid);
  if (stat !== null)
    return stat.state !== 'Z' && stat.state !== 'X' && (startTicks === '' || stat.startTicks === startTicks);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The kernel's PF_EXITING: its files are being closed, and it does nothing any more. */
const exitingFlag = 0x4;

/** Whether exactly this process goes on: one that was killed hangs up a moment before it is gone. */
export async function goesOn({ pid, startTicks }: ProcessIdentity): Promise<boolean> {
  const stat = await statOf(pid);
  const isGoing = stat !== null && stat.startTicks === startTicks && (stat.flags & exitingFlag) === 0;
  return isGoing && stat.state !== 'Z' && stat.state !== 'X';
}

/** Linux tells start times in hundredths of a second to every program, whatever its own tick is (USER_HZ). */
const ticksPerSecond = 100;

/** When it was started, in ms since 1970 to about 20 ms; null where there is no /proc. */
export async function startedAt({ startTicks }: Pick<ProcessIdentity, 'startTicks'>): Promise<number | null> {
  try {
    const upSeconds = Number((await readFile('/proc/uptime', 'latin1')).split(' ')[0]);
    const at = Date.now() - (upSeconds - Number(startTicks) / ticksPerSecond) * 1000;
    return startTicks === '' || !Number.isFinite(at) ? null : at;
  } catch {
    // No /proc.
    return null;
  }
}

/** The same of the process that has this number now; null where it is gone or cannot be looked at. */
export async function beganAt(pid: number): Promise<number | null> {
  const stat = await statOf(pid);
  return stat === null ? null : startedAt(stat);
}

/** Whether a process with this number runs; a zombie does not. */
export async function processLives(pid: number): Promise<boolean> {
  const stat = pid <= 0 ? null : await statOf(pid);
  return stat !== null && stat.state !== 'Z' && stat.state !== 'X';
}

type Stat = { readonly state: string; readonly flags: number; readonly startTicks: string };

async function statOf(pid: number): Promise<Stat | null> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // Gone, hidden from us, or no /proc: the caller asks the kernel in another way.
    return null;
  }
  // The program's name stands in parentheses and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', flags: Number(fields[6]), startTicks: fields[19] ?? '' };
}
