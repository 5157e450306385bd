// A daemon that nobody manages: reloaded, restarted the way it was started, stopped and started, with its containers.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPlatform } from '../../electron/platform/index.ts';
import type { ServiceManager } from '../../electron/engine/service-manager.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon } from './real-daemon.ts';

const done = { ok: true, value: null };
let daemon: RealDaemon;
let stateFolder: string;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'afb-'));
});
afterEach(async () => {
  await daemon.dispose();
  rmSync(stateFolder, { recursive: true });
});

async function managerOf({ endpoint }: RealDaemon): Promise<ServiceManager> {
  const found = await createPlatform({ stateFolder }).identify(
    { endpoint, source: 'flag', context: null },
    { configFile: null, manager: null },
  );
  return found.manager;
}

/** What a restart has to keep, as /proc shows it. */
const circumstances = (pid: number) => ({
  arguments: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
  environment: readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').toSorted(),
  folder: readlinkSync(`/proc/${pid}/cwd`),
  program: readlinkSync(`/proc/${pid}/exe`),
  umask: /Umask:.*/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[0],
  limits: readFileSync(`/proc/${pid}/limits`, 'utf8')
    .split('\n')
    .filter((line) => /open files|core file|processes/.test(line)),
  network: readlinkSync(`/proc/${pid}/ns/net`),
  groups: readFileSync(`/proc/${pid}/cgroup`, 'utf8'),
  output: [1, 2].map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)),
});

/** A program in the daemon's own network: a dockerd in the machine's would write its rules there. */
const inNetwork = (command: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn('nsenter', [`--net=/proc/${daemon.networkPid}/ns/net`, '--', ...command], { env, stdio: 'ignore' });

const untilAnswers = async (): Promise<void> => {
  while ((await daemon.api('GET', '/_ping').catch(() => '')) !== 'OK')
    await new Promise((resolve) => setTimeout(resolve, 20));
};

const sleeper = { name: 'sleeper', command: ['sleep', '1000'] };
const debugOf = async (): Promise<boolean> =>
  (JSON.parse(await daemon.api('GET', '/info')) as { Debug: boolean }).Debug;

describe.each(versions)('dockerd %s', (version) => {
  test('is reloaded by a signal to exactly its process', async () => {
    daemon = await startRealDaemon({ version, manager: 'bare-process', config: '{"live-restore":true}' });
    const manager = await managerOf(daemon);
    expect(await manager.refusal('reload')).toBeNull();
    writeFileSync(daemon.configPath, '{"live-restore":true,"debug":true}');
    expect(await manager.reload()).toEqual(done);
    await expect.poll(debugOf).toBe(true);
  });

  test('keeps arguments, environment, folder, umask, limits, log, groups and containers over a restart', async () => {
    daemon = await startRealDaemon({
      version,
      manager: 'bare-process',
      config: '{"live-restore":true}',
      flags: ['--label', 'key=two words'],
      containers: [sleeper],
    });
    const container = await daemon.containerPid('sleeper');
    const pid = daemon.pid() ?? 0;
    execFileSync('prlimit', [`--pid=${pid}`, '--core=0:0', '--nofile=8192:8192']);
    const before = circumstances(pid);
    const manager = await managerOf(daemon);
    expect(await manager.refusal('restart')).toBeNull();
    const begun = Date.now();
    expect(await manager.restart()).toEqual(done);
    await untilAnswers();
    const after = daemon.pid() ?? 0;
    expect(after).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
    expect(circumstances(after)).toEqual(before);
    // In a session of its own: it outlives us and our terminal.
    const stat = readFileSync(`/proc/${after}/stat`, 'utf8');
    expect(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])).toBe(after);
    expect(await daemon.containerPid('sleeper')).toBe(container);
    expect(isAlive(container)).toBe(true);
    expect(await manager.state()).toEqual({ state: 'running', pid: after });
    expect((await manager.logSince(begun)).join('\n')).toContain('API listen on');
  });

  test('is stopped, started again, and said to have failed after a crash', async () => {
    const starting = performance.now();
    daemon = await startRealDaemon({
      version,
      manager: 'bare-process',
      config: '{"live-restore":true}',
      containers: [sleeper],
    });
    const firstMs = performance.now() - starting;
    const container = await daemon.containerPid('sleeper');
    const manager = await managerOf(daemon);
    expect(await manager.stop()).toEqual(done);
    expect(await manager.state()).toEqual({ state: 'stopped', pid: null });
    expect(await manager.start()).toEqual(done);
    await untilAnswers();
    expect(await daemon.containerPid('sleeper')).toBe(container);
    await daemon.kill('SIGKILL');
    expect(await manager.state()).toEqual({ state: 'failed', pid: null });
    const begun = performance.now();
    expect(await manager.start()).toEqual(done);
    await untilAnswers();
    // Its dead containerd is not waited for, which would take ten seconds more.
    expect(performance.now() - begun).toBeLessThan(firstMs + 8_000);
    expect(await daemon.containerPid('sleeper')).toBe(container);
  });

  test('that its configuration keeps from starting is told with its own words', async () => {
    daemon = await startRealDaemon({ version, manager: 'bare-process' });
    const manager = await managerOf(daemon);
    writeFileSync(daemon.configPath, '{"nonsense": 1}');
    const outcome = await manager.restart();
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'daemon.not-up' } });
    if (!outcome.ok && outcome.problem.kind === 'daemon.not-up')
      expect(outcome.problem.lines.join('\n')).toContain('nonsense');
    expect(await manager.state()).toEqual({ state: 'failed', pid: null });
  });
});

