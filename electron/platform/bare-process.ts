// A daemon that nobody manages: signaled, and started again the way it was started.
import { existsSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { forgetDeadContainerd, removeDeadPidFile, runsStill, signalTo, untilGone } from './daemon-process.ts';
import { flagValues, provenProcess, trace } from './identify.ts';
import { readLogSince } from './log-file.ts';
import { processView, type ProcessView } from './processes.ts';
import { recipeOf, startBy, type Recipe, type Started } from './recipe.ts';
import { forgetStopped, keepStopped, recipeOfStopped, stoppedDaemon } from './stopped-daemon.ts';
import { comesBack, hasParentThatWaits, supervisorOf } from './supervisor.ts';
import { hasSystemd } from './systemd.ts';
import { unitAround } from './unit-of.ts';
import { ownedBy } from './usual-places.ts';
import { watchFolders } from './watch-for-start.ts';

/** Stopping containers takes 10 s and more (measured); dockerd itself gives up on them after its shutdown timeout. */
const stopLimitMs = 120_000;
/** Configuration errors end it within 0.3 s (measured); later ones are seen by whoever waits for the API. */
const startWatchMs = 5_000;
/** A loop in a script starts it again at once or after a second; such a parent is waited for before we start it. */
const comesBackMs = 1_200;
const pollMs = 10;

type Verb = Parameters<ServiceManager['refusal']>[0];

export type BareProcessOptions = {
  readonly socketPath: string;
  /** Its process, or what was its process where it is down. */
  readonly last: ProcessView;
  /** Where it is kept how a daemon was started that we stop. */
  readonly stateFolder: string;
};

/** Manages the daemon behind a socket by signals; starts it again where it was seen running, by us or before. */
export function createBareProcess({ socketPath, last, stateFolder }: BareProcessOptions): ServiceManager {
  let current: ProcessView | null = last;
  let recipe: Recipe | null = null;
  let started: Started | null = null;
  /** True from our own stop on: what is down then is stopped, not failed. */
  let stopped = false;

  const flag = (names: readonly string[], usual: string): string =>
    flagValues(last.arguments.slice(1), names).at(-1) ?? usual;
  const { usual } = ownedBy(last);
  const pidFile = flag(['--pidfile', '-p'], `${usual.execRoot}.pid`);
  const execRoot = flag(['--exec-root'], usual.execRoot);

  /** The daemon, looked at afresh; while it runs, how it was started is kept for when it does not. */
  function now(): ProcessView | null {
    if (current === null || !runsStill(current)) current = provenProcess(socketPath);
    if (current !== null) stopped = false;
    if (current !== null && recipe?.pid !== current.pid) {
      recipe?.close();
      // Root must not start with another user's arguments and environment what he has only called dockerd.
      recipe = current.uids[0] === process.getuid?.() ? recipeOf(current) : null;
    }
    return current;
  }

  if (now() === null) {
    recipe = recipeOfStopped(stateFolder, socketPath);
    stopped = recipe !== null;
  } else {
    const before = stoppedDaemon(stateFolder, socketPath);
    // One before this daemon: somebody else has started it meanwhile.
    if (before !== null && before.recipe.pid !== current?.pid) forgetStopped(stateFolder, socketPath);
  }

  async function stop(): Promise<Result<null>> {
    const running = now();
    if (running === null) return ok(null);
    const supervised = hasParentThatWaits(running);
    const traced = trace(socketPath);
    if (traced !== null && recipe !== null) keepStopped(stateFolder, socketPath, traced, recipe);
    const sent = signalTo(running, 'SIGTERM', `sudo kill ${running.pid}`);
    if (!sent.ok) return sent;
    stopped = true;
    if (!(await untilGone(running, stopLimitMs))) return fail({ kind: 'daemon.still-up' });
    const back = await comesBack(running, supervised ? comesBackMs : 0);
    return back === null ? ok(null) : fail({ kind: 'daemon.comes-back', pid: back.pid });
  }

  async function start(): Promise<Result<null>> {
    const other = trace(socketPath);
    if (other !== null) return fail({ kind: 'daemon.comes-back', pid: other.process.pid });
    if (recipe === null) return fail({ kind: 'service.unavailable', manager: 'bare-process', command: null });
    // dockerd takes zombies for alive: it would not start, or wait ten seconds for its containerd.
    removeDeadPidFile(pidFile);
    await forgetDeadContainerd(execRoot);
    const begun = Date.now();
    started = startBy(recipe);
    stopped = false;
    while (Date.now() - begun < startWatchMs) {
      const holder = trace(socketPath)?.process;
      if (holder && holder.pid !== started?.pid) return fail({ kind: 'daemon.comes-back', pid: holder.pid });
      if (holder) {
        current = holder;
        forgetStopped(stateFolder, socketPath);
        return ok(null);
      }
      if (started === null || started.exit() !== null) break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    current = started === null || started.exit() !== null ? null : processView(started.pid);
    const lines = readLogSince(recipe.output[1] ?? recipe.output[0], begun).slice(-5);
    return current === null ? fail({ kind: 'daemon.not-up', lines, waitedMs: Date.now() - begun }) : ok(null);
  }

  return {
    kind: 'bare-process',
    unit: null,
    killMode: () => Promise.resolve(null),
    lastAbsence: () => Promise.resolve(null),
    state() {
      const running = now();
      if (running !== null) return Promise.resolve({ state: 'running', pid: running.pid });
      // An orderly end removes the pid file; a crash leaves it, and a refused start has its exit code.
      const failed = !stopped && (existsSync(pidFile) || (started?.exit()?.code ?? 0) !== 0);
      return Promise.resolve({ state: failed ? 'failed' : 'stopped', pid: null });
    },
    watch: (changed) => watchFolders([socketPath, pidFile], changed),
    async refusal(verb) {
      const running = now();
      const refused = refusalOf(verb, running, recipe);
      if (refused !== null || running === null || verb === 'reload' || verb === 'start' || !hasSystemd())
        return refused;
      const unit = await unitAround(running);
      return unit === null ? null : { kind: 'service.run-by-script', unit };
    },
    reload() {
      const running = now();
      return Promise.resolve(
        running ? signalTo(running, 'SIGHUP', `sudo kill -HUP ${running.pid}`) : fail({ kind: 'engine.not-running' }),
      );
    },
    async restart() {
      const down = await stop();
      return down.ok ? start() : down;
    },
    start,
    stop,
    logSince: (sinceMs) => Promise.resolve(readLogSince(recipe?.output[1] ?? recipe?.output[0] ?? null, sinceMs)),
  };
}

function refusalOf(verb: Verb, running: ProcessView | null, recipe: Recipe | null): Problem | null {
  if (running === null) {
    const unknown = recipe === null && (verb === 'start' || verb === 'restart');
    return unknown ? { kind: 'service.unavailable', manager: 'bare-process', command: null } : null;
  }
  // Another user's daemon can be ended by root, but not started again as that user.
  const uid = process.getuid?.() ?? -1;
  const foreign = running.uids[0] !== uid;
  if (foreign && (uid !== 0 || verb === 'restart')) {
    const command = verb === 'reload' ? `sudo kill -HUP ${running.pid}` : `sudo kill ${running.pid}`;
    return { kind: 'service.refused', manager: 'bare-process', detail: 'EPERM', command };
  }
  if (verb === 'reload') return null;
  const supervisor = supervisorOf(running);
  if (supervisor !== null) {
    const by = `${supervisor.name} (${supervisor.pid})`;
    return { kind: 'service.supervised', by, command: commandOf(supervisor.name, verb) };
  }
  return verb === 'restart' && recipe === null
    ? { kind: 'service.refused', manager: 'bare-process', detail: 'EACCES', command: null }
    : null;
}

/** What an administrator would run; the service's own name is not ours to guess where it matters. */
function commandOf(supervisor: string, verb: Verb): string | null {
  switch (supervisor) {
    case 'runsv':
      return `sudo sv ${verb} docker`;
    case 'supervisord':
      return `sudo supervisorctl ${verb} dockerd`;
    case 'supervise-daemon':
      return `sudo rc-service docker ${verb}`;
    default:
      return null;
  }
}
