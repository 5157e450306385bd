// Things that break in the middle of a change, on real daemons: what the outcome tells is true, and containers live.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Json } from '../../electron/contract/json.ts';
import { createApi } from '../../electron/engine/api.ts';
import { daemonOf } from '../../electron/engine/daemon-of.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createHttp } from '../../electron/engine/http.ts';
import type { Platform } from '../../electron/engine/ports.ts';
import { processLives } from '../../electron/engine/process-identity.ts';
import { restart } from '../../electron/engine/take-effect.ts';
import { send } from '../../electron/platform/sandbox-seed.ts';
import type { Sandbox } from '../../electron/platform/sandbox-daemon.ts';
import { afterwards, etagOf, openEngine, platformFor, setting as set, until } from './open-sandbox.ts';
import { isAlive } from './real-daemon.ts';
import { unforeseenEdits } from '../fakes/unforeseen.ts';

type Opened = { readonly sandbox: Sandbox; readonly engine: Engine; readonly parent: string };

/** Opens a daemon and does something to it when a step begins. */
async function breakingAt(step: string, breaks: (opened: Opened) => Promise<void> | void, config = '{}') {
  let opened: Opened | null = null;
  const probe = async (point: string): Promise<void> => {
    if (point === step && opened !== null) await breaks(opened);
  };
  opened = await openEngine('28.5', { config, probe });
  return { ...opened, containers: pidsIn(opened.engine) };
}

const pidsIn = (engine: Engine): readonly number[] =>
  (engine.get().containers?.list ?? []).flatMap(({ pid }) => (pid > 0 ? [pid] : []));

/** Sends a signal; a stop has reached every thread when this resolves. */
async function signal({ sandbox }: Pick<Opened, 'sandbox'>, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const { pid } = await sandbox.manager.state();
  if (pid === null) return;
  process.kill(pid, name);
  while (name === 'SIGSTOP' && !isStopped(pid)) await setImmediate();
}

function isStopped(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
      return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
    });
  } catch {
    // A thread ended before the stop reached it.
    return false;
  }
}

const apply = (engine: Engine, ...edits: readonly (readonly [string, Json])[]) =>
  engine.apply(set(...edits), { etag: etagOf(engine), accept: ['start-fails', 'hides'] });

const fileOf = ({ sandbox }: Pick<Opened, 'sandbox'>): string => readFileSync(sandbox.configPath, 'utf8');

async function info({ sandbox }: Pick<Opened, 'sandbox'>) {
  const text = await send(sandbox.socketPath, 'GET', '/info', Buffer.alloc(0));
  return JSON.parse(text) as { readonly LiveRestoreEnabled: boolean; readonly Debug: boolean };
}

function expectAlive(containers: readonly number[]): void {
  expect(containers).toHaveLength(3);
  expect(containers.filter((pid) => !isAlive(pid))).toEqual([]);
}

test('killed right before the reload: started again with its old configuration, nobody dies', async () => {
  const opened = await breakingAt('reloading', (now) => signal(now, 'SIGKILL'));
  const outcome = await apply(opened.engine, ['live-restore', true]);
  expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'engine.not-running' } });
  expect(outcome.apiDowntimeMs).toBeGreaterThan(0);
  expect(fileOf(opened)).toBe('{}');
  expect(await info(opened)).toMatchObject({ LiveRestoreEnabled: false });
  expectAlive(opened.containers);
});

test('killed right before the restart: comes up with the new configuration, nobody dies', async () => {
  const opened = await breakingAt('restarting', (now) => signal(now, 'SIGKILL'));
  const outcome = await apply(opened.engine, ['live-restore', true], ['mtu', 1400]);
  expect(outcome).toMatchObject({ result: 'applied', file: 'new', problem: null, containers: { kept: 3 } });
  expect(await info(opened)).toMatchObject({ LiveRestoreEnabled: true });
  expectAlive(opened.containers);
});