test('what one program stopped, another one starts the same way', async () => {
  daemon = await startRealDaemon({
    version: '28.5',
    manager: 'bare-process',
    config: '{"live-restore":true}',
    containers: [sleeper],
  });
  const container = await daemon.containerPid('sleeper');
  const before = circumstances(daemon.pid() ?? 0);
  expect(await (await managerOf(daemon)).stop()).toEqual(done);
  const [kept = ''] = readdirSync(join(stateFolder, 'stopped'));
  expect(statSync(join(stateFolder, 'stopped', kept)).mode & 0o077).toBe(0);

  const later = await managerOf(daemon);
  expect(later.kind).toBe('bare-process');
  expect(await later.state()).toEqual({ state: 'stopped', pid: null });
  expect(await later.refusal('start')).toBeNull();
  expect(await later.start()).toEqual(done);
  await untilAnswers();
  expect(circumstances(daemon.pid() ?? 0)).toEqual(before);
  expect(await daemon.containerPid('sleeper')).toBe(container);
  expect(readdirSync(join(stateFolder, 'stopped'))).toEqual([]);
});

test('a parent that starts it again is seen, and nothing is started beside', async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process' });
  const { pid: first } = { pid: daemon.pid() ?? 0 };
  const args = readFileSync(`/proc/${first}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const env = { ...process.env, PATH: `${daemon.programs.path.join(':')}:${process.env['PATH']}` };
  await daemon.kill('SIGTERM');
  const log = join(daemon.folder, 'loop.log');
  const loop = inNetwork(['sh', '-c', 'while :; do "$@" >>"$0" 2>&1; sleep 0.3; done', log, ...args], env);
  try {
    await untilAnswers();
    const manager = await managerOf(daemon);
    const outcome = await manager.restart();
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'daemon.comes-back' } });
  } finally {
    const gone = once(loop, 'exit');
    loop.kill('SIGKILL');
    await gone;
    await daemon.kill('SIGTERM');
  }
});

test('a known supervisor is named, and nothing is stopped', async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process' });
  const args = readFileSync(`/proc/${daemon.pid()}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const env = { ...process.env, PATH: `${daemon.programs.path.join(':')}:${process.env['PATH']}` };
  await daemon.kill('SIGTERM');
  const runsv = join(daemon.folder, 'runsv');
  // Any program by that name; a shell that stays the parent.
  execFileSync('cp', ['/bin/dash', runsv]);
  const supervisor = inNetwork([runsv, '-c', '"$@" & wait', 'runsv', ...args], env);
  try {
    await untilAnswers();
    const manager = await managerOf(daemon);
    expect(await manager.refusal('restart')).toMatchObject({
      kind: 'service.supervised',
      by: `runsv (${supervisor.pid})`,
      command: 'sudo sv restart docker',
    });
    expect(await manager.refusal('stop')).toMatchObject({ kind: 'service.supervised' });
    expect(await manager.refusal('reload')).toBeNull();
  } finally {
    await daemon.kill('SIGTERM');
    supervisor.kill('SIGKILL');
  }
});
