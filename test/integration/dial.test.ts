// Daemons behind ssh, with a program in its place that notes how it was called and passes bytes on.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApi } from '../../electron/engine/api.ts';
import { createHttp } from '../../electron/engine/http.ts';
import { createDial } from '../../electron/platform/dial.ts';
import { createFakeDaemon, type FakeDaemon } from '../fakes/fake-daemon.ts';
import { afterwards, shortFolder } from './open-sandbox.ts';

const path = process.env['PATH'];
let folder = '';
let daemon: FakeDaemon;

beforeEach(async () => {
  folder = shortFolder();
  daemon = createFakeDaemon(join(folder, 'd.sock'));
  await daemon.start();
  afterwards(() => daemon.stop());
  process.env['PATH'] = `${folder}:${path}`;
});
afterEach(() => {
  process.env['PATH'] = path;
});

/** A program named ssh that notes its arguments and its pid, and connects to the fake daemon. */
function putSsh(): void {
  const script = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(join(folder, 'calls'))}, JSON.stringify([process.pid, ...process.argv.slice(2)]) + '\\n');
const socket = require('node:net').connect(${JSON.stringify(daemon.socketPath)});
process.stdin.pipe(socket).pipe(process.stdout);
socket.on('close', () => process.exit());
`;
  writeFileSync(join(folder, 'ssh'), script);
  chmodSync(join(folder, 'ssh'), 0o755);
}

const calls = (): readonly (readonly [number, ...string[]])[] =>
  readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as [number, ...string[]]);

function open(endpoint: string) {
  const dial = createDial(endpoint);
  const http = createHttp({ kind: 'ssh', url: endpoint }, { dial, tls: null });
  afterwards(() => http.close());
  return { http, api: createApi(http, endpoint) };
}

test('requests share one ssh, the event stream has its own, and all of them end with us', async () => {
  putSsh();
  const { http, api } = open('ssh://me@far:2222');
  expect(await api.ping(5_000)).toEqual({ kind: 'ok', apiVersion: '1.51' });
  expect(await api.facts()).toMatchObject({ ok: true, value: { id: 'fake-id' } });
  expect(calls()).toHaveLength(1);
  const actions: string[] = [];
  const opened = await api.events((event) => actions.push(event.action));
  if (!opened.ok) throw new Error('no events');
  daemon.event({ Type: 'daemon', Action: 'reload', Actor: { ID: 'x', Attributes: {} } });
  await expect.poll(() => actions).toEqual(['reload']);
  expect(calls()).toHaveLength(2);
  for (const [, ...args] of calls()) {
    const at = args.indexOf('--');
    expect(args.slice(at)).toEqual(['--', 'far', 'docker', 'system', 'dial-stdio']);
    expect(args.slice(0, at).join(' ')).toContain('-l me -p 2222');
    expect(args).toContain('BatchMode=yes');
  }
  opened.value.close();
  http.close();
  await opened.value.ended;
  await expect.poll(() => calls().filter(([pid]) => existsSync(`/proc/${pid}`))).toEqual([]);
});

test('the daemon’s end is seen through it', async () => {
  putSsh();
  const { api } = open('ssh://far');
  const opened = await api.events(() => undefined);
  if (!opened.ok) throw new Error('no events');
  await daemon.stop();
  await opened.value.ended;
});

test('an ssh that is missing, fails or says nonsense is a daemon that cannot be reached', async () => {
  process.env['PATH'] = join(folder, 'nothing');
  expect((await open('ssh://far').api.ping(5_000)).kind).toBe('failed');
  process.env['PATH'] = `${folder}:${path}`;
  for (const body of ['exit 255', 'echo nonsense; cat >/dev/null']) {
    writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, 'ssh'), 0o755);
    expect((await open('ssh://far').api.ping(5_000)).kind).toBe('failed');
  }
});

test.each([
  ['ssh://far', ['far', 'docker', 'system', 'dial-stdio']],
  ['ssh://me@[::1]', ['::1', 'docker', 'system', 'dial-stdio']],
  ['ssh://far/run/d.sock', ['far', 'docker', '--host', 'unix:///run/d.sock', 'system', 'dial-stdio']],
])('%s is put as ssh wants it', async (endpoint, expected) => {
  putSsh();
  expect((await open(endpoint).api.ping(5_000)).kind).toBe('ok');
  const [, ...args] = calls()[0] ?? [0];
  expect(args.slice(args.indexOf('--') + 1)).toEqual(expected);
});

test('what sockets reach needs no program', () => {
  expect(createDial('unix:///run/docker.sock')).toBeNull();
  expect(createDial('tcp://far:1')).toBeNull();
});
