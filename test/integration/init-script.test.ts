// A daemon of an init script, on a machine of its own without systemd: reloaded by signal, its script never believed.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { setting, versions } from './open-sandbox.ts';
import type { Version } from './real-daemon.ts';
import { unforeseenEdits, unforeseenLine } from '../fakes/unforeseen.ts';

const containers = [{ name: 'db', command: ['sleep', '2147483647'] }] as const;

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

async function hostWith(dockerVersion: Version = '28.5'): Promise<{ host: TestHost; engine: EngineInside }> {
  const host = await upHost({ init: 'sysv', dockerVersion, containers });
  ending.push(() => host.down());
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  return { host, engine };
}

const configOf = (host: TestHost): string => readFileSync(host.path('/etc/docker/daemon.json'), 'utf8');
const pidIn = async (host: TestHost, file: string): Promise<number> => Number(await host.say('cat', file));

describe.each(versions)('dockerd %s of an init script', (version) => {
  test('is reloaded by a signal, restarted by its script, and keeps its containers', async () => {
    const { host, engine } = await hostWith(version);
    const container = await host.containerPid('db');
    const pid = await pidIn(host, '/var/run/docker-ssd.pid');
    expect(engine.get().target).toMatchObject({
      manager: 'init-script',
      unit: '/etc/init.d/docker',
      pid,
      flags: ['-p', '/var/run/docker.pid'],
      configPath: '/etc/docker/daemon.json',
      access: { kind: 'proven' },
    });
    // The script has no such verb.
    expect((await host.exec(['/etc/init.d/docker', 'reload'])).code).not.toBe(0);
    const reloaded = await engine.apply(setting(['debug', true]));
    expect(reloaded).toMatchObject({
      result: 'applied',
      effect: 'reload',
      problem: null,
      proof: { pidBefore: pid, pidAfter: pid, info: [{ key: 'debug', value: 'true' }] },
    });
    expect(reloaded.proof?.event).toMatch(/^\d{19}$/);

    const restarted = await engine.apply(setting(['mtu', 1400]));
    expect(restarted).toMatchObject({
      result: 'applied',
      effect: 'restart',
      problem: null,
      containers: { before: 1, kept: 1 },
    });
    const after = await pidIn(host, '/var/run/docker-ssd.pid');
    expect(after).not.toBe(pid);
    expect(restarted.proof).toMatchObject({ pidBefore: pid, pidAfter: after });
    expect(await host.containerPid('db')).toBe(container);
  });
});

describe('the init script', () => {
  test('is not believed: a daemon that does not come up is put back, with its own line', async () => {
    const { host, engine } = await hostWith();
    const container = await host.containerPid('db');
    const before = configOf(host);
    const outcome = await engine.apply(setting(...unforeseenEdits), ['start-fails']);
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      file: 'restored',
      problem: { kind: 'daemon.not-up' },
      containers: { before: 1, kept: 1 },
    });
    expect(outcome.log.join('\n')).toContain(unforeseenLine);
    expect(configOf(host)).toBe(before);
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(await host.containerPid('db')).toBe(container);
    expect(engine.get().target).toMatchObject({ manager: 'init-script', access: { kind: 'proven' } });

    // The control: the script itself says that all is well with the same file, and nothing runs.
    await host.say('sh', '-c', 'echo \'{ "storage-driver": "nope" }\' >/etc/docker/daemon.json');
    expect((await host.exec(['/etc/init.d/docker', 'restart'])).code).toBe(0);
    // Its line is the last thing that such a daemon does: it may come after the state.
    await engine.until(
      ({ engine: now }) =>
        now.state === 'failed' && now.log.some((line) => line.includes('driver not supported: nope')),
    );
    expect((await host.exec(['/etc/init.d/docker', 'status'])).code).not.toBe(0);
  });

  test('stops and starts it; a new look knows how it would be started', async () => {
    const { host, engine } = await hostWith();
    const container = await host.containerPid('db');
    await host.say('sh', '-c', `echo 'DOCKER_OPTS="--label a=b"' >>/etc/default/docker`);
    expect(await engine.act('stop')).toMatchObject({ result: 'applied', containers: { before: 1, kept: 1 } });
    await engine.until(({ engine: { state } }) => state === 'stopped');
    const another = await openEngineInside(host);
    ending.push(() => another.close());
    expect(another.get()).toMatchObject({
      engine: { state: 'stopped' },
      target: { manager: 'init-script', pid: null, flags: ['--label', 'a=b'], access: { kind: 'proven' } },
    });
    expect(await another.act('start')).toMatchObject({ result: 'applied', problem: null });
    for (const one of [engine, another]) {
      const { target } = await one.until(({ engine: { state } }) => state === 'running');
      expect(target.flags).toContain('a=b');
    }
    expect(await host.containerPid('db')).toBe(container);
  });

  test('does not start it again when it is killed: it is seen at once, and started here', async () => {
    const { host, engine } = await hostWith();
    const container = await host.containerPid('db');
    await host.say('kill', '-KILL', String(engine.get().target.pid));
    await engine.until(({ engine: { state } }) => state === 'failed');
    expect(await engine.act('start')).toMatchObject({ result: 'applied', problem: null });
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(await host.containerPid('db')).toBe(container);
  });
});

test('the step with root’s rights reloads it, too, and outlives its asker', async () => {
  const host = await upHost({ init: 'sysv', containers, user: {} });
  ending.push(() => host.down());
  const container = await host.containerPid('db');
  const change = { kind: 'patch', patch: [{ path: ['debug'], set: true }] };
  const request = JSON.stringify({ version: 1, verb: 'apply', change, etag: 'unseen', accept: [] });
  // Once the first step is told, the asker is killed with everything in his process group.
  const script = `cd "$(mktemp -d)" && mkfifo told && {
    { echo "$0"; read -r step <told; kill -KILL 0; } | /usr/lib/afloat/afloat-privileged control | { head -n 1 >told; cat; }
  }`;
  await host.exec(['setsid', '--wait', '/bin/sh', '-c', script, request]);
  await expect.poll(() => configOf(host), { timeout: 20_000 }).toBe('{ "live-restore": true, "debug": true }\n');
  const kept = async (): Promise<unknown> => JSON.parse(await host.say('cat', '/var/lib/afloat/last-outcome.json'));
  await expect
    .poll(() => kept().catch(() => null), { timeout: 20_000 })
    .toMatchObject({
      verb: 'apply',
      result: 'applied',
      effect: 'reload',
      file: 'new',
    });
  expect(await host.containerPid('db')).toBe(container);
});
