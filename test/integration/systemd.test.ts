// A daemon that is a systemd unit, on a machine of its own with a real systemd: seen, left alone, changed, restarted.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type HostOptions, type TestHost } from '../host/test-host.ts';
import { setting, versions } from './open-sandbox.ts';
import { unforeseen, unforeseenEdits, unforeseenLine } from '../fakes/unforeseen.ts';

const containers = [
  { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 },
  { name: 'db', command: ['sleep', '2147483647'] },
] as const;

const cliFolder = fileURLToPath(new URL('../../out/cli', import.meta.url));

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
const writing = (values: object): readonly string[] => [
  'sh',
  '-c',
  'printf %s "$1" >/etc/docker/daemon.json',
  'sh',
  JSON.stringify(values),
];
const dropIn = (...lines: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  'cd /etc/systemd/system && mkdir docker.service.d && printf "%s\\n" "$@" >docker.service.d/test.conf && systemctl daemon-reload',
  'sh',
  ...lines,
];
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
    // And the default bridge goes on as it was, which nobody else would say.
    await engine.refresh();
    expect(engine.get().findings.filter(({ about }) => about.kind === 'doctor')).toMatchObject([
      { about: { check: 'bridge-settings', key: 'mtu', wanted: '1400', now: '1500' } },
    ]);
  });
});

test('a flag that is gone from the settings file is gone at the next start, which systemd reads it for', async () => {
  const host = await hostWith({ daemonJson: null });
  const settings = (line: string) => host.say('sh', '-c', 'printf "%s\\n" "$1" >/etc/default/docker', 'sh', line);
  await settings('DOCKER_OPTS=--live-restore');
  await host.say('systemctl', 'restart', 'docker.service');
  await host.api('POST', '/containers/web/start');
  await host.api('POST', '/containers/db/start');
  const engine = await engineOn(host);
  await engine.until(({ containers: now }) => now?.counts.running === 2);
  expect(engine.get()).toMatchObject({ liveRestore: { effective: true, flag: true } });

  await settings('');
  await engine.refresh();
  expect(engine.get().findings).toContainEqual(
    expect.objectContaining({ about: { kind: 'next-start-flags', gone: ['--live-restore'], come: [] } }),
  );
  const endangered = { kind: 'containers.endangered', verdicts: ['stops'] };
  expect(await engine.act('restart')).toMatchObject({ result: 'refused', problem: endangered });
  expect(await engine.apply(setting(['mtu', 1400]))).toMatchObject({ result: 'refused', problem: endangered });
  const pids = pidsIn(engine);
  await engine.refresh();
  expect(pidsIn(engine)).toEqual(pids);

  // It was true.
  expect(await engine.act('restart', ['stops'])).toMatchObject({
    result: 'applied',
    containers: { before: 2, kept: 0 },
  });
});

