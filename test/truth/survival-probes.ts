// Looks from outside at what containers can do: ports, names, health checks, exec, logs, processes.
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { withoutFrames } from '../../electron/engine/log-frames.ts';
import { processIds, processView, readText } from '../../electron/platform/processes.ts';
import { pause, type LooseDaemon } from './loose-daemon.ts';
import type { Prober } from './prober.ts';
import { healthFile } from './survival-crew.ts';

export type Shim = {
  readonly pid: number;
  readonly id: string;
  readonly arguments: readonly string[];
  readonly cgroup: string;
};

/** Every shim whose container is one of these. */
export function shimsOf(ids: readonly string[]): readonly Shim[] {
  return processIds().flatMap((pid): readonly Shim[] => {
    if (!(readText(`/proc/${pid}/comm`) ?? '').startsWith('containerd-shim')) return [];
    const view = processView(pid);
    const id = ids.find((one) => view?.arguments.includes(one));
    return view && id !== undefined ? [{ pid, id, arguments: view.arguments, cgroup: view.cgroups[0] ?? '' }] : [];
  });
}

/** Whether a health check ran within the time. */
export async function healthRan(pid: number, withinMs: number): Promise<boolean> {
  const size = (): number => statSync(`/proc/${pid}/root${healthFile}`, { throwIfNoEntry: false })?.size ?? 0;
  const before = size();
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(50)) if (size() > before) return true;
  return false;
}

/** Runs a command in it through the daemon. */
export async function executes(daemon: LooseDaemon, name: string): Promise<boolean> {
  try {
    const made = await daemon.api('POST', `/containers/${name}/exec`, { Cmd: ['true'] });
    const { Id: id } = JSON.parse(made) as { Id: string };
    await daemon.api('POST', `/exec/${id}/start`, { Detach: true });
    for (let round = 0; round < 60; round += 1) {
      const state = JSON.parse(await daemon.api('GET', `/exec/${id}/json`)) as { Running: boolean; ExitCode: number };
      if (!state.Running) return state.ExitCode === 0;
      await pause(50);
    }
    return false;
  } catch {
    // The daemon refused it, with whatever words.
    return false;
  }
}

/** How many numbered lines are missing or damaged between the first and the last that the log holds; null without any. */
export async function logGap(daemon: LooseDaemon, name: string): Promise<number | null> {
  const text = await logsOf(daemon.socketPath, name).catch(() => null);
  if (text === null) return null;
  const numbers = [...text.matchAll(/^(\d+) x{88}$/gm)].map((match) => Number(match[1]));
  const first = numbers[0];
  const last = numbers.at(-1);
  return first === undefined || last === undefined ? null : last - first + 1 - numbers.length;
}

function logsOf(socketPath: string, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const path = `/containers/${name}/logs?stdout=1`;
    const call = request({ socketPath, path, agent: false, timeout: 10_000 }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve(withoutFrames(Buffer.concat(parts))));
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end();
  });
}

/** Fetches the page by an address again and again until told to stop, and counts. */
export function keepFetching(prober: Prober, address: string, port: string) {
  let going = true;
  const counted = { tried: 0, failed: 0 };
  const loop = (async () => {
    while (going) {
      counted.tried += 1;
      if (!(await prober.serves(address, port))) counted.failed += 1;
      await pause(10);
    }
  })();
  return async (): Promise<{ readonly tried: number; readonly failed: number }> => {
    going = false;
    await loop;
    return counted;
  };
}
