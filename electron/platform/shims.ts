// Finds the processes that hold containers, whoever started them: /proc names their container to everybody.
import { basename } from 'node:path';
import type { Shim } from '../engine/ports.ts';
import { plainText } from './plain-file.ts';
import { processIds, processView, readText, type ProcessView } from './processes.ts';

/**
 * Every containerd shim of this user on this machine, with the container's first process. Anybody can give a process that
 * name and those arguments: one of another user proves nothing, and root must not follow where it leads.
 */
export function runningShims(uid: number): readonly Shim[] {
  const children = new Map<number, number[]>();
  const shims = new Map<number, number>();
  for (const pid of processIds()) {
    const stat = readText(`/proc/${pid}/stat`);
    if (stat === null) continue;
    const [, parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid]);
    // The kernel cuts names to fifteen letters.
    if (stat.includes('(containerd-shim')) shims.set(pid, Number(parent));
  }
  // Between fork and exec whatever a shim starts has its name and its arguments.
  return [...shims].flatMap(([pid, parent]) =>
    shims.has(parent) ? [] : (shimAt(pid, uid, children.get(pid) ?? []) ?? []),
  );
}

function shimAt(pid: number, uid: number, children: readonly number[]): Shim | null {
  const view = processView(pid);
  const said = view && shimFrom(view.arguments);
  if (!view || !said || view.nested || !isShimOf(uid, view)) return null;
  const units = view.cgroups.flatMap((path) => path.split('/').filter((part) => part.endsWith('.service')));
  return { ...said, pid, startTicks: view.startTicks, units: [...new Set(units)], first: firstOf(pid, children) };
}

/** Real, effective, saved and file system user: a setuid program keeps its caller's as the first, if it is honest. */
function isShimOf(uid: number, { uids, executable }: ProcessView): boolean {
  // Where it may be looked at, the program itself: a link gives any program that name.
  const named = executable === null || basename(executable).startsWith('containerd-shim');
  return named && uids.length === 4 && uids.every((one) => one === uid);
}

/** By the shim's own file where it may be read; else its first child, because commands run inside are children too. */
function firstOf(shim: number, children: readonly number[]): Shim['first'] {
  const written = writtenFirst(shim);
  const views = children.flatMap((pid) => processView(pid) ?? []);
  const view = written > 0 ? views.find(({ pid }) => pid === written) : views.toSorted((a, b) => age(a) - age(b))[0];
  if (!view) return null;
  const command = view.arguments.join(' ') || view.name;
  return { pid: view.pid, startTicks: view.startTicks, command: command.slice(0, 200) };
}

/** Enough for any pid and the end of its line. */
const mostDigits = 32;

/**
 * The pid that a shim wrote down in its own folder, which only its user and root may enter; 0 where nothing can be read.
 * What lies there is opened as what it should be: an ordinary file, and no link to another.
 */
export function writtenFirst(shim: number): number {
  const text = plainText(`/proc/${shim}/cwd/init.pid`, mostDigits, { links: false })?.trim() ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : 0;
}

const age = ({ startTicks }: { readonly startTicks: string }): number => Number(startTicks);

/** What a shim was started with: flags of Go, with one dash or two, and their values behind them or a `=`. */
export function shimFrom(args: readonly string[]): Pick<Shim, 'id' | 'namespace' | 'address'> | null {
  const flag = (name: string): string => {
    const at = args.findIndex((arg) => arg === `-${name}` || arg === `--${name}`);
    if (at !== -1) return args[at + 1] ?? '';
    const joined = args.find((arg) => arg.startsWith(`-${name}=`) || arg.startsWith(`--${name}=`));
    return joined?.slice(joined.indexOf('=') + 1) ?? '';
  };
  const id = flag('id');
  return /^[0-9a-f]{12,64}$/.test(id) ? { id, namespace: flag('namespace'), address: flag('address') } : null;
}