test('restarted and then too busy to tell anything for longer than a question waits: asked again, and proven', async () => {
  const opened = await openEngine('28.5', { config: '{"live-restore":true}' });
  const { sandbox, engine } = opened;
  const containers = pidsIn(engine);
  const http = createHttp({ kind: 'unix', path: sandbox.socketPath }, { dial: null, tls: null });
  afterwards(() => http.close());
  const daemon = daemonOf(createApi(http, sandbox.endpoint), () => () => undefined);
  let asked = 0;
  const busy = {
    ...daemon,
    async facts() {
      asked += 1;
      if (asked === 1) {
        await signal(opened, 'SIGSTOP');
        setTimeout(() => void signal(opened, 'SIGCONT'), 11_000);
      }
      return daemon.facts();
    },
  };
  const before = await sandbox.manager.state();
  const done = await restart({ daemon: busy, manager: sandbox.manager, lives: processLives });
  expect(done).toMatchObject({ ok: true, value: { facts: { liveRestore: true } } });
  expect(asked).toBeGreaterThan(1);
  expect(done.ok && done.value.pidAfter).not.toBe(before.pid);
  expectAlive(containers);
});

test('killed while the file is put back: up again as it was, nobody dies', async () => {
  const opened = await breakingAt('putting-back', (now) => signal(now, 'SIGKILL'), '{"debug":false}');
  const outcome = await apply(opened.engine, ['live-restore', true], ...unforeseenEdits);
  expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
  expect(fileOf(opened)).toBe('{"debug":false}');
  expect(await info(opened)).toMatchObject({ LiveRestoreEnabled: false, Debug: false });
  expectAlive(opened.containers);
});

test('hanging at the reload: the old file comes back without a signal, and the daemon goes on as it was', async () => {
  const opened = await breakingAt('reloading', (now) => signal(now, 'SIGSTOP'));
  const { engine } = opened;
  const applying = apply(engine, ['live-restore', true]);
  // Only what is put back is looked at while it hangs; reading everything again afterwards wants an answer.
  await until(engine, ({ operation }) => operation.kind === 'running' && operation.step === 'putting-back');
  await until(engine, ({ config }) => 'text' in config && config.text === '{}');
  await signal(opened, 'SIGCONT');
  const outcome = await applying;
  expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'engine.hanging' } });
  expect(fileOf(opened)).toBe('{}');
  expect(await info(opened)).toMatchObject({ LiveRestoreEnabled: false });
  expectAlive(opened.containers);
});

test('overwritten by somebody else before the reload: never told as applied, and left as it is', async () => {
  const opened = await breakingAt('reloading', ({ sandbox }) => writeFileSync(sandbox.configPath, '{"debug":true}'));
  const outcome = await apply(opened.engine, ['features', { buildkit: true }]);
  expect(outcome).toMatchObject({ result: 'failed', file: 'unknown', problem: { kind: 'config.overwritten' } });
  expect(fileOf(opened)).toBe('{"debug":true}');
  expectAlive(opened.containers);
});

test('overwritten by somebody else between plan and write: refused, and left as it is', async () => {
  const opened = await breakingAt('writing', ({ sandbox }) => writeFileSync(sandbox.configPath, '{"debug":true}'));
  const outcome = await apply(opened.engine, ['live-restore', true]);
  expect(outcome).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind: 'config.changed' } });
  expect(fileOf(opened)).toBe('{"debug":true}');
});

test('a mount over the file when it is written: refused, and nothing lies beside it', async () => {
  const opened = await breakingAt('writing', ({ sandbox }) => {
    spawnSync('mount', ['--bind', sandbox.configPath, sandbox.configPath]);
    spawnSync('mount', ['-o', 'remount,ro,bind', sandbox.configPath]);
  });
  const { sandbox } = opened;
  afterwards(() => void spawnSync('umount', [sandbox.configPath]));
  const outcome = await apply(opened.engine, ['live-restore', true]);
  expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'config.not-writable', block: 'bind-mounted' } });
  expect(fileOf(opened)).toBe('{}');
  expect(readdirSync(sandbox.folder).filter((name) => name.includes('.afloat-'))).toEqual([]);
});

test('without the file that its flag names nothing is restarted: it would not come up, with all containers stopped', async () => {
  const opened = await openEngine('28.5', { config: '{}' });
  const { engine, sandbox } = opened;
  const containers = pidsIn(engine);
  unlinkSync(sandbox.configPath);
  const outcome = await engine.act('restart', { accept: ['stops'] });
  expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'config.unreadable', cause: 'missing' } });
  expectAlive(containers);
  // A change makes it anew.
  await engine.refresh();
  expect(await apply(engine, ['live-restore', true])).toMatchObject({ result: 'applied', file: 'new' });
});

