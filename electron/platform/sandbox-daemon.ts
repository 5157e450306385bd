// A private, real dockerd to practice on: in its own network and mount namespace, a child that is reaped and cleaned up.
import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { forgetDeadContainerd } from './daemon-process.ts';
import type { EnginePrograms } from './find-engine.ts';
import { readLogSince } from './log-file.ts';
import { processView, readText } from './processes.ts';
import { openNamespaces, type SandboxNamespaces } from './sandbox-namespaces.ts';
import { send, seed, usualSeeds, type Seed } from './sandbox-seed.ts';

export type SandboxOptions = {
  readonly programs: EnginePrograms;
  /** Folder in which the sandbox makes one of its own; short, because a socket's path holds 107 bytes at most. */
  readonly parent: string;
  /** First text of its daemon.json. */
  readonly config?: string;
  readonly flags?: readonly string[];
  readonly seeds?: readonly Seed[];
};

export type Sandbox = {
  readonly folder: string;
  readonly socketPath: string;
  readonly endpoint: string;
  readonly configPath: string;
  readonly logPath: string;
  readonly manager: ServiceManager;
  /** Ends everything: daemon, containers, namespaces, control groups, files. Safe to call twice. */
  end(): Promise<void>;
};

const startLimitMs = 30_000;
const stopLimitMs = 60_000;
const pollMs = 20;

/** Starts a daemon with its containers. Fails with `sandbox.failed` and the daemon's own lines; nothing is left then. */
export async function createSandbox(options: SandboxOptions): Promise<Result<Sandbox>> {
  const { programs } = options;
  // Without links: inside, `/run` is another one.
  const parent = realpathSync(options.parent);
  const distrust = distrustOfParent(parent);
  if (distrust !== null) return fail({ kind: 'sandbox.failed', lines: [distrust] });
  // A name that nobody could know before, and the folder is ours alone from the first.
  const folder = mkdtempSync(join(parent, 'afloat-'));
  const group = `afloat-${folder.slice(-6)}`;
  for (const name of ['data', 'exec']) mkdirSync(join(folder, name), { mode: 0o711 });
  const socketPath = join(folder, 'docker.sock');
  const configPath = join(folder, 'daemon.json');
  const logPath = join(folder, 'dockerd.log');
  const pidPath = join(folder, 'docker.pid');
  writeFileSync(configPath, options.config ?? '{}\n');
  writeFileSync(logPath, '');

  const environment = {
    PATH: [...programs.path, '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
    HOME: folder,
    LANG: 'C.UTF-8',
    ...(programs.libraryPath.length > 0 ? { LD_LIBRARY_PATH: programs.libraryPath.join(':') } : {}),
  };
  const opened = await openNamespaces(folder, group, environment);
  if ('lines' in opened) return fail({ kind: 'sandbox.failed', lines: opened.lines });
  const namespaces: SandboxNamespaces = opened;
  const args = [
    '--config-file',
    configPath,
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    join(folder, 'exec'),
    '--pidfile',
    pidPath,
    '--host',
    `unix://${socketPath}`,
    '--cgroup-parent',
    `/${group}`,
    ...(options.flags ?? []),
  ];
  let child: ChildProcess | null = null;
  let stopping = false;
  let ended = false;
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const changed of watchers) changed();
  };
  const isRunning = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  async function start(): Promise<Result<null>> {
    if (isRunning()) return ok(null);
    await forgetDeadContainerd(join(folder, 'exec'));
    // Ended, or started by somebody else, meanwhile.
    if (ended) return fail({ kind: 'daemon.not-up', lines: [], waitedMs: 0 });
    if (isRunning()) return ok(null);
    const log = openSync(logPath, 'a');
    // nsenter replaces itself, so that our child is dockerd, with the pid that the machine sees.
    const inside = `/proc/${namespaces.pid}/ns`;
    const enter = [`--net=${inside}/net`, `--mount=${inside}/mnt`, '--', programs.dockerd];
    const started = spawn('nsenter', [...enter, ...args], {
      stdio: ['ignore', log, log],
      env: environment,
      cwd: folder,
    });
    closeSync(log);
    child = started;
    stopping = false;
    started.on('error', (error) => appendFileSync(logPath, `${error.message}\n`));
    started.on('exit', () => {
      // A killed daemon leaves its pid file, which would block the next one if the pid were reused.
      if (readText(pidPath)?.trim() === String(started.pid)) rmSync(pidPath, { force: true });
      tell();
    });
    tell();
    return (await untilUp(started)) ? ok(null) : fail({ kind: 'daemon.not-up', lines: [], waitedMs: startLimitMs });
  }

  async function untilUp(started: ChildProcess): Promise<boolean> {
    const until = Date.now() + startLimitMs;
    while (Date.now() < until && started.exitCode === null && started.signalCode === null) {
      if (existsSync(socketPath) && (await answers(socketPath))) return true;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return false;
  }

  async function stop(): Promise<Result<null>> {
    const running = child;
    if (running === null || !isRunning()) return ok(null);
    stopping = true;
    tell();
    const gone = once(running, 'exit');
    running.kill('SIGTERM');
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), stopLimitMs)));
    const outcome = await Promise.race([gone, limit]);
    clearTimeout(timer);
    return outcome === null ? fail({ kind: 'daemon.still-up' }) : ok(null);
  }

  const tail = (): readonly string[] => readLogSince(logPath, 0).slice(-5);

  const manager: ServiceManager = {
    kind: 'sandbox',
    unit: null,
    killMode: () => Promise.resolve(null),
    lastAbsence: () => Promise.resolve(null),
    state() {
      const running = isRunning();
      const failed = !running && child !== null && child.exitCode !== 0 && !stopping && !ended;
      const state = running ? (stopping ? 'stopping' : 'running') : failed ? 'failed' : 'stopped';
      return Promise.resolve({ state, pid: running ? (child?.pid ?? null) : null });
    },
    watch(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    refusal: () => Promise.resolve(null),
    reload() {
      return Promise.resolve(isRunning() && child?.kill('SIGHUP') ? ok(null) : fail({ kind: 'engine.not-running' }));
    },
    async restart() {
      const stopped = await stop();
      return stopped.ok ? start() : stopped;
    },
    start,
    stop,
    logSince: (sinceMs) => Promise.resolve(readLogSince(logPath, sinceMs)),
  };

  async function end(): Promise<void> {
    if (ended) return;
    ended = true;
    stopping = true;
    // Containers are ended with the sandbox, not stopped one by one.
    const gone = child !== null && isRunning() ? once(child, 'exit') : null;
    await namespaces.end();
    await gone;
    tell();
  }

  const started = await start();
  if (!started.ok) {
    const lines = tail();
    await end();
    return fail({ kind: 'sandbox.failed', lines });
  }
  try {
    await seed(socketPath, programs.busybox, options.seeds ?? usualSeeds);
  } catch (error) {
    // Whatever it was, it is a daemon that could not be made to work: told with its own words, and nothing is left.
    const lines = [error instanceof Error ? error.message : String(error), ...tail()];
    await end();
    return fail({ kind: 'sandbox.failed', lines });
  }
  const owner = processView(process.pid);
  const marker = { owner: process.pid, startTicks: owner?.startTicks ?? '' };
  writeFileSync(join(folder, 'sandbox.json'), `${JSON.stringify(marker)}\n`);
  return ok({ folder, socketPath, endpoint: `unix://${socketPath}`, configPath, logPath, manager, end });
}

