// A real dockerd whose version, flags and file may change between two starts, in namespaces of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../electron/contract/json.ts';
import { forgetDeadContainerd } from '../../electron/platform/daemon-process.ts';
import type { EnginePrograms } from '../../electron/platform/find-engine.ts';
import { processIds, readText } from '../../electron/platform/processes.ts';
import { openNamespaces } from '../../electron/platform/sandbox-namespaces.ts';
import { send } from '../../electron/platform/sandbox-seed.ts';

export type LooseDaemon = {
  readonly folder: string;
  readonly socketPath: string;
  readonly configPath: string;
  /** The values that every file of this daemon has besides those of its scenario. */
  readonly base: JsonObject;
  /** Its flags, beside those that a start adds. */
  readonly flags: readonly string[];
  /** True when its API answers; false when it ended before that. */
  start(programs: EnginePrograms, flags: readonly string[]): Promise<boolean>;
  pid(): number | null;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone. */
  gone(): Promise<void>;
  api(method: string, path: string, body?: unknown): Promise<string>;
  /** A process in its namespaces. */
  readonly insidePid: number;
  /** An external containerd at this path, as a service would run it. */
  startContainerd(programs: EnginePrograms): Promise<string>;
  logTail(): readonly string[];
  dispose(): Promise<void>;
};

const upLimitMs = 60_000;
const pollMs = 10;

export async function openLooseDaemon(): Promise<LooseDaemon> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aft-')));
  // Remapped users have to pass.
  chmodSync(folder, 0o711);
  const group = `afloat-${folder.slice(-6)}`;
  for (const name of ['data', 'exec']) mkdirSync(join(folder, name), { mode: 0o711 });
  const [socketPath, configPath, logPath, pidPath] = ['docker.sock', 'daemon.json', 'dockerd.log', 'docker.pid'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(logPath, '');
  const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder };
  const opened = await openNamespaces(folder, group, environment);
  if ('lines' in opened) throw new Error(opened.lines.join('\n'));
  const namespaces = opened;
  const enter = [`--net=/proc/${namespaces.pid}/ns/net`, `--mount=/proc/${namespaces.pid}/ns/mnt`];
  const flags = ['--config-file', configPath, '--pidfile', pidPath, '--host', `unix://${socketPath}`];
  const others: ChildProcess[] = [];
  let child: ChildProcess | null = null;
  const lives = (one: ChildProcess | null): boolean => one !== null && one.exitCode === null && one.signalCode === null;
  const surroundings = (programs: EnginePrograms) => ({
    ...environment,
    PATH: [...programs.path, environment.PATH].join(':'),
    LANG: 'C.UTF-8',
    ...(programs.libraryPath.length > 0 ? { LD_LIBRARY_PATH: programs.libraryPath.join(':') } : {}),
  });
  const api: LooseDaemon['api'] = (method, path, body) =>
    send(socketPath, method, path, Buffer.from(body === undefined ? '' : JSON.stringify(body)));

  function run(programs: EnginePrograms, command: readonly string[]): ChildProcess {
    const log = openSync(logPath, 'a');
    const started = spawn('nsenter', [...enter, '--', ...command], {
      stdio: ['ignore', log, log],
      env: surroundings(programs),
      cwd: folder,
    });
    closeSync(log);
    started.on('error', () => undefined);
    return started;
  }

  return {
    folder,
    socketPath,
    configPath,
    base: { 'data-root': join(folder, 'data'), 'exec-root': join(folder, 'exec'), 'cgroup-parent': `/${group}` },
    flags,
    async start(programs, more) {
      for (const root of ['exec', 'exec2']) await forgetDeadContainerd(join(folder, root));
      rmSync(pidPath, { force: true });
      const started = run(programs, [programs.dockerd, ...flags, ...more]);
      child = started;
      const until = Date.now() + upLimitMs;
      while (lives(started) && Date.now() < until) {
        // Refused or hanging until it is ready.
        if ((await send(socketPath, 'GET', '/_ping', Buffer.alloc(0)).catch(() => '')) === 'OK') return true;
        await pause(pollMs);
      }
      return false;
    },
    pid: () => (lives(child) ? (child?.pid ?? null) : null),
    signal: (signal) => void child?.kill(signal),
    async gone() {
      if (child !== null && lives(child)) await once(child, 'exit');
    },
    api,
    insidePid: namespaces.pid,
    async startContainerd(programs) {
      const address = join(folder, 'c.sock');
      const roots = ['--root', join(folder, 'data', 'ctr-root'), '--state', join(folder, 'ctr-state')];
      others.push(run(programs, ['containerd', '--address', address, ...roots]));
      const until = Date.now() + 10_000;
      while (!(readText('/proc/net/unix') ?? '').includes(address) && Date.now() < until) {
        if ((readText(`/proc/${namespaces.pid}/net/unix`) ?? '').includes(address)) break;
        await pause(pollMs);
      }
      return address;
    },
    logTail: () =>
      readFileSync(logPath, 'utf8')
        .split('\n')
        .filter((line) => /level=(error|fatal)|^(failed|unable|panic|fatal|Error|Status)/.test(line))
        .slice(-3)
        .map((line) => line.slice(0, 300).replaceAll(folder, 'FOLDER')),
    async dispose() {
      child?.kill('SIGKILL');
      for (const one of others) one.kill('SIGKILL');
      // Containers of another control group below ours are found by its name.
      for (const pid of processIds()) if ((readText(`/proc/${pid}/cgroup`) ?? '').includes(`/${group}`)) killed(pid);
      await namespaces.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
