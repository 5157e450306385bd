// A rootless daemon in a user's own systemd, beside the system's: found, followed, and its containers told rightly that
// they do not survive; those of the other daemon are none of its.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../../electron/platform/sandbox-seed.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { programsFor } from './real-daemon.ts';
import { openShell, type Shell } from '../host/shell.ts';

const cliFolder = fileURLToPath(new URL('../../out/cli', import.meta.url));
const script = fileURLToPath(new URL('../host/rootless.sh', import.meta.url));

let host: TestHost;
let shell: Shell;
let afloat = '';
let uid = '';
beforeAll(async () => {
  host = await upHost({ user: {}, containers: [{ name: 'neighbor', command: ['sleep', '2147483647'] }] });
  // Its storage wants a file system that is no overlay, and its network a device.
  await host.say('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/home');
  await host.say('sh', '-c', 'cp -a /etc/skel /home/alice && chown -R alice: /home/alice');
  await host.say('sh', '-c', 'mkdir -p /dev/net && mknod -m 666 /dev/net/tun c 10 200');
  // The machine's own /proc is partly covered, and below that no container of a user may mount one.
  await host.say('sh', '-c', 'mkdir /srv/proc && mount -t proc -o nosuid,nodev,noexec proc /srv/proc');
  afloat = `/opt/node ${host.bring(cliFolder)}/afloat.cjs`;
  uid = await host.say('id', '-u', 'alice');
  shell = openShell(host);
  await shell.run(`${host.bring(script)} install`);
}, 120_000);
afterAll(async () => {
  shell?.close();
  await host?.down();
});

/** Ends when it is told to. */
const web = { name: 'web', command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1; done'] };

const asked = async (words: string): Promise<unknown> =>
  JSON.parse(await shell.run(`DOCKER_HOST=unix:///run/user/${uid}/docker.sock ${afloat} ${words} --json || :`));

test('its stopped unit is known, its restart is foretold as it comes, and it is started and stopped', async () => {
  expect(await asked('status')).toMatchObject({
    engine: { state: 'stopped', manager: 'systemd-user', unit: 'docker.service', pid: null },
    config: { path: '/home/alice/.config/docker/daemon.json', state: 'absent' },
    // The system's containers run, and are held by nobody that could be this daemon's.
    outage: { containers: [] },
    rescue: null,
  });
  const neighbor = await host.containerPid('neighbor');
  expect(await asked('start')).toMatchObject({ result: 'applied' });
  const socket = join(host.path(`/run/user/${uid}`), 'docker.sock');
  await seed(socket, programsFor('28.5').busybox, [web]);
  expect(await asked('apply live-restore=true --yes')).toMatchObject({ result: 'applied', effect: 'reload' });
  expect(await asked('status')).toMatchObject({
    engine: { state: 'running', manager: 'systemd-user', unit: 'docker.service', rootless: true },
    config: { path: '/home/alice/.config/docker/daemon.json', state: 'read' },
    liveRestore: { effective: true, file: true },
    containers: { running: 1 },
  });

  // Live restore is on, and yet they end: the unit kills all that it holds.
  expect(await asked('restart')).toMatchObject({ result: 'refused' });
  expect(await asked('plan max-concurrent-downloads=4 debug=true')).toMatchObject({ effect: 'reload' });
  expect(await asked('plan log-driver=local')).toMatchObject({
    effect: 'restart',
    containers: [{ name: 'web', verdict: 'stops', reasons: [{ kind: 'rootless' }] }],
  });
  for (let i = 0; i < 4; i += 1) {
    expect(await asked('restart --accept stops')).toMatchObject({ result: 'applied', audit: { orphans: [] } });
  }
  expect(await asked('status')).toMatchObject({ engine: { state: 'running' }, containers: { running: 0, stopped: 1 } });
  expect(await asked('stop')).toMatchObject({ result: 'applied' });
  expect(await asked('status')).toMatchObject({ engine: { state: 'stopped', manager: 'systemd-user' }, rescue: null });
  expect(await host.containerPid('neighbor')).toBe(neighbor);
}, 300_000);
