// Diagnostics on the command line: the window's text, to standard output or into a new file, never over another.
import { expect, test } from 'vitest';
import { desktopFiles } from '../../../electron/platform/own-facts.ts';
import { cli, fakeEngine } from '../../fakes/command-line.ts';
import { configFile, snapshot, snapshotIn } from '../../fakes/snapshot.ts';

const secret = snapshot({ config: configFile({ proxies: { 'http-proxy': 'http://ann:s3cr3t-pass@proxy.lan:3128' } }) });

test('is the whole text without anything private, and only that', async () => {
  const ran = await cli(['diagnostics'], {
    engine: fakeEngine({}, secret),
    env: { DOCKER_HOST: 'unix:///run/d.sock' },
  });
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^Afloat diagnostics of /);
  for (const part of ['[versions]', 'afloat: 1.2.3', 'DOCKER_HOST: unix:///run/d.sock', 'info started in ~ on host-'])
    expect(ran.stdout).toContain(part);
  expect(ran.stdout).not.toMatch(/s3cr3t|proxy\.lan|harbor|mira/);
  expect(ran.written.size).toBe(0);
});

test('has what the doctor finds, as the window has', async () => {
  const found = [
    { severity: 'warning', path: [], place: null, about: { kind: 'ignored-key', key: 'api-cors-header' } },
  ] as const;
  const ran = await cli(['diagnostics'], { engine: fakeEngine({ doctor: () => Promise.resolve(found) }) });
  expect(ran.stdout).toContain('warning ignored-key: ');
});

test('without a daemon there is most to tell', async () => {
  const ran = await cli(['diagnostics'], { engine: fakeEngine({}, snapshotIn('absent')) });
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('state: absent');
});

test('into a file: a new one, or with --force another one, and where it went', async () => {
  const saved = await cli(['diagnostics', '--output', '/tmp/new.txt']);
  expect([saved.code, saved.stdout]).toEqual([0, 'Saved as /tmp/new.txt.\n']);
  expect(saved.written.get('/tmp/new.txt')).toMatch(/^Afloat diagnostics of [^]*\[versions\]/);

  const files = { '/tmp/old.txt': 'mine' };
  const kept = await cli(['diagnostics', '--output', '/tmp/old.txt'], { files });
  expect([kept.code, kept.stdout, kept.written.size]).toEqual([1, '', 0]);
  expect(kept.stderr).toContain('--force');
  expect((await cli(['diagnostics', '--output', '/tmp/old.txt', '--force'], { files })).written.size).toBe(1);

  const refused = await cli(['diagnostics', '--output', '/read-only/x.txt', '--json']);
  expect(refused.code).toBe(1);
  expect(refused.document()).toMatchObject({ problem: { kind: 'diagnostics.not-saved', cause: 'EROFS' } });
});

test('as one document', async () => {
  const ran = await cli(['diagnostics', '--json', '--lang', 'ja']);
  expect((ran.document() as { text: string }).text).toContain('[versions]');
  expect((await cli(['diagnostics', '--json', '--output', '/tmp/n.txt'])).document()).toEqual({ path: '/tmp/n.txt' });
});

test('--force alone, and words too many, are told', async () => {
  expect((await cli(['diagnostics', '--force'])).code).toBe(2);
  expect((await cli(['diagnostics', 'more'])).code).toBe(2);
});

test.each([
  ['linux', {}, '/home/mira/.config/Afloat/logs/afloat.log'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/Afloat/logs/afloat.log'],
  ['darwin', {}, '/home/mira/Library/Logs/Afloat/afloat.log'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Afloat/logs/afloat.log'],
] as const)('finds the window’s log on %s', (system, env, log) => {
  expect(desktopFiles(system, env, '/home/mira').log).toBe(log);
});
