// A daemon that nobody manages: signaled, and started again the way it was started.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { runsStill, signalTo, untilGone } from './daemon-process.ts';
import { flagValues, trace } from './identify.ts';
import { readLogSince } from './log-file.ts';
import { processView, type ProcessView } from './processes.ts';
import { recipeOf, startBy, type Recipe } from './recipe.ts';
import { watchFolders } from './watch-for-start.ts';

/** Stopping containers takes 10 s and more (measured); dockerd itself gives up on them after its shutdown timeout. */
const stopLimitMs = 120_000;
/** Configuration errors end it within 0.3 s (measured); later ones are seen by whoever waits for the API. */
const startWatchMs = 400;

/** Programs that start again what they started: behind their back nothing is restarted. */
const supervisors =
  /^(runsv|s6-supervise|supervisord|supervise|monit|circusd|god|tini|dumb-init|docker-init|containerd-shim.*|supervise-daemon|daemon|immortal|nosh|dinit|runit|finit)$/;

/** Manages the daemon behind a socket by signals. `first` is its process, or null with the recipe of its last one. */
export function createBareProcess(socketPath: string, first: ProcessView): ServiceManager {
  let current: ProcessView | null = first;
  let last: Recipe | null = null;

  const now = (): ProcessView | null => {
    if (current !== null && runsStill(current)) return current;
    current = trace(socketPath)?.process ?? null;
    return current;
  };
  const pidFile = flagValues(first.arguments.slice(1), ['--pidfile', '-p']).at(-1) ?? '/var/run/docker.pid';
  const outputs = () => (last ?? keepRecipe())?.output ?? [null, null];

  function keepRecipe(): Recipe | null {
    const running = now();
    if (running === null) return last;
    last?.close();
    last = recipeOf(running);
    return last;
  }

  async function stop(): Promise<Result<null>> {
    const running = now();
    if (running === null) return ok(null);
    keepRecipe();
    const sent = signalTo(running, 'SIGTERM', `kill ${running.pid}`);
    if (!sent.ok) return sent;
    return (await untilGone(running, stopLimitMs)) ? ok(null) : fail({ kind: 'daemon.still-up' });
  }

  async function start(): Promise<Result<null>> {
    const again = trace(socketPath);
    if (again !== null) return fail({ kind: 'daemon.comes-back', pid: again.process.pid });
    if (last === null) return fail({ kind: 'service.unavailable', manager: 'bare-process', command: null });
    removeStalePidFile(pidFile);
    const pid = startBy(last);
    // A configuration that it does not take ends it at once; by then somebody else's daemon may hold the socket.
    const until = Date.now() + startWatchMs;
    while (Date.now() < until) {
      const started = pid === null ? null : processView(pid);
      if (started === null) break;
      const holder = trace(socketPath)?.process;
      if (holder?.pid === pid) {
        current = holder;
        return ok(null);
      }
      if (holder) return fail({ kind: 'daemon.comes-back', pid: holder.pid });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const still = pid === null ? null : processView(pid);
    current = still;
    return still === null ? fail({ kind: 'daemon.not-up', lines: [], waitedMs: startWatchMs }) : ok(null);
  }

  return {
    kind: 'bare-process',
    unit: null,
    killMode: () => Promise.resolve(null),
    state() {
      const running = now();
      return Promise.resolve({ state: running === null ? 'stopped' : 'running', pid: running?.pid ?? null });
    },
    watch: (changed) => watchFolders([socketPath, pidFile], changed),
    refusal: (verb) => Promise.resolve(refusalOf(verb, now(), last)),
    reload() {
      const running = now();
      return Promise.resolve(
        running ? signalTo(running, 'SIGHUP', `kill -HUP ${running.pid}`) : fail({ kind: 'engine.not-running' }),
      );
    },
    async restart() {
      const stopped = await stop();
      return stopped.ok ? start() : stopped;
    },
    start,
    stop,
    logSince: (sinceMs) => Promise.resolve(readLogSince(outputs()[1] ?? outputs()[0], sinceMs)),
  };
}

function refusalOf(
  verb: 'reload' | 'restart' | 'start' | 'stop',
  running: ProcessView | null,
  last: Recipe | null,
): Problem | null {
  if (running === null)
    return verb === 'start' && last === null
      ? { kind: 'service.unavailable', manager: 'bare-process', command: null }
      : null;
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0 && running.uids[0] !== uid) {
    const command = verb === 'reload' ? `sudo kill -HUP ${running.pid}` : `sudo kill ${running.pid}`;
    return { kind: 'service.refused', manager: 'bare-process', detail: 'EPERM', command };
  }
  if (verb === 'reload') return null;
  const parent = processView(running.parent);
  if (parent !== null && parent.pid !== process.pid && supervisors.test(parent.name)) {
    return { kind: 'service.supervised', by: `${parent.name} (${parent.pid})`, command: null };
  }
  const seen = running.executable !== null && running.environment !== null && running.workingFolder !== null;
  return verb === 'restart' && !seen
    ? { kind: 'service.refused', manager: 'bare-process', detail: 'EACCES', command: null }
    : null;
}

/** dockerd refuses to start while its pid file names any living process (measured): ours goes when that one is dead. */
function removeStalePidFile(path: string): void {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    if (Number.isInteger(pid) && pid > 0 && processView(pid) === null && statSync(path).isFile()) rmSync(path);
  } catch {
    // No pid file, or not ours to remove: dockerd says so itself when it minds.
  }
}
