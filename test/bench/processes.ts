// What all processes of a program together take, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

export type TreeProcess = {
  readonly pid: number;
  /** Chromium's: `renderer`, `gpu-process`, ...; empty for the first and for what is none of Chromium's. */
  readonly type: string;
  readonly name: string;
  /** Tells it from a later process of the same number. */
  readonly startTicks: string;
};

/** The process and all its descendants; zombies are not among them. */
export function processTree(root: number): readonly TreeProcess[] {
  const found = new Map<number, TreeProcess & { readonly parent: number }>();
  for (const entry of readdirSync('/proc')) {
    const one = /^\d+$/.test(entry) ? statOf(Number(entry)) : null;
    if (one === null) continue;
    const type = /--type=([\w-]+)/.exec(readOr(`/proc/${entry}/cmdline`))?.[1] ?? '';
    found.set(Number(entry), { pid: Number(entry), type, ...one });
  }
  const isOurs = (pid: number): boolean => {
    if (pid === root) return true;
    const parent = found.get(pid)?.parent ?? 0;
    return parent > 1 && isOurs(parent);
  };
  return [...found.values()].filter(({ pid }) => isOurs(pid));
}

/** Whether it is still this process, and no zombie. */
export const stillRuns = ({ pid, startTicks }: TreeProcess): boolean => statOf(pid)?.startTicks === startTicks;

/** Null for what is gone, and for zombies. */
function statOf(pid: number): (Pick<TreeProcess, 'name' | 'startTicks'> & { readonly parent: number }) | null {
  const stat = readOr(`/proc/${pid}/stat`);
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  if (stat === '' || fields[0] === 'Z' || fields[0] === 'X') return null;
  return { name: stat.slice(stat.indexOf('(') + 1, nameEnd), parent: Number(fields[1]), startTicks: fields[19] ?? '' };
}

/** Memory of all of them in MB, shared pages counted by their share (PSS). */
export const memoryMb = (root: number): number =>
  processTree(root)
    .map(({ pid }) => Number(/^Pss:\s+(\d+) kB/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024)
    .reduce((sum, one) => sum + one, 0);

/** Processor time of every thread that lives now, in ms, by thread. */
export function threadTimes(root: number): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { pid } of processTree(root)) {
    for (const thread of threadsOf(pid)) {
      const ran = readOr(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0];
      times.set(`${pid}/${thread}`, Number(ran ?? 0) / 1e6);
    }
  }
  return times;
}

/** Processor time between two looks. Threads that came and went in between are not seen. */
export const timeBetween = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number =>
  [...after].reduce((sum, [thread, ms]) => sum + ms - (before.get(thread) ?? 0), 0);

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // Ended while we looked.
    return [];
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Ended while we looked.
    return '';
  }
}
