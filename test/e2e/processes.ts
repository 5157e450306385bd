// What the system says about the app's processes, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

export type AppProcess = {
  readonly pid: number;
  readonly type: string;
  readonly seccomp: string;
  readonly argv: readonly string[];
};

/** The process and all its descendants; `type` is Chromium's: `renderer`, `gpu-process`, ... and empty for the first. */
export function processesOf(root: number): readonly AppProcess[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const stat = readOr(`/proc/${entry}/stat`);
    if (/^\d+$/.test(entry) && stat !== null) {
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    }
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  return [...parents.keys()].filter(isOurs).flatMap((pid) => {
    const argv = argvIn(readOr(`/proc/${pid}/cmdline`) ?? '');
    const seccomp = /^Seccomp:\s*(\d)/m.exec(readOr(`/proc/${pid}/status`) ?? '')?.[1] ?? '';
    const type = argv.find((argument) => argument.startsWith('--type='))?.slice('--type='.length) ?? '';
    return argv.length === 0 ? [] : [{ pid, type, seccomp, argv }];
  });
}

/** Process ids of the pages. */
export const renderersOf = (root: number): readonly AppProcess[] =>
  processesOf(root).filter(({ type }) => type === 'renderer');

/** Those of them that have not ended since; a zombie has. */
export const leftOf = (processes: readonly AppProcess[]): readonly AppProcess[] =>
  processes.filter(({ pid, argv }) => {
    const now = readOr(`/proc/${pid}/cmdline`);
    return now !== null && argvIn(now).join('\0') === argv.join('\0');
  });

const argvIn = (cmdline: string): readonly string[] => cmdline.split(/[\0 ]/).filter(Boolean);

function readOr(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Ended while we looked.
    return null;
  }
}
