// What a restart or a start would take that nobody asks for now: told beforehand, and put back without a second loss.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { unforeseenEdits, unforeseenLine } from '../fakes/unforeseen.ts';
import { afterwards, etagOf, platformFor, setting, shortFolder, until } from './open-sandbox.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon, type RealDaemonOptions } from './real-daemon.ts';

type Opened = { readonly daemon: RealDaemon; readonly engine: Engine; readonly pid: number };

async function opened(
  config: string,
  flags: readonly string[] = [],
  more: Partial<Pick<RealDaemonOptions, 'version' | 'containers'>> = {},
): Promise<Opened> {
  const daemon = await startRealDaemon({
    version: '28.5',
    manager: 'bare-process',
    config,
    flags,
    containers: [{ name: 'db', command: ['sleep', '3600'] }],
    ...more,
  });
  afterwards(() => daemon.dispose());
  const asked = { host: daemon.endpoint, context: null, configFile: null, manager: null };
  const engine = createEngine(platformFor(shortFolder()), asked);
  afterwards(() => engine.close());
  await engine.settled();
  return { daemon, engine, pid: await daemon.containerPid('db') };
}

test('an apply is refused for what somebody else wrote into the file and never started with', async () => {
  const { daemon, engine, pid } = await opened('{ "live-restore": true }\n');
  const byHand = '{ "live-restore": true, "containerd-namespace": "other" }\n';
  writeFileSync(daemon.configPath, byHand);
  await until(engine, ({ config }) => config.state === 'read' && 'containerd-namespace' in config.values);
  const before = daemon.pid();
  expect(await engine.apply(setting(['mtu', 1400]), { etag: etagOf(engine), accept: [] })).toMatchObject({
    result: 'refused',
    problem: { kind: 'containers.endangered', verdicts: ['lost'], names: ['db'] },
  });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(byHand);
  expect(daemon.pid()).toBe(before);
  expect(await daemon.containerPid('db')).toBe(pid);

  // What only reloads leaves it where it is.
  expect(await engine.apply(setting(['debug', true]), { etag: etagOf(engine), accept: [] })).toMatchObject({
    result: 'applied',
    effect: 'reload',
    containers: { before: 1, kept: 1 },
  });
  expect(await daemon.containerPid('db')).toBe(pid);
});

test('a rescue that would lose whom it is for is refused before the file is written', async () => {
  const { daemon, engine, pid } = await opened('{}\n');
  const byHand = '{ "containerd-namespace": "other" }\n';
  writeFileSync(daemon.configPath, byHand);
  await until(engine, ({ config }) => config.state === 'read' && 'containerd-namespace' in config.values);
  await daemon.kill('SIGKILL');
  const { rescue } = await until(engine, (view) => view.rescue !== null);
  expect(rescue?.containers).toMatchObject([{ name: 'db', pid }]);
  expect(await engine.rescue({ etag: rescue?.etag ?? null, keep: true })).toMatchObject({
    result: 'refused',
    file: 'unchanged',
    problem: { kind: 'rescue.would-lose', keys: ['containerd-namespace'], names: ['db'] },
  });
  // Nor does a plain start go on without a word.
  expect(await engine.act('start', { accept: ['stops'] })).toMatchObject({ result: 'refused' });
  expect(isAlive(pid)).toBe(true);
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(byHand);

  writeFileSync(daemon.configPath, '{}\n');
  await until(engine, ({ config }) => config.state === 'read' && !('containerd-namespace' in config.values));
  expect(await engine.rescue({ etag: etagOf(engine), keep: true })).toMatchObject({
    result: 'applied',
    containers: { before: 1, kept: 1 },
  });
  expect(await daemon.containerPid('db')).toBe(pid);
});

test('a change that does not start is put back beside a flag, with everybody alive', async () => {
  const { daemon, engine, pid } = await opened('{}\n', ['--live-restore']);
  const outcome = await engine.apply(setting(...unforeseenEdits), { etag: etagOf(engine), accept: ['start-fails'] });
  expect(outcome).toMatchObject({
    result: 'rolled-back',
    file: 'restored',
    problem: { kind: 'daemon.not-up' },
    containers: { before: 1, kept: 1 },
  });
  expect(outcome.log.join('\n')).toContain(unforeseenLine);
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{}\n');
  await until(engine, ({ engine: { state } }) => state === 'running');
  expect(await daemon.containerPid('db')).toBe(pid);
});

test.each(versions)(
  '%s: whoever sits at a docker exec is told of before a restart, and is cut off',
  async (version) => {
    const config = {
      Healthcheck: { Test: ['CMD', 'sleep', '3599'], Interval: 100_000_000, Timeout: 3_600_000_000_000 },
    };
    const containers = [{ name: 'db', command: ['sleep', '3600'], config }];
    const { daemon, engine } = await opened('{"live-restore":true}\n', [], { version, containers });
    const execs = async (): Promise<unknown> => {
      const planned = await engine.planVerb('restart');
      return planned.ok && planned.value.containers[0]?.reasons.find(({ kind }) => kind === 'execs-cut');
    };
    const commands = async (): Promise<readonly string[]> => {
      const { Processes } = JSON.parse(await daemon.api('GET', '/containers/db/top')) as { Processes: string[][] };
      return Processes.map((columns) => columns.at(-1) ?? '');
    };
    // The health check hangs: it runs all the time.
    await expect.poll(commands).toContain('sleep 3599');
    expect(await execs()).toBeUndefined();
    const made = JSON.parse(await daemon.api('POST', '/containers/db/exec', { Cmd: ['sleep', '3598'] })) as {
      Id: string;
    };
    expect(await execs()).toBeUndefined();
    await daemon.api('POST', `/exec/${made.Id}/start`, { Detach: true });
    expect(await execs()).toEqual({ kind: 'execs-cut', count: 1 });

    const { result, audit } = await engine.act('restart', { accept: [] });
    expect(result).toBe('applied');
    // Its health is not checked any more on 20.10; nothing else is not as it was.
    const others = audit?.containers.flatMap(({ deviations }) => deviations).map(({ kind }) => kind);
    expect(others).toEqual(version === '20.10' ? ['health-stopped'] : []);
    await expect(daemon.api('GET', `/exec/${made.Id}/json`)).rejects.toThrow(/404/);
    expect(await commands()).toContain('sleep 3598');
    expect(await execs()).toBeUndefined();
  },
);
