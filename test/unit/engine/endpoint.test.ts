// Every way in which people write where their daemon listens.
import { expect, test } from 'vitest';
import { isLocal, parseEndpoint, type Endpoint } from '../../../electron/engine/endpoint.ts';

const unix = (path: string): Endpoint => ({ kind: 'unix', path });
const tcp = (host: string, port: number, tls = false): Endpoint => ({ kind: 'tcp', host, port, tls });

test.each<readonly [string, Endpoint]>([
  ['unix:///var/run/docker.sock', unix('/var/run/docker.sock')],
  ['unix:/run/docker.sock', unix('/run/docker.sock')],
  ['  unix:///run/docker.sock\n', unix('/run/docker.sock')],
  ['unix://', unix('/var/run/docker.sock')],
  ['UNIX:///x', unix('/x')],
  ['/run/user/1000/docker.sock', unix('/run/user/1000/docker.sock')],
  ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '//./pipe/docker_engine' }],
  ['tcp://localhost', tcp('localhost', 2375)],
  ['tcp://10.0.0.1:2376', tcp('10.0.0.1', 2376)],
  ['tcp://10.0.0.1:80', tcp('10.0.0.1', 80)],
  ['tcp://[::1]:2375/', tcp('::1', 2375)],
  ['localhost:2375', tcp('localhost', 2375)],
  ['127.0.0.1:2375', tcp('127.0.0.1', 2375)],
  ['http://host:1', tcp('host', 1)],
  ['https://host', tcp('host', 2376, true)],
  ['ssh://me@host:2222', { kind: 'ssh', url: 'ssh://me@host:2222' }],
])('%j is read', (text, endpoint) => {
  expect(parseEndpoint(text)).toEqual({ ok: true, value: endpoint });
});

test.each([
  '',
  'docker',
  'unix://relative.sock',
  'unix:///with\0zero',
  'fd://',
  'ftp://host:1',
  'tcp://',
  ':2375',
  'tcp://user@host:1',
  'tcp://host:1/path',
  'tcp://host:1?query',
  'tcp://host:99999',
  'ssh://-oProxyCommand=x',
  'ssh://-x@host',
  'ssh://me:password@host',
  'ssh://host/run/$(reboot)',
  'ssh://host/a;b',
  'ssh://',
])('%j is refused', (text) => {
  expect(parseEndpoint(text)).toEqual({ ok: false, problem: { kind: 'endpoint.invalid', endpoint: text } });
});

test('only sockets and pipes are of this computer', () => {
  expect(['unix', 'npipe'].map((kind) => isLocal({ kind, path: '/x' } as Endpoint))).toEqual([true, true]);
  expect([isLocal(tcp('localhost', 1)), isLocal({ kind: 'ssh', url: 'ssh://x' })]).toEqual([false, false]);
});
