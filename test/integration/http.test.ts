// Every request ends, in time and in size, whatever the other side does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApi } from '../../electron/engine/api.ts';
import { parseEndpoint } from '../../electron/engine/endpoint.ts';
import { createHttp, type Http } from '../../electron/engine/http.ts';
import { readTls, tlsFilesIn } from '../../electron/engine/tls-files.ts';
import { certificate, certificateKey } from '../fakes/certificate.ts';
import { createFakeDaemon, info, inspected, listed, ping, silent, type Script } from '../fakes/fake-daemon.ts';
import { afterwards, shortFolder } from './open-sandbox.ts';

/** What a test waits for where no answer is to come; and where one is, however busy this machine is. */
const [limit, patience] = [{ limitMs: 300 }, { limitMs: 20_000 }] as const;

function httpTo(endpoint: string, onEnding: () => void = () => undefined): Http {
  const parsed = parseEndpoint(endpoint);
  if (!parsed.ok) throw new Error(endpoint);
  const http = createHttp(parsed.value, { dial: null, tls: null, onEnding });
  afterwards(() => http.close());
  return http;
}

async function started(script: Script = {}) {
  const daemon = createFakeDaemon(join(shortFolder(), 'd.sock'), script);
  afterwards(() => daemon.stop());
  await daemon.start();
  const http = httpTo(daemon.socketPath);
  return { daemon, http, api: createApi(http, daemon.socketPath) };
}

/** A port where one connection waits to be taken; once that is there, the kernel leaves all others without a word. */
async function stoppedListener(): Promise<{ readonly port: number; readonly fill: () => Promise<void> }> {
  const program = `
    const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  afterwards(() => void child.kill('SIGKILL'));
  const port = Number(await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)));
  child.kill('SIGSTOP');
  return {
    port,
    async fill() {
      // Two fit: the kernel takes one more than it was told (listen(2), sk_acceptq_is_full). The rest is in case that the
      // program took one before it stopped.
      const waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'));
      afterwards(() => waiting.forEach((socket) => socket.destroy()));
      await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, 'connect')));
    },
  };
}

describe('a daemon that is told to end', () => {
  const ending = (response: { setHeader(name: string, value: string): unknown; end(text: string): unknown }): void => {
    response.setHeader('Connection', 'close');
    response.end('OK');
  };

  test('is known by the answer after which it closes, also where no connection was idle', async () => {
    const { daemon } = await started({ '/last': (_request, response) => ending(response) });
    let signs = 0;
    const http = httpTo(daemon.socketPath, () => (signs += 1));
    expect(await http.get('/last', patience)).toMatchObject({ ok: true, status: 200 });
    expect(signs).toBe(1);
  });

  test('is known by the idle connection that it closes, and an answer alone is no sign', async () => {
    const { daemon } = await started();
    let tell: () => void = () => undefined;
    let signs = 0;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const http = httpTo(daemon.socketPath, () => {
      signs += 1;
      tell();
    });
    await http.get('/_ping', patience);
    expect(signs).toBe(0);
    await daemon.stop();
    await told;
  });
});

describe('a request', () => {
  test('over and over goes over one connection', async () => {
    const { daemon, http } = await started();
    for (let i = 0; i < 20; i += 1) expect(await http.get('/_ping', patience)).toMatchObject({ ok: true, status: 200 });
    expect(daemon.connections()).toBe(1);
  });

  test.each<readonly [string, Script[string], string]>([
    ['silence', silent, 'timeout'],
    ['headers and then silence', (_request, response) => response.writeHead(200).flushHeaders(), 'timeout'],
    ['a connection cut before the answer', (request) => void request.socket.destroy(), 'broken'],
    [
      'a connection cut within the answer',
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('half');
        setImmediate(() => response.destroy());
      },
      'broken',
    ],
    ['something that is no HTTP', (request) => void request.socket.end('220 smtp\r\n'), 'broken'],
  ])('met with %s fails', async (_name, script, failure) => {
    const { http } = await started({ '/info': script });
    expect(await http.get('/info', limit)).toEqual({ ok: false, failure });
  });

  test('with an endless answer is broken off at its bound', async () => {
    let sent = 0;
    const flood: Script[string] = (_request, response) => {
      const part = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(part)) sent += part.length;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    const { http } = await started({ '/info': flood });
    expect(await http.get('/info', { limitMs: 10_000, maxBytes: 1024 * 1024 })).toEqual({
      ok: false,
      failure: 'too-large',
    });
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });

  test('tells nothing there, nobody listening and nothing allowed apart from each other', async () => {
    const folder = shortFolder();
    expect(await httpTo(join(folder, 'none.sock')).get('/', patience)).toMatchObject({ failure: 'refused' });
    expect(await httpTo(join(folder, 'no', 'folder.sock')).get('/', patience)).toMatchObject({ failure: 'refused' });
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o666);
    expect(await httpTo(file).get('/', patience)).toMatchObject({ failure: 'refused' });
  });

  test('tells a machine that takes no connection from a daemon that gives no answer', async () => {
    const { port, fill } = await stoppedListener();
    await fill();
    const http = httpTo(`tcp://127.0.0.1:${port}`);
    expect(await http.get('/_ping', limit)).toEqual({ ok: false, failure: 'refused' });
    expect(await http.stream('/events', limit.limitMs, () => undefined)).toEqual({ ok: false, failure: 'refused' });
  });

  test('goes over TCP as well', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterwards(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const api = createApi(httpTo(`tcp://127.0.0.1:${port}`), 'tcp');
    expect(await api.ping(patience.limitMs)).toEqual({ kind: 'ok', apiVersion: '1.41' });
  });
});

