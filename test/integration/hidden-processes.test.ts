// A user of the docker group on a machine that shows nobody the processes of others (hidepid): systemd's word is enough.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '../host/shell.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const cliFolder = fileURLToPath(new URL('../../out/cli', import.meta.url));

let host: TestHost;
let shell: Shell;
let afloat = '';
beforeAll(async () => {
  const containers = [{ name: 'web', command: ['sleep', '2147483647'] }];
  host = await upHost({ user: { groups: ['docker'] }, containers });
  await host.say('mount', '-o', 'remount,hidepid=2', '/proc');
  afloat = `/opt/node ${host.bring(cliFolder)}/afloat.cjs`;
  shell = openShell(host);
}, 120_000);
afterAll(async () => {
  shell?.close();
  await host?.down();
});

const status = async (): Promise<unknown> => JSON.parse(await shell.run(`${afloat} status --json || :`));

test('the daemon is seen to run, and followed', async () => {
  const pid = Number(await host.say('systemctl', 'show', 'docker.service', '--value', '--property', 'MainPID'));
  expect((await shell.attempt(`test -e /proc/${pid}/stat`)).code).not.toBe(0);
  expect(await status()).toMatchObject({
    engine: { state: 'running', manager: 'systemd', unit: 'docker.service', pid, access: { kind: 'proven' } },
    containers: { running: 1 },
  });
});

test('and one that sleeps behind its socket is not woken by looking', async () => {
  await host.say('systemctl', 'stop', 'docker.service');
  for (let i = 0; i < 3; i += 1) expect(await status()).toMatchObject({ engine: { state: 'armed', pid: null } });
  expect(await host.say('systemctl', 'show', 'docker.service', '--value', '--property', 'ActiveState')).toBe(
    'inactive',
  );
});