test('a full disk in the state folder: refused before, finished in the middle, and never in the way afterwards', async () => {
  let full = '';
  const fill = (): void => {
    // Fails at the last byte that fits, which is what it is for.
    spawnSync('dd', ['if=/dev/zero', `of=${full}`, 'bs=4k']);
  };
  const opened = await breakingAt('writing', () => fill());
  const state = join(opened.parent, 'state');
  mkdirSync(state, { recursive: true });
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', state]).status).toBe(0);
  afterwards(() => void spawnSync('umount', [state]));
  full = join(state, 'full');

  expect(await apply(opened.engine, ['live-restore', true])).toMatchObject({ result: 'applied', file: 'new' });
  expect(await info(opened)).toMatchObject({ LiveRestoreEnabled: true });
  const refused = await apply(opened.engine, ['debug', true]);
  expect(refused).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind: 'config.no-space' } });
  rmSync(full);
  expect(await apply(opened.engine, ['debug', true])).toMatchObject({ result: 'applied', file: 'new' });
  expectAlive(opened.containers);
});

test('a state folder that cannot be made is a reason to refuse, not a surprise', async () => {
  const { engine, parent } = await openEngine('28.5', { config: '{}' });
  rmSync(join(parent, 'state'), { recursive: true, force: true });
  writeFileSync(join(parent, 'state'), '');
  const outcome = await apply(engine, ['live-restore', true]);
  expect(outcome).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind: 'config.write-failed' } });
});

test('two engines at once: one change each or a refusal, and the file holds what was applied', async () => {
  const opened = await openEngine('28.5', { config: '{}' });
  const platform = platformFor(opened.parent);
  platform.adopt(opened.sandbox);
  const options = { host: opened.sandbox.endpoint, context: null, configFile: null, manager: null };
  const other = createEngine(platform, options);
  afterwards(() => other.close());
  await other.settled();
  const outcomes = await Promise.all([
    apply(opened.engine, ['live-restore', true]),
    apply(other, ['max-concurrent-downloads', 5]),
  ]);
  const values = JSON.parse(fileOf(opened)) as Record<string, unknown>;
  const [first, second] = outcomes.map(({ result }) => result === 'applied');
  expect(first || second).toBe(true);
  expect([values['live-restore'] === true, values['max-concurrent-downloads'] === 5]).toEqual([first, second]);
  for (const { result, problem } of outcomes)
    if (result !== 'applied') expect(problem?.kind).toMatch(/^(lock\.held|config\.changed)$/);
});

/** A platform of which one look is refused by the system as long as `refuses` says so. */
function scarce(platform: Platform, look: 'process' | 'service', refuses: () => boolean): Platform {
  const refused = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('EMFILE: too many open files'), { errno: -24, code: 'EMFILE' }));
  return {
    ...platform,
    async identify(...given) {
      if (look === 'process' && refuses()) return refused();
      const found = await platform.identify(...given);
      const { manager } = found;
      const state: typeof manager.state = () => (look === 'service' && refuses() ? refused() : manager.state());
      return { ...found, manager: { ...manager, state } };
    },
  };
}

test.each(['process', 'service'] as const)(
  'a system without a descriptor to spare for the first looks at the %s is watched as soon as it has one',
  async (look) => {
    const { sandbox, parent } = await openEngine('28.5', { config: '{}' });
    const platform = platformFor(parent);
    platform.adopt(sandbox);
    let looks = 0;
    const watched = scarce(platform, look, () => {
      looks += 1;
      return looks <= 2;
    });
    const engine = createEngine(watched, { host: sandbox.endpoint, context: null, configFile: null, manager: null });
    afterwards(() => engine.close());
    expect((await engine.settled()).engine.state).toBe('running');
    await engine.refresh();
    expect(looks).toBeGreaterThan(2);
  },
);

test('a swarm node is refused live restore with its reason', async () => {
  const opened = await openEngine('28.5', { config: '{}' });
  const init = JSON.stringify({ ListenAddr: '127.0.0.1:2377', AdvertiseAddr: '127.0.0.1' });
  await send(opened.sandbox.socketPath, 'POST', '/swarm/init', Buffer.from(init));
  const outcome = await apply(opened.engine, ['live-restore', true]);
  expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'live-restore.swarm' } });
});

test('sixty containers live through both phases', async () => {
  const seeds = Array.from({ length: 60 }, (_, i) => ({ name: `c${i}`, command: ['sleep', '2147483647'] }));
  const { engine } = await openEngine('28.5', { config: '{}', seeds });
  const outcome = await apply(engine, ['live-restore', true], ['mtu', 1400]);
  expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { before: 60, kept: 60 } });
});
