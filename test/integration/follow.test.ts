// The engine follows a real daemon through what others do to it, and keeps out of the way.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../electron/engine/engine.ts';
import { send } from '../../electron/platform/sandbox-seed.ts';
import {
  afterwards,
  etagOf,
  openEngine,
  openSandbox,
  platformFor,
  setting,
  shortFolder,
  until,
} from './open-sandbox.ts';

const post = (socket: string, path: string) => send(socket, 'POST', path, Buffer.alloc(0));

describe('a daemon of 28.5', () => {
  test('killed, it is seen down at once; started again, it is followed again', async () => {
    const { sandbox, engine } = await openEngine('28.5', { config: '{"live-restore": true}' });
    const pids = engine.get().containers?.list.map(({ pid }) => pid);
    const { pid } = engine.get().target;
    process.kill(pid ?? 0, 'SIGKILL');
    const down = await until(engine, ({ engine: { state } }) => state !== 'running');
    expect(['stopping', 'failed', 'stopped', 'starting']).toContain(down.engine.state);
    await until(engine, ({ engine: { state } }) => state === 'failed' || state === 'stopped');
    const started = await engine.act('start', { accept: [] });
    expect(started).toMatchObject({ result: 'applied', problem: null });
    const up = await until(engine, (view) => view.engine.state === 'running' && view.containers?.counts.running === 3);
    expect(up.containers?.list.map((one) => one.pid)).toEqual(pids);
    expect(sandbox.endpoint).toBe(up.target.endpoint);
  });

  test('containers, reloads and the file are followed by events', async () => {
    const { sandbox, engine } = await openEngine('28.5');
    await post(sandbox.socketPath, '/containers/db/stop');
    await until(engine, ({ containers }) => containers?.counts.running === 2 && containers.counts.stopped === 1);
    await post(sandbox.socketPath, '/containers/web/pause');
    await until(engine, ({ containers }) => containers?.counts.paused === 1);
    writeFileSync(sandbox.configPath, '{"live-restore": true}\n');
    await until(engine, ({ liveRestore }) => liveRestore.file === true && liveRestore.effective === false);
    expect(engine.get().findings.map(({ about }) => about.kind)).toContain('memory-differs');
    process.kill(engine.get().target.pid ?? 0, 'SIGHUP');
    await until(engine, ({ liveRestore }) => liveRestore.effective === true);
  });

  test('a restart with the file ahead of the memory is done in two phases: nobody dies', async () => {
    const { sandbox, engine } = await openEngine('28.5');
    writeFileSync(sandbox.configPath, '{"live-restore": true}\n');
    await until(engine, ({ liveRestore }) => liveRestore.file === true);
    const outcome = await engine.act('restart', { accept: [] });
    expect(outcome).toMatchObject({
      result: 'applied',
      effect: 'reload-then-restart',
      containers: { before: 3, kept: 3 },
      problem: null,
    });
  });

  test('without live restore a restart names who would stop, and touches nothing until that is accepted', async () => {
    const { engine } = await openEngine('28.5');
    const { pid } = engine.get().target;
    const refused = await engine.act('restart', { accept: [] });
    expect(refused).toMatchObject({
      result: 'refused',
      problem: { kind: 'containers.endangered', verdicts: ['stops'] },
    });
    expect(engine.get().target.pid).toBe(pid);
    const done = await engine.act('restart', { accept: ['stops'] });
    expect(done).toMatchObject({ result: 'applied', problem: null, containers: { before: 3, kept: 0 } });
    expect(done.containers.all.every(({ foretold }) => foretold === 'stops')).toBe(true);
  });

  test('somebody else’s stop does not wait for our event stream', async () => {
    const { sandbox, engine } = await openEngine('28.5', { config: '{"live-restore": true}' });
    const began = Date.now();
    await sandbox.manager.stop();
    // An open stream alone keeps it for 4 to 5 s, however fast the machine is.
    expect(Date.now() - began).toBeLessThan(4_000);
    await until(engine, ({ engine: { state } }) => state === 'stopped');
    await sandbox.manager.start();
    await until(engine, ({ engine: { state } }) => state === 'running');
  });

  test('stopped with live restore, the processes are counted without the API', async () => {
    const { engine } = await openEngine('28.5', { config: '{"live-restore": true}' });
    const outcome = await engine.act('stop', { accept: [] });
    expect(outcome).toMatchObject({ verb: 'stop', result: 'applied', containers: { before: 3, kept: 3 } });
    const started = await engine.act('start', { accept: [] });
    expect(started).toMatchObject({ result: 'applied', containers: { before: 3, kept: 3 } });
  });

  test('a broken file is shown with its fault, refused for a restart, and never replaced by us', async () => {
    const { sandbox, engine } = await openEngine('28.5');
    const broken = '{\n  "debug": true,\n}\n';
    writeFileSync(sandbox.configPath, broken);
    const view = await until(engine, ({ config }) => config.state === 'unreadable');
    expect(view.config).toMatchObject({
      problem: { kind: 'config.invalid', fault: 'trailing-comma', place: { line: 2 } },
      text: broken,
    });
    expect(await engine.act('restart', { accept: ['stops'] })).toMatchObject({ result: 'refused' });
    expect(await engine.apply(setting(['debug', true]), { etag: etagOf(engine), accept: [] })).toMatchObject({
      result: 'refused',
    });
    expect(readFileSync(sandbox.configPath, 'utf8')).toBe(broken);
    const fixed = await engine.apply(
      { kind: 'text', text: '{\n  "debug": true\n}\n' },
      { etag: etagOf(engine), accept: [] },
    );
    expect(fixed).toMatchObject({ result: 'applied', effect: 'reload' });
  });
});