describe('looking must not touch', () => {
  test('a daemon that somebody stopped stays stopped, however long and often it is looked at', async () => {
    const host = await hostWith();
    const followed = await engineOn(host);
    // docker.socket stays: the next connection starts the daemon.
    await host.say('systemctl', 'stop', 'docker.service');
    await followed.until(({ engine: { state } }) => state === 'armed');
    await host.say('sh', '-c', 'echo DOCKER_OPTS=--label=a=b >>/etc/default/docker');
    const opened = await engineOn(host);
    for (let i = 0; i < 20; i += 1) await Promise.all([followed.refresh(), opened.refresh()]);
    const cli = `${host.bring(cliFolder)}/afloat.cjs`;
    const status = await host.exec(['/opt/node', cli, 'status', '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({ engine: { state: 'armed', manager: 'systemd', pid: null } });
    const watching = host.start(['/opt/node', cli, 'watch', '--json']);
    const told: string[] = [];
    const watchTold = new Promise<void>((resolve) =>
      createInterface({ input: watching.stdout }).on('line', (line) => {
        const { engine } = JSON.parse(line) as { engine: { state: string } };
        told.push(engine.state);
        if (engine.state === 'running') resolve();
      }),
    );
    // Much longer than the 100 ms between two questions to a daemon that is on its way; ends with the unit's own end.
    await host.say('systemd-run', '--quiet', '--wait', '--unit=docker-look', 'sleep', '4');
    await host.say(...writing({ debug: true }));
    for (const engine of [followed, opened]) {
      const view = await engine.until(({ config }) => config.state === 'read' && config.values['debug'] === true);
      expect(view.engine.state).toBe('armed');
      expect(view.target).toMatchObject({
        manager: 'systemd',
        unit: 'docker.service',
        pid: null,
        // Those of its next start.
        flags: ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock', '--label=a=b'],
        access: { kind: 'proven' },
      });
    }
    expect(await shown(host, 'ActiveState')).toBe('inactive');
    expect(await shown(host, 'NAccepted', 'docker.socket')).toBe('0');

    // The same host, one connection: now it starts, and everybody sees it.
    await host.api('GET', '/_ping');
    expect(await shown(host, 'ActiveState')).toBe('active');
    for (const engine of [followed, opened]) await engine.until(({ engine: { state } }) => state === 'running');
    await watchTold;
    expect(told[0]).toBe('armed');
  });
});

describe('a unit that is restarted', () => {
  test('takes more restarts in a minute than its start limit allows', async () => {
    const host = await hostWith();
    const engine = await engineOn(host);
    const pids = pidsIn(engine);
    for (let i = 0; i < 4; i += 1) {
      const outcome = await engine.act('restart');
      expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { before: 2, kept: 2 } });
    }
    expect(await shown(host, 'ActiveState')).toBe('active');
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(pidsIn(engine)).toEqual(pids);
  });

  test.each([
    ['what no check finds, without containers', unforeseen, [], unforeseenLine],
    ['what no check finds', unforeseen, containers, unforeseenLine],
  ])('with %s is put back, up again, and says why', async (_what, values, running, line) => {
    const host = await hostWith({ containers: running });
    const engine = await engineOn(host);
    const pids = pidsIn(engine);
    const before = configOf(host);
    const outcome = await engine.apply(setting(...Object.entries(values)), ['start-fails', 'hides']);
    expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
    expect(outcome.log.join('\n')).toContain(line);
    expect(outcome.containers).toMatchObject({ before: running.length, kept: running.length });
    expect(configOf(host)).toBe(before);
    expect(await shown(host, 'ActiveState')).toBe('active');
    expect(await shown(host, 'ActiveState', 'docker.socket')).toBe('active');
    await engine.until((view) => view.engine.state === 'running' && view.containers?.list.length === running.length);
    expect(pidsIn(engine)).toEqual(pids);
  });
});

test('a flag that stands against the file is named with the drop-in and its line', async () => {
  const host = await hostWith({ containers: [] });
  const start = 'ExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock \\';
  await host.say(...dropIn('[Service]', 'ExecStart=', start, '  --debug'));
  await host.say('systemctl', 'restart', 'docker.service');
  const engine = await engineOn(host);
  const refused = await engine.apply(setting(['debug', true]));
  const where = '/etc/systemd/system/docker.service.d/test.conf:4';
  expect(refused).toMatchObject({ result: 'refused', problem: { kind: 'change.conflicts-with-flag', where } });
});

