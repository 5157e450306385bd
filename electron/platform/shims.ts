// Finds the processes that hold containers, whoever started them: /proc names their container to everybody.
import type { Shim } from '../engine/ports.ts';
import { processIds, processView, readText } from './processes.ts';

/** Every containerd shim of this machine's own processes, with the container's first process. */
export function runningShims(): readonly Shim[] {
  const children = new Map<number, number[]>();
  const shims: number[] = [];
  for (const pid of processIds()) {
    const stat = readText(`/proc/${pid}/stat`);
    if (stat === null) continue;
    const [, parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid]);
    // The kernel cuts names to fifteen letters.
    if (stat.includes('(containerd-shim')) shims.push(pid);
  }
  return shims.flatMap((pid) => shimAt(pid, children.get(pid) ?? []) ?? []);
}

function shimAt(pid: number, children: readonly number[]): Shim | null {
  const view = processView(pid);
  const said = view && shimFrom(view.arguments);
  if (!view || !said || view.nested) return null;
  const units = view.cgroups.flatMap((path) => path.split('/').filter((part) => part.endsWith('.service')));
  return { ...said, pid, startTicks: view.startTicks, units: [...new Set(units)], first: firstOf(pid, children) };
}

/** By the shim's own file where it may be read; else its first child, because commands run inside are children too. */
function firstOf(shim: number, children: readonly number[]): Shim['first'] {
  const written = Number(readText(`/proc/${shim}/cwd/init.pid`)?.trim());
  const views = children.flatMap((pid) => processView(pid) ?? []);
  const view = written > 0 ? views.find(({ pid }) => pid === written) : views.toSorted((a, b) => age(a) - age(b))[0];
  if (!view) return null;
  const command = view.arguments.join(' ') || view.name;
  return { pid: view.pid, startTicks: view.startTicks, command: command.slice(0, 200) };
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
