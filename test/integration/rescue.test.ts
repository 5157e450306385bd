// A daemon that nothing restarts is killed with live restore off: whoever still runs is found, and saved by the next start.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineView } from '@contract/snapshot.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon, type Version } from './real-daemon.ts';

const config = '{\n\t"debug": true\n}\n';
const seeds = [
  { name: 'sleeper', command: ['sleep', '3600'] },
  { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 },
];
let stateFolder: string;
let daemon: RealDaemon;
let engine: Engine;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'afr-'));
});
afterEach(async () => {
  await engine.close();
  await daemon.dispose();
  rmSync(stateFolder, { recursive: true });
});

const newEngine = (): Engine =>
  createEngine(createPlatform({ stateFolder }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
  });

function until<T>(pick: (view: EngineView) => T | null): Promise<T> {
  return new Promise((resolve) => {
    const stop = engine.watch((view) => {
      const picked = pick(view);
      if (picked === null) return;
      resolve(picked);
      queueMicrotask(() => stop());
    });
  });
}

/** Runs, is killed, and its containers run on; resolves with their processes. */
async function crashed(version: Version): Promise<ReadonlyMap<string, number>> {
  daemon = await startRealDaemon({ version, manager: 'bare-process', config, containers: seeds });
  const pids = new Map<string, number>();
  for (const { name } of seeds) pids.set(name, await daemon.containerPid(name));
  engine = newEngine();
  await engine.settled();
  await daemon.kill('SIGKILL');
  return pids;
}

describe.each(versions)('dockerd %s', (version) => {
  test('all are found without the daemon and saved by the start', async () => {
    const pids = await crashed(version);
    const rescue = await until((view) => view.rescue);
    expect(rescue.blocked).toBeNull();
    expect(rescue.containers.map(({ name, pid }) => [name, pid])).toEqual([...pids]);
    expect(engine.get().outage?.containers).toMatchObject(rescue.containers);
    const outcome = await engine.rescue({ etag: rescue.etag, keep: true });
    expect(outcome).toMatchObject({
      result: 'applied',
      problem: null,
      file: 'new',
      containers: { before: 2, kept: 2 },
    });
    for (const [name, pid] of pids) expect(await daemon.containerPid(name)).toBe(pid);
    expect(readFileSync(daemon.configPath, 'utf8')).toBe('{\n\t"debug": true,\n\t"live-restore": true\n}\n');
    expect(engine.get()).toMatchObject({ rescue: null, outage: null, fallen: null, liveRestore: { effective: true } });
  });
});

test('set back, the file has its old bytes and the daemon its old value, and all still run', async () => {
  const pids = await crashed('28.5');
  const rescue = await until((view) => view.rescue);
  const outcome = await engine.rescue({ etag: rescue.etag, keep: false });
  expect(outcome).toMatchObject({ result: 'applied', problem: null, file: 'restored', containers: { kept: 2 } });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(config);
  for (const [name, pid] of pids) expect(await daemon.containerPid(name)).toBe(pid);
  expect(engine.get().liveRestore).toMatchObject({ effective: false, file: null });
});

test('one that was saved by nobody is named when the daemon is back, and started again', async () => {
  const pids = await crashed('28.5');
  await until((view) => view.rescue);
  await daemon.start();
  const fallen = await until((view) => view.fallen);
  expect(fallen.containers.map(({ name }) => name)).toEqual(['sleeper', 'web']);
  for (const pid of pids.values()) expect(isAlive(pid)).toBe(false);
  expect(await engine.startAgain()).toEqual({ ok: true, value: null });
  for (const name of pids.keys()) expect(isAlive(await daemon.containerPid(name))).toBe(true);
  await until((view) => (view.fallen === null ? true : null));
});
