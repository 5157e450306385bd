// Which process, file and manager belong to a socket: shown for real daemons, refused for what only looks like one.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Candidate } from '../../electron/contract/snapshot.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { startRealDaemon, versions, type RealDaemon } from './real-daemon.ts';

const none = { configFile: null, manager: null };
const at = (socketPath: string): Candidate => ({ endpoint: `unix://${socketPath}`, source: 'flag', context: null });
const identify = (socketPath: string) => createPlatform().identify(at(socketPath), none);
const runs = (socketPath: string) => createPlatform().daemonRuns(at(socketPath), null);

describe.each(versions)('dockerd %s', (version) => {
  let daemon: RealDaemon;
  beforeAll(async () => {
    daemon = await startRealDaemon({ version, manager: 'bare-process', flags: ['--label', 'a=b'] });
  });
  afterAll(() => daemon.dispose());

  test('is shown to be one and ours, in another network namespace too', async () => {
    const found = await identify(daemon.socketPath);
    expect(found).toMatchObject({
      pid: daemon.pid(),
      executable: daemon.programs.dockerd,
      configPath: daemon.configPath,
      configPathGiven: true,
      managerKind: 'bare-process',
      access: { kind: 'proven' },
      dataRoot: join(daemon.folder, 'data'),
    });
    expect(found.flags.slice(-2)).toEqual(['--label', 'a=b']);
    expect(found.environment['AFLOAT_TEST']).toContain('afloat-test');
    expect(readFileSync(`/proc/${found.pid}/stat`, 'utf8')).toContain(` ${found.startTicks} `);
    expect(await runs(daemon.socketPath)).toBe(true);
  });

  test('is found by another name of its socket', async () => {
    const link = `${daemon.folder}-link`;
    symlinkSync(daemon.folder, link);
    try {
      expect(await identify(join(link, 'docker.sock'))).toMatchObject({
        pid: daemon.pid(),
        access: { kind: 'proven' },
      });
    } finally {
      rmSync(link);
    }
  });

  test('is not taken for the daemon of another socket', async () => {
    expect(await identify(join(daemon.folder, 'other.sock'))).toMatchObject({
      pid: null,
      access: { kind: 'read-only' },
    });
    expect(await runs(join(daemon.folder, 'other.sock'))).toBe(false);
  });

  test('is known when it is down, with how it was started', async () => {
    const platform = createPlatform();
    const before = await platform.identify(at(daemon.socketPath), none);
    await daemon.kill('SIGKILL');
    expect(await platform.daemonRuns(at(daemon.socketPath), before)).toBe(false);
    const after = await platform.identify(at(daemon.socketPath), none);
    expect(after).toMatchObject({ pid: null, configPath: daemon.configPath, flags: before.flags });
    expect(after.manager).toBe(before.manager);
    expect(await after.manager.state()).toEqual({ state: 'failed', pid: null });
    await daemon.start();
  });
});

test('the sandbox of another program is looked at, and left to its owner', async () => {
  const daemon = await startRealDaemon({ version: '28.5', manager: 'sandbox' });
  try {
    const platform = createPlatform();
    const found = await platform.identify(at(daemon.socketPath), none);
    expect(found).toMatchObject({ pid: daemon.pid(), configPath: daemon.configPath });
    if (daemon.sandbox) platform.adopt(daemon.sandbox);
    const owned = await platform.identify(at(daemon.socketPath), none);
    expect(owned).toMatchObject({ managerKind: 'sandbox', access: { kind: 'proven' } });
  } finally {
    await daemon.dispose();
  }
});

