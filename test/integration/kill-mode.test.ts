// What systemd's KillMode does to containers whose shims stand in the daemon's own unit, as an ordinary user is told it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineView } from '@contract/snapshot.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession, type UserSession } from '../host/user-session.ts';
import { setting } from './open-sandbox.ts';

let host: TestHost;
let session: UserSession;
beforeAll(async () => {
  host = await upHost({ user: { groups: ['docker'] }, containers: [] });
  // Without containerd's own service the daemon runs one itself, and the shims are that one's children.
  await host.say('systemctl', 'mask', '--now', 'containerd.service');
  await withMode('process');
  await host.say('systemctl', 'restart', 'docker.service');
  await host.say('docker', 'run', '--detach', '--name', 'db', 'afloat/sandbox:1', 'sleep', '2147483647');
  session = await openSession(host, 'right');
}, 120_000);
afterAll(() => endSessions(host, session));

/** systemd goes by what the unit says when it is stopped. */
async function withMode(mode: string): Promise<void> {
  const lines = ['[Service]', 'ExecStart=', 'ExecStart=/usr/sbin/dockerd -H fd://', `KillMode=${mode}`];
  const folder = '/etc/systemd/system/docker.service.d';
  await host.say('sh', '-c', `mkdir -p ${folder}; printf '%s\\n' "$@" >${folder}/mode.conf`, 'sh', ...lines);
  await host.say('systemctl', 'daemon-reload');
}

const told = (view: EngineView) => view.findings.flatMap(({ about }) => (about.kind === 'doctor' ? [about] : []));

/** The container runs, the unit is read afresh, and that is seen. */
async function begin(mode: string): Promise<number> {
  await withMode(mode);
  await host.say('docker', 'start', 'db');
  const pid = await host.containerPid('db');
  await session.engine.until((view) => view.containers?.list[0]?.pid === pid);
  await session.engine.refresh();
  return pid;
}

test.each([
  ['process', true],
  ['mixed', false],
  ['control-group', false],
] as const)('with KillMode=%s the container survives a restart: %s, as foretold', async (mode, survives) => {
  const before = await begin(mode);
  const { engine } = session;
  expect(told(engine.get())).toMatchObject(survives ? [] : [{ check: 'kill-mode', killMode: mode }]);
  const plan = await engine.plan(setting(['mtu', 1400]));
  expect(plan.ok && plan.value.containers).toMatchObject([
    survives
      ? { name: 'db', reasons: [{ kind: 'live-restore-on' }] }
      : { name: 'db', verdict: 'stops', reasons: [{ kind: 'kill-mode', killMode: mode }] },
  ]);

  const outcome = await engine.act('restart', survives ? [] : ['stops']);
  const kept = survives ? 1 : 0;
  expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { before: 1, kept } });
  expect(await host.containerPid('db')).toBe(survives ? before : 0);
});

test('with KillMode=none nothing is begun, because the daemon would not end; by hand it fails', async () => {
  const before = await begin('none');
  const { engine } = session;
  expect(told(engine.get())).toEqual([{ kind: 'doctor', check: 'never-ended', unit: 'docker.service' }]);
  const { pid } = engine.get().target;
  for (const verb of ['restart', 'stop'] as const) {
    const outcome = await engine.act(verb, ['stops']);
    expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'service.never-ends' } });
  }
  const change = await engine.apply(setting(['mtu', 1400]), ['stops']);
  expect(change).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind: 'service.never-ends' } });
  expect([engine.get().target.pid, await host.containerPid('db')]).toEqual([pid, before]);

  await host.exec(['systemctl', 'restart', 'docker.service']);
  // The journal may be a line behind.
  await expect
    .poll(async () => (await host.exec(['journalctl', '--unit=docker.service', '--output=cat', '--lines=50'])).stdout)
    .toContain(`process with PID ${pid} is still running`);
});