describe('TLS', () => {
  test.each<readonly [string, Record<string, string>, boolean, string]>([
    ['with authority, certificate and key', { ca: certificate, cert: certificate, key: certificateKey }, false, 'ok'],
    ['without our certificate', { ca: certificate }, false, 'failed'],
    ['with files that hold no certificate', { ca: 'no', cert: 'no', key: 'no' }, false, 'failed'],
    ['without the authority', { cert: certificate, key: certificateKey }, false, 'failed'],
    ['without the authority, unchecked by wish', { cert: certificate, key: certificateKey }, true, 'ok'],
  ])('%s', async (_name, there, skipVerify, expected) => {
    const trust = { key: certificateKey, cert: certificate, ca: certificate, requestCert: true };
    const server = createTlsServer({ ...trust, rejectUnauthorized: true }, (request, response) => {
      response.writeHead(200, { 'Api-Version': '1.51' });
      if (request.url?.includes('/events')) response.flushHeaders();
      else response.end('OK');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const files = Object.fromEntries(Object.entries(there).map(([name, text]) => [`/tls/${name}.pem`, text]));
    const tls = readTls(tlsFilesIn('/tls', skipVerify), (path) => files[path] ?? null);
    const http = createHttp({ kind: 'tcp', host: '127.0.0.1', port, tls: false }, { dial: null, tls });
    afterwards(() => {
      http.close();
      server.closeAllConnections();
      server.close();
    });
    const api = createApi(http, 'tls');
    const answer = await api.ping(patience.limitMs);
    expect(answer.kind).toBe(expected);
    if (answer.kind === 'failed') expect(answer.failure).toBe('tls');
    expect((await api.events(() => undefined)).ok).toBe(expected === 'ok');
  });
});

test('what wants TLS and is asked without says so', async () => {
  const server = createServer((_request, response) => {
    // As Go's net/http does, which dockerd serves with.
    response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterwards(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const api = createApi(httpTo(`tcp://127.0.0.1:${port}`), 'tcp');
  expect(await api.ping(patience.limitMs)).toEqual({ kind: 'failed', failure: 'tls' });
});

describe('the version', () => {
  test.each<readonly [string, string | null, string | object]>([
    ['1.41', null, '1.41'],
    ['1.45', null, '1.45'],
    ['1.51', null, '1.51'],
    ['1.52', '1.44', '1.51'],
    ['1.70', '1.60', '1.60'],
    ['2.1', null, '1.51'],
    ['', null, '1.51'],
    ['1.40', null, '1.40'],
    ['1.39', null, { kind: 'engine.unsupported', apiVersion: '1.39', minimum: '1.40' }],
    ['1.9', null, { kind: 'engine.unsupported' }],
  ])('of a server with %j, at least %j: %j', async (most, least, expected) => {
    const { daemon, api } = await started({ '/version': { MinAPIVersion: least ?? undefined, ApiVersion: most } });
    const chosen = await api.negotiate(most);
    if (typeof expected !== 'string') return expect(chosen).toMatchObject({ ok: false, problem: expected });
    expect(chosen).toEqual({ ok: true, value: expected });
    // Chosen once, not with every ping.
    await api.negotiate(most);
    expect(daemon.asked.filter((path) => path === '/version').length).toBeLessThan(2);
    await api.facts();
    expect(daemon.asked.at(-1)).toBe(`/v${expected}/info`);
  });
});

describe('the questions', () => {
  test('a ping that is not 200 is not ready', async () => {
    const { daemon, api } = await started({ '/_ping': (_request, response) => void response.writeHead(500).end() });
    expect(await api.ping(patience.limitMs)).toEqual({ kind: 'not-ready' });
    daemon.script({ '/_ping': ping });
    expect(await api.ping(patience.limitMs)).toEqual({ kind: 'ok', apiVersion: '1.51' });
  });

  test.each<readonly [string, Script[string], object]>([
    ['no JSON', (_request, response) => void response.end('{"ID":'), { kind: 'engine.unreachable', cause: 'not JSON' }],
    ['another document', [], { kind: 'engine.unreachable' }],
    [
      'an error',
      (_request, response) => void response.writeHead(500).end('{"message":"oh"}'),
      { cause: expect.stringContaining('oh') },
    ],
    ['a cut', (request) => void request.socket.destroy(), { kind: 'engine.unreachable', cause: 'broken' }],
  ])('facts from %s are a problem', async (_name, script, problem) => {
    const { api } = await started({ '/info': script });
    expect(await api.facts()).toMatchObject({ ok: false, problem });
  });

  test('containers: those that run are inspected, one that goes away meanwhile is none', async () => {
    const { daemon, api } = await started({
      '/containers/json': [listed('a'), listed('gone'), listed('old', { State: 'exited', Status: 'Exited (3) ago' })],
      '/containers/a/json': inspected('a', 77),
    });
    const list = await api.containers();
    expect(list.ok && list.value.map(({ name, pid, exitCode }) => [name, pid, exitCode])).toEqual([
      ['a', 77, 0],
      ['old', 0, 3],
    ]);
    expect(daemon.asked.some((path) => path.includes('/old/'))).toBe(false);
  });

  test('many containers are asked for over few connections', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `c${i}`);
    const script: Record<string, object> = { '/containers/json': ids.map((id) => listed(id)) };
    for (const [i, id] of ids.entries()) script[`/containers/${id}/json`] = inspected(id, i + 1);
    const { daemon, api } = await started(script);
    const list = await api.containers();
    expect(list.ok && list.value.map(({ pid }) => pid)).toEqual(ids.map((_, i) => i + 1));
    expect(daemon.connections()).toBeLessThan(5);
  });

  test('an id cannot lead elsewhere', async () => {
    const { daemon, api } = await started();
    expect(await api.container('../info?x=')).toEqual({ ok: true, value: null });
    expect(daemon.asked).toEqual(['/v1.51/containers/..%2Finfo%3Fx%3D/json']);
  });

  test('a manager of a swarm is asked who else answers', async () => {
    const swarm = info({ Swarm: { LocalNodeState: 'active', ControlAvailable: true } });
    const nodes = ['reachable', 'unreachable', 'reachable'].map((Reachability) => ({
      ManagerStatus: { Reachability },
    }));
    const { daemon, api } = await started({ '/info': swarm, '/nodes': nodes });
    expect(await api.facts()).toMatchObject({ value: { swarm: { quorum: { reachable: 2, managers: 3 } } } });
    daemon.script({ '/nodes': (_request, response) => void response.writeHead(503).end('{"message":"no leader"}') });
    expect(await api.facts()).toMatchObject({ ok: true, value: { swarm: { role: 'manager', quorum: null } } });
  });

  test('events without an answer are given up', async () => {
    const { api, daemon } = await started({ '/events': (_request, response) => void response.writeHead(500).end() });
    expect(await api.events(() => undefined)).toMatchObject({ ok: false });
    await daemon.stop();
    expect(await api.events(() => undefined)).toMatchObject({ ok: false, problem: { kind: 'engine.absent' } });
  });
});
