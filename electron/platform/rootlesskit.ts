// Tells a daemon from the rootlesskit around it, which is the main process of a user's unit.
import { basename } from 'node:path';
import { ancestorsOf, dockerdProcesses, type ProcessView } from './processes.ts';

/**
 * True where the main process is the daemon, or the rootlesskit that does nothing but run it. Any other parent (a
 * supervisor, a shell of ssh or cron, a runner of jobs) has more to do than this daemon, and its unit would take it along.
 */
export function leads(mainPid: number, line: readonly ProcessView[]): boolean {
  const at = line.findIndex(({ pid }) => pid === mainPid);
  return at !== -1 && line.slice(1, at + 1).every(isRootlesskit);
}

/** Its child is the same program, started as `/proc/self/exe`. */
const isRootlesskit = ({ name, executable, arguments: [program = ''] }: ProcessView): boolean =>
  name === 'rootlesskit' || basename(executable ?? program) === 'rootlesskit';

/** The daemon that a unit's main process is, or runs; null while there is none yet. */
export const daemonOf = (mainPid: number): number | null =>
  dockerdProcesses().find((daemon) => leads(mainPid, [daemon, ...ancestorsOf(daemon)]))?.pid ?? null;