/** Whoever may rename what is in a folder could put something of his own in the place of ours; null: nobody may. */
function distrustOfParent(parent: string): string | null {
  const { uid, mode } = statSync(parent);
  const [othersMayWrite, onlyOwnersRename] = [(mode & 0o022) !== 0, (mode & 0o1000) !== 0];
  const isOurs = uid === 0 || uid === process.getuid?.();
  if (isOurs && (!othersMayWrite || onlyOwnersRename)) return null;
  return `${parent}: uid ${uid}, mode ${(mode & 0o7777).toString(8)}`;
}

async function answers(socketPath: string): Promise<boolean> {
  try {
    return (await send(socketPath, 'GET', '/_ping', Buffer.alloc(0))) === 'OK';
  } catch {
    // Not listening yet, or not ready.
    return false;
  }
}

/** Who owns the sandbox at this socket; null where it is none of ours or of another Afloat. */
export function sandboxOwner(socketPath: string): { readonly owner: number; readonly startTicks: string } | null {
  const path = join(socketPath, '..', 'sandbox.json');
  if (!existsSync(path)) return null;
  try {
    const marker = JSON.parse(readFileSync(path, 'utf8')) as { owner?: unknown; startTicks?: unknown };
    return typeof marker.owner === 'number' && typeof marker.startTicks === 'string'
      ? { owner: marker.owner, startTicks: marker.startTicks }
      : null;
  } catch {
    // Being written or removed just now.
    return null;
  }
}
