// The whole story at a real desk: package installed, ordinary user, real panel, real question for a password.
import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upHost, type TestHost } from '../host/test-host.ts';
import { makeDeb } from '../packaged.ts';
import { openDesktop, type Desktop } from './session.ts';

const config = '/etc/docker/daemon.json';
const secret = 'root2-secret';

let host: TestHost;
let desktop: Desktop;
beforeAll(async () => {
  const deb = makeDeb();
  host = await upHost({
    user: { groups: ['docker'] },
    daemonJson: '{}\n',
    containers: [{ name: 'web', command: ['sleep', '2147483647'] }],
  });
  // In place of what tests of the privileged step alone go by.
  await host.exec(['umount', '/usr/lib/afloat/afloat']);
  await host.say('rm', '-r', '/usr/lib/afloat', '/usr/share/polkit-1/actions/app.afloat.policy');
  await host.say(
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '--yes',
    '--no-install-recommends',
    'install',
    host.bring(deb),
  );
  desktop = await openDesktop(host);
}, 600_000);
afterAll(async () => {
  desktop?.close();
  await host?.down();
});

const daemonPid = (): Promise<string> =>
  host.say('systemctl', 'show', 'docker.service', '--value', '--property', 'MainPID');
const liveRestore = async (): Promise<boolean> =>
  (JSON.parse(await host.api('GET', '/info')) as { LiveRestoreEnabled: boolean }).LiveRestoreEnabled;

async function eventually(holds: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > limit) {
      await desktop.picture('gave-up');
      throw new Error('it did not come to that');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Of every process of the app: its user, whether it is under seccomp, and in how many pid namespaces. */
const processes = (): Promise<string> =>
  host.say(
    'sh',
    '-c',
    `grep -l . /proc/[0-9]*/status | while read -r file; do
      pid=\${file#/proc/}; pid=\${pid%/status}
      case $(tr '\\0' ' ' </proc/$pid/cmdline) in /usr/lib/afloat/afloat*) awk -v OFS=' ' '/^Seccomp:/{s=$2}/^Uid:/{u=$2}/^NSpid:/{n=NF-1}END{print u,s,n}' $file;; esac
    done`,
  );

const question = `xdotool search --onlyvisible --name '[Aa]uthenticat' | tail -n 1`;
const questions = async (): Promise<number> =>
  Number(await desktop.run(`xdotool search --onlyvisible --name '[Aa]uthenticat' | wc -l`));

test('from login to a change as root, by mouse and keyboard', async () => {
  const container = await host.containerPid('web');
  const daemon = await daemonPid();
  expect(await liveRestore()).toBe(false);

  // As the entry at login starts it.
  await desktop.start('app', 'afloat-desktop --hidden');
  await desktop.until(
    `busctl --user get-property org.kde.StatusNotifierWatcher /StatusNotifierWatcher org.kde.StatusNotifierWatcher RegisteredStatusNotifierItems | grep -v ' 0$'`,
  );
  await desktop.until(`grep -h . ~/.config/Afloat/logs/afloat.log`);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await desktop.picture('1-tray');
  const windows = await desktop.run(`xdotool search --onlyvisible --class '^Afloat$' | wc -l`);
  expect(windows).toBe('0');

  // Dismissed: nothing happens, and nothing is lost.
  await desktop.choose(['Down']);
  await desktop.picture('2-menu');
  await desktop.run('xdotool key Return');
  await desktop.until(question);
  await desktop.run(`xdotool windowfocus $(${question}); sleep 0.5; xdotool key Escape`);
  await eventually(async () => (await questions()) === 0);
  expect(readFileSync(host.path(config), 'utf8')).toBe('{}\n');
  expect(await liveRestore()).toBe(false);

  // Answered: reloaded, same owner and mode, same daemon, same container.
  await desktop.choose(['Down']);
  await desktop.run('xdotool key Return');
  await desktop.until(question);
  await desktop.run(`xdotool windowfocus $(${question}); sleep 0.5; xdotool type --delay 20 ${secret}`);
  await desktop.picture('3-question');
  await desktop.run('xdotool key Return');
  await eventually(liveRestore);
  await eventually(async () => (await questions()) === 0);
  expect(JSON.parse(readFileSync(host.path(config), 'utf8'))).toEqual({ 'live-restore': true });
  const { uid, gid, mode } = statSync(host.path(config));
  expect([uid, gid, mode & 0o7777]).toEqual([0, 0, 0o644]);
  expect(await daemonPid()).toBe(daemon);
  expect(await host.containerPid('web')).toBe(container);
  await desktop.picture('4-reloaded');

  // Restarted by the same authorization, which polkit keeps for a while: no second question.
  await desktop.choose(['Down', 'Down', 'Down']);
  await desktop.picture('5-menu-restart');
  await desktop.run('xdotool key Return');
  await eventually(async () => (await daemonPid()) !== daemon && (await daemonPid()) !== '0');
  await eventually(liveRestore);
  expect(await questions()).toBe(0);
  expect(await host.containerPid('web')).toBe(container);

  await desktop.choose(['Up', 'Up']);
  await desktop.run('xdotool key Return');
  await desktop.until(`xdotool search --onlyvisible --class '^Afloat$'`);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await desktop.picture('6-window');

  // Chromium's sandbox holds its processes, and nothing runs as root.
  const zygotes = await processes();
  expect(zygotes).not.toMatch(/^0 /m);
  expect(zygotes).toMatch(/^\d+ 2 [23]$/m);
  expect(await desktop.run('tr "\\0" " " </proc/$(pgrep -o -x afloat)/cmdline')).not.toContain('no-sandbox');

  await desktop.choose(['Up']);
  await desktop.run('xdotool key Return');
  await eventually(async () => (await host.exec(['pgrep', '-x', 'afloat'])).code === 1);
  expect(readFileSync(join(host.path('/home/alice'), '.config/Afloat/logs/afloat.log'), 'utf8')).toMatch(
    /info ended\n$/,
  );
}, 300_000);

test('where users may not make namespaces, the sandbox is the setuid one of the package', async () => {
  // As kernels do that allow it to root alone: what may not happen here is left to the helper, which is root's. Set for
  // root and kept across the change of user, because systemd would otherwise rule out setuid programs as well.
  const script = `unshare --user true 2>&1; DISPLAY=:97 afloat-desktop >/tmp/restricted.log 2>&1 &
    for i in $(seq 600); do DISPLAY=:97 xdotool search --onlyvisible --class '^Afloat$' && exec sleep 60; sleep 0.1; done`;
  const restricted = ['--unit=restricted', '--property=RestrictNamespaces=~user'];
  const command = ['runuser', '--user', 'alice', '--', 'env', 'HOME=/home/alice', 'bash', '-c', script];
  const app = host.start(['systemd-run', '--quiet', '--pipe', '--wait', '--collect', ...restricted, '--', ...command]);
  let said = '';
  app.stdout.on('data', (part: Buffer) => (said += part.toString('utf8')));
  await eventually(() => Promise.resolve(/^\d+$/m.test(said)));
  expect(said).toContain('Operation not permitted');
  expect((await host.exec(['pgrep', '-f', '/usr/lib/afloat/chrome-sandbox'])).code).toBe(0);
  await eventually(async () => /^\d+ 2 [23]$/m.test(await processes()));
  await host.say('systemctl', 'stop', 'restricted');
}, 120_000);
