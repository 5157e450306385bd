// Finds the processes that hold containers, whoever started them: /proc names their container to everybody.
import type { Shim } from '../engine/ports.ts';
import { processIds, processView, readText } from './processes.ts';

/** Every containerd shim of this machine's own processes. */
export const runningShims = (): readonly Shim[] =>
  processIds().flatMap((pid) => {
    if (!(readText(`/proc/${pid}/comm`) ?? '').startsWith('containerd-shim')) return [];
    const view = processView(pid);
    const said = view && shimFrom(view.arguments);
    if (!view || !said || view.nested) return [];
    const units = view.cgroups.flatMap((path) => path.split('/').filter((part) => part.endsWith('.service')));
    return [{ ...said, pid, startTicks: view.startTicks, units: [...new Set(units)] }];
  });

/** What a shim was started with: flags of Go, with one dash or two, and their values behind them or a `=`. */
export function shimFrom(args: readonly string[]): Pick<Shim, 'id' | 'namespace' | 'address'> | null {
  const flag = (name: string): string => {
    const at = args.findIndex((arg) => arg === `-${name}` || arg === `--${name}`);
    if (at !== -1) return args[at + 1] ?? '';
    return (
      args
        .find((arg) => arg.startsWith(`-${name}=`) || arg.startsWith(`--${name}=`))
        ?.split('=')
        .slice(1)
        .join('=') ?? ''
    );
  };
  const id = flag('id');
  return /^[0-9a-f]{12,64}$/.test(id) ? { id, namespace: flag('namespace'), address: flag('address') } : null;
}