describe('of two looks at once the one that was begun later counts', () => {
  /** An engine whose next answer of this port comes only when `release` is called; `held` resolves when it is asked. */
  async function holding(port: 'machine' | 'identify') {
    const { sandbox, parent } = await openSandbox('28.5');
    const platform = platformFor(parent);
    platform.adopt(sandbox);
    let hold: (() => Promise<void>) | null = null;
    async function late<T>(answer: Promise<T>): Promise<T> {
      const wait = hold;
      hold = null;
      const given = await answer;
      await wait?.();
      return given;
    }
    let examined: number | null = null;
    const slow = {
      ...platform,
      machineLook(...given: Parameters<typeof platform.machineLook>) {
        examined = given[0].pid;
        return platform.machineLook(...given);
      },
      machine: (...given: Parameters<typeof platform.machine>) =>
        port === 'machine' ? late(platform.machine(...given)) : platform.machine(...given),
      identify: (...given: Parameters<typeof platform.identify>) =>
        port === 'identify' ? late(platform.identify(...given)) : platform.identify(...given),
    };
    const engine = createEngine(slow, { host: sandbox.endpoint, context: null, configFile: null, manager: null });
    afterwards(() => engine.close());
    await engine.settled();
    await until(engine, ({ engine: { state } }) => state === 'running');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const nextHeld = (): Promise<void> =>
      new Promise((isHeld) => {
        hold = () => {
          isHeld();
          return released;
        };
      });
    /** The process that the doctor looked at last. */
    return { sandbox, engine, nextHeld, release, examined: () => examined };
  }
  /** What follows from an answer is noted by now. */
  const noted = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('the file', async () => {
    const { sandbox, engine, nextHeld, release } = await holding('machine');
    const held = nextHeld();
    writeFileSync(sandbox.configPath, '{"debug": true}');
    await held;
    writeFileSync(sandbox.configPath, '{"debug": false}');
    await until(engine, ({ config }) => config.state === 'read' && config.values['debug'] === false);
    release();
    await noted();
    expect(engine.get().config).toMatchObject({ state: 'read', values: { debug: false } });
  });

  test('the process', async () => {
    const { sandbox, engine, nextHeld, release, examined } = await holding('identify');
    const held = nextHeld();
    const before = engine.get().target.pid;
    const refreshed = engine.refresh();
    await held;
    await sandbox.manager.restart();
    await until(engine, (view) => view.engine.state === 'running' && view.target.pid !== before);
    await engine.doctor();
    release();
    await refreshed;
    expect(examined()).toBe((await sandbox.manager.state()).pid);
  });
});

describe('looking must not touch', () => {
  test('a socket behind which no daemon runs is never connected to, however often it is looked at', async () => {
    const folder = shortFolder();
    const path = join(folder, 'docker.sock');
    let connections = 0;
    const armed = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => armed.listen(path, resolve));
    afterwards(() => new Promise<void>((resolve) => void armed.close(() => resolve())));
    const engine = createEngine(platformFor(folder), {
      host: `unix://${path}`,
      context: null,
      configFile: null,
      manager: null,
    });
    afterwards(() => engine.close());
    const view = await engine.settled();
    expect(view.engine.state).toBe('absent');
    expect(view.target.access).toMatchObject({ kind: 'read-only' });
    for (let i = 0; i < 20; i += 1) await engine.refresh();
    expect(await engine.act('restart', { accept: ['stops'] })).toMatchObject({
      result: 'refused',
      problem: { kind: 'target.read-only' },
    });
    expect(connections).toBe(0);
  });
});

describe('the sandbox', () => {
  test('leaves no process, mount, control group or file behind', async () => {
    const { sandbox } = await openSandbox('28.5');
    const group = `afloat-${sandbox.folder.slice(-6)}`;
    const look = () => ({
      mounts: linesOf('/proc/self/mountinfo').filter((line) => line.includes(sandbox.folder)),
      groups: readdirSync('/sys/fs/cgroup').filter((name) => existsSync(join('/sys/fs/cgroup', name, group))),
      processes: readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(sandbox.folder)),
      files: existsSync(sandbox.folder),
    });
    expect(look().processes.length).toBeGreaterThan(3);
    await sandbox.end();
    expect(look()).toEqual({ mounts: [], groups: [], processes: [], files: false });
  });
});

const linesOf = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n');

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Ended between listing and looking.
    return '';
  }
}
