// A file is broken by hand and the daemon does not start: the version with which it ran is known, and one step brings both back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDown } from '@contract/down.ts';
import type { WayBack } from '@contract/history.ts';
import type { EngineView } from '@contract/snapshot.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon, type Version } from './real-daemon.ts';

const broken = '{\n\t"debug": true,\n}\n';
let stateFolder: string;
let daemon: RealDaemon;
let engine: Engine;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'afb-'));
});
afterEach(async () => {
  await engine.close();
  await daemon.dispose();
  rmSync(stateFolder, { recursive: true });
});

function until(met: (view: EngineView) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.watch((view) => {
      if (!met(view)) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

async function watching(): Promise<void> {
  engine = createEngine(createPlatform({ stateFolder }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
    watchful: true,
  });
  await engine.settled();
  // Answered when all that was seen is written down.
  await engine.history();
}

/** The daemon is gone, its containers run on, and somebody has broken its file; resolves with the container's process. */
async function brokenWhileDown(version: Version, config: string): Promise<number> {
  daemon = await startRealDaemon({
    version,
    manager: 'bare-process',
    config,
    containers: [{ name: 'sleeper', command: ['sleep', '3600'] }],
  });
  const pid = await daemon.containerPid('sleeper');
  await watching();
  await daemon.kill('SIGKILL');
  writeFileSync(daemon.configPath, broken);
  await until((view) => isDown(view.engine) && view.outage !== null && view.config.state === 'unreadable');
  return pid;
}

async function found(): Promise<WayBack> {
  const answer = await engine.wayBack();
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.value;
}

const etagNow = (): string | null => {
  const { config } = engine.get();
  return 'etag' in config ? config.etag : null;
};

describe.each(versions)('dockerd %s', (version) => {
  test('with live restore off it is turned on for that start, and everybody runs on', async () => {
    const config = '{\n\t"debug": true\n}\n';
    const pid = await brokenWhileDown(version, config);
    const { version: working, plan, saves } = await found();
    expect(working.ran?.how).toBe('started');
    expect(saves).toBe(1);
    expect(plan).toMatchObject({ verb: 'start', blocked: null, needs: [], text: { before: broken, after: config } });
    expect(plan.containers).toMatchObject([{ name: 'sleeper', verdict: 'keeps-running' }]);
    const outcome = await engine.goBack({ id: working.id, etag: etagNow(), accept: [] });
    expect(outcome).toMatchObject({
      result: 'applied',
      problem: null,
      file: 'new',
      containers: { before: 1, kept: 1 },
    });
    expect(readFileSync(daemon.configPath, 'utf8')).toBe(config);
    expect(await daemon.containerPid('sleeper')).toBe(pid);
    expect(engine.get().liveRestore).toMatchObject({ effective: false, file: null });
  });
});

test('with live restore on nothing else is written', async () => {
  const config = '{\n\t"live-restore": true\n}\n';
  const pid = await brokenWhileDown('28.5', config);
  const { version: working, saves } = await found();
  expect(saves).toBeNull();
  const outcome = await engine.goBack({ id: working.id, etag: etagNow(), accept: [] });
  expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { kept: 1 } });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(config);
  expect(await daemon.containerPid('sleeper')).toBe(pid);
});

test('a file that changed since it was shown is not replaced', async () => {
  const pid = await brokenWhileDown('28.5', '{\n\t"debug": true\n}\n');
  const { version: working } = await found();
  const shown = etagNow();
  writeFileSync(daemon.configPath, '{\n\t"debug": tru\n}\n');
  const outcome = await engine.goBack({ id: working.id, etag: shown, accept: [] });
  expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'config.changed' }, file: 'unchanged' });
  expect(isAlive(pid)).toBe(true);
});

test('what it took by a reload and cannot start with is not what it goes back to', async () => {
  const config = '{\n\t"debug": true\n}\n';
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process', config });
  await watching();
  // A reload does not look at this option; a start fails with it.
  writeFileSync(daemon.configPath, '{\n\t"debug": false,\n\t"storage-driver": "nosuch"\n}\n');
  process.kill(daemon.pid() ?? 0, 'SIGHUP');
  await until(({ engine: now }) => 'facts' in now && !now.facts.debug);
  await daemon.kill('SIGKILL');
  await until((view) => isDown(view.engine));
  const { version: working, plan } = await found();
  expect(plan.text?.after).toBe(config);
  expect(working.ran?.how).toBe('started');
});

test('a file that was broken before anybody of ours saw it has no version to go back to', async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process', config: '{}\n' });
  writeFileSync(daemon.configPath, broken);
  await watching();
  await daemon.kill('SIGKILL');
  await until((view) => isDown(view.engine));
  expect(await engine.wayBack()).toEqual({ ok: false, problem: { kind: 'way-back.unknown' } });
});

test('one that began with the very file that is there has nothing to go back to', async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process', config: '{}\n' });
  await watching();
  await daemon.kill('SIGKILL');
  await until((view) => isDown(view.engine));
  expect(await engine.wayBack()).toMatchObject({ ok: false, problem: { kind: 'way-back.in-file' } });
});
