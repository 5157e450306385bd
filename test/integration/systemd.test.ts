// A daemon that is a systemd unit, on a machine of its own with a real systemd: seen, left alone, changed, restarted.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type HostOptions, type TestHost } from '../host/test-host.ts';
import { setting, versions } from './open-sandbox.ts';

const containers = [
  { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 },
  { name: 'db', command: ['sleep', '2147483647'] },
] as const;

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

async function hostWith(options: HostOptions = {}): Promise<TestHost> {
  const host = await upHost({ containers, ...options });
  ending.push(() => host.down());
  return host;
}

async function engineOn(host: TestHost): Promise<EngineInside> {
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  return engine;
}

const shown = (host: TestHost, property: string, unit = 'docker.service'): Promise<string> =>
  host.say('systemctl', 'show', unit, '--value', '--property', property);
const configOf = (host: TestHost): string => readFileSync(host.path('/etc/docker/daemon.json'), 'utf8');
const pidsIn = (engine: EngineInside) =>
  engine.get().containers?.list.map(({ name, pid, state }) => [name, state, pid]);

describe.each(versions)('dockerd %s as docker.service', (dockerVersion) => {
  test('is known for what it is, and takes live restore by a reload and an MTU by a restart', async () => {
    const host = await hostWith({ dockerVersion, daemonJson: null });
    const engine = await engineOn(host);
    const first = engine.get();
    const mainPid = Number(await shown(host, 'MainPID'));
    expect(first.target).toMatchObject({
      endpoint: 'unix:///var/run/docker.sock',
      manager: 'systemd',
      unit: 'docker.service',
      pid: mainPid,
      flags: ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
      configPath: '/etc/docker/daemon.json',
      access: { kind: 'proven' },
    });
    expect(first.engine).toMatchObject({ state: 'running', facts: { liveRestore: false } });
    expect(await engine.killMode()).toBe('process');
    const pids = pidsIn(engine);

    const reloaded = await engine.apply(setting(['live-restore', true]));
    expect(reloaded).toMatchObject({
      result: 'applied',
      effect: 'reload',
      file: 'new',
      problem: null,
      apiDowntimeMs: 0,
      proof: { info: [{ key: 'live-restore', value: 'true' }], pidBefore: mainPid, pidAfter: mainPid },
    });
    expect(reloaded.proof?.event).toMatch(/^\d{19}$/);

    const restarted = await engine.apply(setting(['mtu', 1400]));
    expect(restarted).toMatchObject({
      result: 'applied',
      effect: 'restart',
      problem: null,
      containers: { before: 2, kept: 2, stopped: [], lost: [] },
    });
    expect(restarted.proof?.pidAfter).toBe(Number(await shown(host, 'MainPID')));
    expect(restarted.proof?.pidAfter).not.toBe(mainPid);
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(pidsIn(engine)).toEqual(pids);
    expect(JSON.parse(configOf(host))).toEqual({ 'live-restore': true, mtu: 1400 });
  });
});
