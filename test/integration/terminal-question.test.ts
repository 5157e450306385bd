// The command line on a terminal where no desktop's agent runs, as over ssh: polkit's question comes right there.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upHost, type TestHost } from '../host/test-host.ts';

const root = join(import.meta.dirname, '..', '..');

let host: TestHost;
let programs: string;
let terminal: string;
beforeAll(async () => {
  const containers = [{ name: 'web', command: ['sleep', '2147483647'] }];
  host = await upHost({ user: { groups: ['docker'] }, containers });
  programs = host.bring(join(root, 'out', 'cli'));
  terminal = host.bring(join(root, 'test', 'host', 'terminal.py'));
}, 120_000);
afterAll(() => host?.down());

const file = (): string => readFileSync(host.path('/etc/docker/daemon.json'), 'utf8');

async function afloat(words: readonly string[], answer: string): Promise<readonly [code: number, seen: string]> {
  const program = ['/opt/node', `${programs}/afloat.cjs`, ...words];
  const child = host.startAsUser(['/usr/bin/python3', terminal, answer, ...program], { TERM: 'dumb' });
  let seen = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (seen += part.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number];
  return [code, seen];
}

test('a password typed there has the change applied', async () => {
  const before = await host.containerPid('web');
  const [code, seen] = await afloat(['apply', 'debug=true', '--yes'], 'root2-secret\n');
  expect([code, seen]).toEqual([0, expect.stringContaining('AUTHENTICATING FOR app.afloat.control')]);
  expect(seen).not.toContain('root2-secret');
  expect(JSON.parse(file())).toEqual({ 'live-restore': true, debug: true });
  expect(await host.containerPid('web')).toBe(before);
});

test('the version before it is known, and kept where that was said', async () => {
  const [, told] = await afloat(['history', '--json'], '');
  const { versions } = JSON.parse(told) as { versions: readonly { id: string; current: boolean }[] };
  expect(versions.map(({ current }) => current)).toEqual([true, false]);
  const [code, seen] = await afloat(['rollback', '--yes'], 'root2-secret\n');
  expect(code).toBe(0);
  expect(JSON.parse(file())).toEqual({ 'live-restore': true });
  const backup = /^ +Backup +(\S+)/m.exec(seen)?.[1] ?? '';
  expect(backup).toMatch(/^\/var\/lib\/afloat\//);
  expect(JSON.parse(await host.say('cat', backup))).toEqual({ 'live-restore': true, debug: true });
});

test('a wrong one changes nothing, and is told as what it is', async () => {
  const before = file();
  const [code, seen] = await afloat(['apply', 'debug=false', '--yes'], 'nonsense\n');
  expect([code, seen]).toEqual([5, expect.stringContaining('You were not authorized.')]);
  expect(file()).toBe(before);
});

test('Ctrl+C at the question changes nothing', async () => {
  const before = file();
  const [code, seen] = await afloat(['apply', 'debug=false', '--yes'], '\u0003');
  expect([code, seen]).toEqual([5, expect.stringContaining('Nothing was changed')]);
  expect(file()).toBe(before);
});