describe('what only looks like a daemon', () => {
  let folder: string;
  const started: ChildProcess[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'afi-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program that listens on a socket under the name dockerd; `mode` is of its file. */
  async function impostor(name: string, mode: number, uid: number): Promise<{ socket: string; pid: number }> {
    const home = join(folder, name);
    mkdirSync(home, { mode: 0o777 });
    chmodSync(home, 0o777);
    const program = join(home, 'dockerd');
    copyFileSync(process.execPath, program);
    chmodSync(program, mode);
    const socket = join(home, 'docker.sock');
    const listen = 'require("net").createServer().listen(process.argv[1], () => console.log("listening"))';
    const child = spawn(program, ['-e', listen, socket], { uid, gid: uid, stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    await once(child.stdout, 'data');
    return { socket, pid: child.pid ?? 0 };
  }

  test('a set-uid program is refused, whatever it calls itself', async () => {
    const { socket, pid } = await impostor('setuid', 0o4755, 65534);
    expect(readFileSync(`/proc/${pid}/comm`, 'utf8').trim()).toBe('dockerd');
    expect(await identify(socket)).toMatchObject({
      pid,
      access: { kind: 'read-only', reason: 'socket-not-proven' },
    });
  });

  test('a link named dockerd to another program is refused', async () => {
    const home = join(folder, 'link');
    mkdirSync(home);
    symlinkSync(process.execPath, join(home, 'dockerd'));
    const socket = join(home, 'docker.sock');
    const listen = 'require("net").createServer().listen(process.argv[1], () => console.log("listening"))';
    const child = spawn(join(home, 'dockerd'), ['-e', listen, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    await once(child.stdout, 'data');
    expect(await identify(socket)).toMatchObject({ access: { kind: 'read-only', reason: 'socket-not-proven' } });
  });

  test('a program that holds a socket by the name of root’s is not root’s daemon', async () => {
    const { socket } = await impostor('other-file', 0o755, 65534);
    // As it looks where the name was bound in a file system of its own: here somebody else's socket stands at it.
    chownSync(socket, 0, 0);
    expect(await identify(socket)).toMatchObject({ access: { kind: 'read-only', reason: 'socket-not-proven' } });
  });

  test('a program of another name that holds the socket is none', async () => {
    const socket = join(folder, 'other.sock');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    expect(await identify(socket)).toMatchObject({ pid: null, access: { reason: 'socket-not-proven' } });
    expect(await runs(socket)).toBe(false);
    server.close();
  });

  test('a daemon of a container, at the same path in a file system of its own, is neither ours nor a reason to connect', async () => {
    const { socket } = await impostor('outer', 0o755, 0);
    const home = join(folder, 'outer');
    const script =
      'mount -t tmpfs tmpfs "$1"; cp "$2" "$1/dockerd"; cd "$1"; exec ./dockerd -e "$3" "$1/docker.sock" -H "unix://$1/docker.sock"';
    const listen = 'require("net").createServer().listen(process.argv[1], () => console.log("listening"))';
    const inner = spawn(
      'unshare',
      ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script, 'sh', home, process.execPath, listen],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(inner);
    await once(inner.stdout, 'data');
    const [outer] = started.slice(-2);
    expect(await identify(socket)).toMatchObject({ pid: outer?.pid });
    outer?.kill('SIGKILL');
    await once(outer as ChildProcess, 'exit');
    expect(await runs(socket)).toBe(false);
    expect(await identify(socket)).toMatchObject({ pid: null });
  });

  test('two of them at one socket are ambiguous', async () => {
    const { socket, pid } = await impostor('two', 0o755, 0);
    rmSync(socket);
    const second = spawn(
      join(folder, 'two', 'dockerd'),
      ['-e', 'require("net").createServer().listen(process.argv[1], () => console.log("listening"))', socket],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(second);
    await once(second.stdout, 'data');
    const found = await identify(socket);
    expect(found.access).toMatchObject({ kind: 'read-only', reason: 'ambiguous' });
    if (found.access.kind === 'read-only') expect(found.access.detail).toContain(String(pid));
  });

  test('an ordinary user is told that nothing may be looked at', async () => {
    const daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process' });
    try {
      chmodSync(daemon.folder, 0o755);
      const { bundled } = await import('../fakes/program.ts');
      const program = await bundled('identify');
      chmodSync(program.folder, 0o755);
      const said = execFileSync('setpriv', [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        process.execPath,
        program.path,
        daemon.endpoint,
      ]);
      rmSync(program.folder, { recursive: true });
      expect(JSON.parse(said.toString())).toMatchObject({
        pid: daemon.pid(),
        configPath: daemon.configPath,
        access: { kind: 'read-only', reason: 'not-permitted' },
      });
    } finally {
      await daemon.dispose();
    }
  });
});

test.each([
  ['tcp://127.0.0.1:2375', 'remote'],
  ['ssh://root@host', 'remote'],
  ['unix:///home/u/.docker/desktop/docker.sock', 'managed-elsewhere'],
])('%s is read-only: %s', async (endpoint, reason) => {
  const found = await createPlatform().identify({ endpoint, source: 'flag', context: null }, none);
  expect(found.access).toMatchObject({ kind: 'read-only', reason });
});
