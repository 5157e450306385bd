// The Debian package on a machine of its own: really installed, used by root and by an ordinary user, and gone again.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession } from '../host/user-session.ts';
import { makeDeb } from '../packaged.ts';

let deb = '';
let host: TestHost;
beforeAll(async () => {
  deb = makeDeb();
  host = await upHost({
    user: { groups: ['docker'] },
    containers: [{ name: 'web', command: ['sleep', '2147483647'] }],
  });
  // In place of what tests of the privileged step alone go by.
  await host.exec(['umount', '/usr/lib/afloat/afloat']);
  await host.say('rm', '-r', '/usr/lib/afloat', '/usr/share/polkit-1/actions/app.afloat.policy');
  await host.say('useradd', 'ordinary');
}, 600_000);
afterAll(() => endSessions(host));

/** What a package could leave behind. Caches that other packages keep of what is installed are theirs. */
async function files(): Promise<readonly string[]> {
  const found = await host.say('find', '/etc', '/opt', '/usr', '/var', '-xdev');
  const theirs =
    /^\/opt\/afloat(\/|$)|^\/var\/(cache|log|tmp|lib\/(apt|dpkg|systemd))\/|\/(icon-theme|mimeinfo)\.cache$|^\/etc\/ld\.so\.cache$/;
  return found.split('\n').filter((path) => !theirs.test(path));
}

const apt = (...words: readonly string[]): Promise<string> =>
  host.say(
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'LC_ALL=C',
    'apt-get',
    '--yes',
    '--no-install-recommends',
    ...words,
  );

/** Variables that would make another program of it. */
const hostile = [
  'NODE_OPTIONS=--require=/nonexistent/spy.cjs',
  'ELECTRON_NO_ASAR=1',
  'ELECTRON_RUN_AS_NODE=1',
  'NODE_PATH=/tmp',
];

const configText = (): string => readFileSync(host.path('/etc/docker/daemon.json'), 'utf8');

test('lintian has nothing to say that is not answered for', () => {
  const { status, stdout, stderr } = spawnSync('lintian', ['--allow-root', '--fail-on=error,warning', deb], {
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
}, 300_000);

test('it is installed by apt, works for everybody, and leaves nothing when it goes', async () => {
  const before = await files();
  const path = host.bring(deb);
  await apt('install', path);
  rmSync(join(host.folder, 'shared', basename(deb)));

  // Everything that it loads is there, and it is what was packaged.
  const programs = '/usr/lib/afloat/afloat /usr/lib/afloat/chrome-sandbox /usr/lib/afloat/*.so*';
  expect(await host.say('sh', '-c', `ldd ${programs} | grep 'not found' || :`)).toBe('');
  expect(await host.say('dpkg', '--verify', 'afloat')).toBe('');
  expect(await host.say('stat', '-c', '%a %U:%G', '/usr/lib/afloat/chrome-sandbox')).toBe('4755 root:root');
  const writable = await host.say('find', '/usr/lib/afloat', '(', '-perm', '/022', '-o', '!', '-user', 'root', ')');
  expect(writable).toBe('');

  await host.say(
    'sh',
    '-c',
    'test -x /usr/lib/afloat/afloat-control && test -f /usr/share/polkit-1/actions/app.afloat.policy',
  );
  await host.say('desktop-file-validate', '/usr/share/applications/app.afloat.Afloat.desktop');
  await host.say('appstreamcli', 'validate', '--no-net', '/usr/share/metainfo/app.afloat.Afloat.metainfo.xml');
  const entry = await host.say('cat', '/usr/share/applications/app.afloat.Afloat.desktop');
  expect(entry).toContain('\nComment[ja]=');
  await host.say('which', /^TryExec=(.*)$/m.exec(entry)?.[1] ?? '');
  const icons = await host.say('find', '/usr/share/icons/hicolor', '-name', 'app.afloat.Afloat.*');
  expect(icons.split('\n')).toHaveLength(9);
  const manuals = await host.say('sh', '-c', 'zcat /usr/share/man/man1/afloat.1.gz /usr/share/man/ja/man1/afloat.1.gz');
  expect(manuals).toContain('.SH 名前');

  // As root, whatever the environment says.
  const version = (await host.say('dpkg-query', '-W', '-f', '${Version}', 'afloat')).trim();
  expect(await host.say('env', ...hostile, 'afloat', '--version')).toBe(`afloat ${version}`);
  const status = JSON.parse(await host.say('env', ...hostile, 'afloat', 'status', '--json')) as object;
  expect(status).toMatchObject({
    engine: { state: 'running', manager: 'systemd', unit: 'docker.service' },
    config: { state: 'read', path: '/etc/docker/daemon.json' },
    containers: { running: 1 },
  });

  // As somebody who may not even ask the daemon: that is a known state.
  const seen = await host.exec(['runuser', '-u', 'ordinary', '--', 'env', ...hostile, 'afloat', 'status', '--json']);
  expect([seen.code, JSON.parse(seen.stdout)]).toMatchObject([0, { engine: { state: 'denied' } }]);

  // As somebody with an administrator at hand: one question, and the package's own step does it as root.
  const session = await openSession(host, 'right');
  const pid = await host.containerPid('web');
  const change = { kind: 'patch', patch: [{ path: ['max-concurrent-downloads'], set: 5 }] } as const;
  expect(await session.engine.apply(change)).toMatchObject({ result: 'applied', effect: 'reload', problem: null });
  expect(session.asked().map(({ action }) => action)).toEqual(['app.afloat.control']);
  expect(await host.say('stat', '-c', '%a %U:%G', '/etc/docker/daemon.json')).toBe('644 root:root');
  await session.engine.close();

  // The shell completes commands, options, their values and keys.
  const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
    const script = `. /usr/share/bash-completion/completions/afloat
      compopt() { :; }
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _afloat; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return (await host.say('bash', '-c', script, 'bash', ...words)).split('\n');
  };
  expect(await complete('afloat', 'st')).toEqual(expect.arrayContaining(['status', 'start', 'stop']));
  expect(await complete('afloat', '--host', 'apply', 're')).toEqual(['reload', 'restart']);
  expect(await complete('afloat', 'apply', '--acc')).toEqual(['--accept']);
  expect(await complete('afloat', 'apply', '--accept', 'start')).toEqual(['start-fails']);
  expect(await complete('afloat', 'apply', 'live')).toEqual(['live-restore=']);

  // A change as root makes a folder of ours; it outlives a removal, and a purge takes it. The file is never touched.
  const applied = await host.exec(['afloat', 'apply', 'debug=true', '--yes', '--json']);
  expect(JSON.parse(applied.stdout)).toMatchObject({ result: 'applied', containers: { kept: 1 } });
  const text = configText();
  expect(JSON.parse(text)).toEqual({ 'live-restore': true, 'max-concurrent-downloads': 5, debug: true });
  await apt('remove', 'afloat');
  expect(await host.say('sh', '-c', 'ls /var/lib/afloat && ! ls /usr/lib/afloat /usr/bin/afloat 2>/dev/null')).not.toBe(
    '',
  );
  await apt('purge', 'afloat');
  expect(configText()).toBe(text);
  expect(await host.containerPid('web')).toBe(pid);
  expect(await host.say('dpkg', '--audit')).toBe('');
  const after = await files();
  const known = new Set(before);
  // What somebody installs on this system meanwhile shows through.
  expect(after.filter((one) => !known.has(one) && !existsSync(one))).toEqual([]);
}, 300_000);