describe('a unit that goes down', () => {
  test('stays down when it is stopped here, and comes back with its socket', async () => {
    const host = await hostWith();
    const engine = await engineOn(host);
    const pids = pidsIn(engine);
    expect(await engine.act('stop')).toMatchObject({
      result: 'applied',
      problem: null,
      containers: { before: 2, kept: 2 },
    });
    await engine.until(({ engine: { state } }) => state === 'stopped');
    expect(await shown(host, 'ActiveState')).toBe('inactive');
    expect(await shown(host, 'ActiveState', 'docker.socket')).toBe('inactive');
    await expect(host.api('GET', '/_ping')).rejects.toThrow();
    expect(await shown(host, 'ActiveState')).toBe('inactive');

    expect(await engine.act('start')).toMatchObject({
      result: 'applied',
      problem: null,
      containers: { before: 2, kept: 2 },
    });
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(await shown(host, 'ActiveState', 'docker.socket')).toBe('active');
    expect(pidsIn(engine)).toEqual(pids);
  });

  test('that listens by itself is stopped and started without the socket unit of its package', async () => {
    const host = await hostWith();
    const own = [
      '[Service]',
      'Type=notify',
      'ExecStart=/usr/sbin/dockerd -H unix:///run/docker.sock --containerd=/run/containerd/containerd.sock',
      'ExecReload=/bin/kill -s HUP $MAINPID',
      'KillMode=mixed',
      'Delegate=yes',
    ];
    await host.say('sh', '-c', 'printf "%s\\n" "$@" >/etc/systemd/system/docker.service', 'sh', ...own);
    const socketState = (): Promise<string> => shown(host, 'ActiveState', 'docker.socket');
    await host.say('systemctl', 'daemon-reload');
    await host.say('systemctl', 'stop', 'docker.socket', 'docker.service');
    await host.say('systemctl', 'start', 'docker.service');
    expect(await socketState()).toBe('inactive');
    const engine = await engineOn(host);
    expect(engine.get().target).toMatchObject({ manager: 'systemd', access: { kind: 'proven' } });
    expect(await engine.killMode()).toBe('mixed');
    const pids = pidsIn(engine);
    expect(await engine.act('stop')).toMatchObject({ result: 'applied', containers: { kept: 2 } });
    await engine.until(({ engine: { state } }) => state === 'stopped');
    expect(await engine.act('start')).toMatchObject({ result: 'applied', problem: null, containers: { kept: 2 } });
    await engine.until(({ engine: { state } }) => state === 'running');
    expect(await socketState()).toBe('inactive');
    expect(pidsIn(engine)).toEqual(pids);
  });

  test.each(versions)('killed, dockerd %s is started again by its unit and followed', async (dockerVersion) => {
    const host = await hostWith({ dockerVersion });
    const engine = await engineOn(host);
    const pids = pidsIn(engine);
    const { pid } = engine.get().target;
    const states: string[] = [];
    const seenUp = engine.until(({ engine: { state }, target }) => {
      if (states.at(-1) !== state) states.push(state);
      return state === 'running' && target.pid !== pid;
    });
    await host.say('kill', '-KILL', String(pid));
    const up = await seenUp;
    expect(states[0]).toBe('running');
    expect(states.at(-1)).toBe('running');
    // It is never called stopped or failed while its unit is about to start it.
    expect(new Set(states.slice(1, -1))).toEqual(
      new Set(states.filter((state) => /^(starting|stopping)$/.test(state))),
    );
    expect(states).toContain('starting');
    expect(up.target.pid).toBe(Number(await shown(host, 'MainPID')));
    await engine.until((view) => view.containers?.counts.running === 2);
    expect(pidsIn(engine)).toEqual(pids);
  });

  test('that cannot start is shown as failed with its own line, and starts when it is mended', async () => {
    const host = await hostWith();
    const engine = await engineOn(host);
    await host.say(...writing({ 'storage-driver': 'nope' }));
    expect((await host.exec(['systemctl', 'restart', 'docker.service'])).code).not.toBe(0);
    const { engine: status } = await engine.until(({ engine: { state } }) => state === 'failed');
    expect('log' in status ? status.log : []).toContainEqual(expect.stringContaining('driver not supported: nope'));
    await host.say(...writing({ 'live-restore': true }));
    await engine.until(({ config }) => config.state === 'read' && config.values['live-restore'] === true);
    // Its start limit was reached, which took docker.socket down too.
    expect(await engine.act('start')).toMatchObject({ result: 'applied', containers: { before: 2, kept: 2 } });
    expect(await shown(host, 'ActiveState', 'docker.socket')).toBe('active');
  });

  test('whose starts no limit ends is put back while systemd still tries', async () => {
    const host = await hostWith();
    await host.say(...dropIn('[Unit]', 'StartLimitIntervalSec=0', '[Service]', 'RestartSec=200ms'));
    const engine = await engineOn(host);
    const outcome = await engine.apply(setting(...unforeseenEdits), ['start-fails']);
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      file: 'restored',
      problem: { kind: 'daemon.not-up' },
      containers: { before: 2, kept: 2 },
    });
    expect(await shown(host, 'ActiveState')).toBe('active');
    await engine.until(({ engine: { state } }) => state === 'running');
  });

  test('watched while its starts fail, is not started by that', async () => {
    const host = await hostWith({ containers: [] });
    // It counts its own starts: the journal may be a line behind.
    const counted = '/run/afloat-starts';
    await host.say(...dropIn('[Service]', 'Restart=no', `ExecStartPre=/bin/sh -c "echo >>${counted}"`));
    const engine = await engineOn(host);
    await host.say(...writing({ 'storage-driver': 'nope' }));
    const starts = 5;
    for (let i = 0; i < starts; i += 1) {
      await host.say('systemctl', 'reset-failed', 'docker.service');
      expect((await host.exec(['systemctl', 'restart', 'docker.service'])).code).not.toBe(0);
      // What waits in the socket would start it at once.
      await host.say('systemd-run', '--quiet', '--wait', 'sleep', '0.5');
    }
    await engine.until(({ engine: { state } }) => state === 'failed');
    expect(readFileSync(host.path(counted), 'utf8')).toBe('\n'.repeat(starts));
    expect(await shown(host, 'ActiveState', 'docker.socket')).toBe('active');
  });
});
