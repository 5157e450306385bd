// A daemon that something else has started which is a unit itself: that unit is not the daemon's, and is never restarted.
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upHost, type TestHost } from '../host/test-host.ts';

const cliFolder = fileURLToPath(new URL('../../out/cli', import.meta.url));

let host: TestHost;
let cli = '';
beforeEach(async () => {
  host = await upHost();
  cli = `${host.bring(cliFolder)}/afloat.cjs`;
  await host.say('systemctl', 'stop', 'docker.socket', 'docker.service');
}, 120_000);
afterEach(() => host?.down());

const asked = async (...words: readonly string[]): Promise<unknown> =>
  JSON.parse((await host.exec(['/opt/node', cli, ...words, '--json'])).stdout);
const mainPid = (unit: string): Promise<string> =>
  host.say('systemctl', 'show', unit, '--value', '--property', 'MainPID');
async function untilAnswers(): Promise<void> {
  while ((await host.api('GET', '/_ping').catch(() => '')) !== 'OK')
    await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a supervisor that is a unit keeps what it runs, and is named', async () => {
  const program = '/usr/local/sbin/supervisord';
  const script = '#!/bin/sh\nwhile :; do /usr/sbin/dockerd; sleep 0.2; done\n';
  await host.say('sh', '-c', `printf %s "$1" >${program}; chmod 755 ${program}`, 'sh', script);
  await host.say('systemd-run', '--quiet', '--unit=supervisor', program);
  await untilAnswers();
  const before = await mainPid('supervisor.service');
  expect(await asked('status')).toMatchObject({ engine: { state: 'running', manager: 'bare-process', unit: null } });
  expect(await asked('restart')).toMatchObject({
    result: 'refused',
    problem: { kind: 'service.supervised', by: `supervisord (${before})` },
  });
  expect(await mainPid('supervisor.service')).toBe(before);
}, 120_000);

test('a daemon from a session is restarted itself, and the service of the session goes on', async () => {
  await host.say(
    'systemd-run',
    '--quiet',
    '--unit=sshd',
    'sh',
    '-c',
    'sh -c "/usr/sbin/dockerd & exec sleep 1000" & wait',
  );
  await untilAnswers();
  const before = await mainPid('sshd.service');
  const status = await asked('status');
  expect(status).toMatchObject({ engine: { state: 'running', manager: 'bare-process', unit: null } });
  expect(await asked('restart')).toMatchObject({ result: 'applied' });
  const { engine } = (await asked('status')) as { engine: { pid: number } };
  expect(engine.pid).not.toBe((status as { engine: { pid: number } }).engine.pid);
  expect(await mainPid('sshd.service')).toBe(before);
}, 120_000);

test('a unit whose script runs the daemon is named: its end would take the containers along', async () => {
  await host.say('systemd-run', '--quiet', '--unit=wrapped', 'sh', '-c', '/usr/sbin/dockerd; :');
  await untilAnswers();
  const before = await mainPid('wrapped.service');
  for (const verb of ['restart', 'stop']) {
    expect(await asked(verb)).toMatchObject({
      result: 'refused',
      problem: { kind: 'service.run-by-script', unit: 'wrapped.service' },
    });
  }
  expect(await asked('reload')).toMatchObject({ result: 'applied' });
  expect(await mainPid('wrapped.service')).toBe(before);
}, 120_000);
