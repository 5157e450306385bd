// The built program on real daemons: what scripts and people meet, with real exit codes and real containers.
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { backupPath } from '../../electron/engine/backups.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon, type RealDaemonOptions } from './real-daemon.ts';
import { unforeseenEdits } from '../fakes/unforeseen.ts';

const program = fileURLToPath(new URL('../../scripts/afloat.mjs', import.meta.url));
const env = { ...process.env, NO_COLOR: '1', DOCKER_HOST: '', DOCKER_CONTEXT: '' };

type Said = { readonly code: number; readonly stdout: string; readonly stderr: string };

function afloat(args: readonly string[], input = ''): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { env, timeout: 55_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Starts the program without waiting; what it says is gathered. */
function started(args: readonly string[]): { child: ChildProcess; said: { stdout: string; stderr: string } } {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (said.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()));
  afterwards(() => void child.kill('SIGKILL'));
  return { child, said };
}

const cleanUps: (() => Promise<void> | void)[] = [];
const afterwards = (cleanUp: () => Promise<void> | void): void => void cleanUps.push(cleanUp);
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function daemonWith(options: Partial<RealDaemonOptions> = {}): Promise<RealDaemon> {
  const daemon = await startRealDaemon({
    version: '28.5',
    manager: 'bare-process',
    containers: [{ name: 'web', command: ['sleep', '3600'] }],
    ...options,
  });
  afterwards(async () => {
    await daemon.dispose();
    rmSync(dirname(backupPath('/var/lib/afloat', daemon.configPath, 'x')), { recursive: true, force: true });
  });
  return daemon;
}

test('a result that cannot be written, as on a full disk, ends with 1', () => {
  const full = openSync('/dev/full', 'w');
  try {
    for (const argv of [['--help'], ['export', 'shell', 'debug=true']]) {
      const said = spawnSync(process.execPath, [program, ...argv], { env, stdio: ['ignore', full, 'pipe'] });
      expect([argv, said.status, said.stderr.toString()]).toEqual([argv, 1, expect.stringContaining('ENOSPC')]);
    }
  } finally {
    closeSync(full);
  }
});

/** The one document of `--json`; nothing else was said. */
function only(said: Said): Record<string, unknown> {
  expect(said.stderr).toBe('');
  return JSON.parse(said.stdout) as Record<string, unknown>;
}

// Builds the program where it is stale, so that no build speaks into the tests.
beforeAll(async () => {
  expect(await afloat(['--version'])).toMatchObject({ code: 0 });
});

describe.each(versions)('on dockerd %s', (version) => {
  test('status, plan, apply, restart: live restore is on and the container keeps its process', async () => {
    const daemon = await daemonWith({ version });
    const pid = await daemon.containerPid('web');
    const at = ['--host', daemon.endpoint, '--json'];

    const before = await afloat(['status', ...at]);
    expect(before.code).toBe(0);
    expect(only(before)).toMatchObject({
      engine: { state: 'running', pid: daemon.pid(), manager: 'bare-process', access: { kind: 'proven' } },
      config: { path: daemon.configPath, state: 'read', writable: true },
      liveRestore: { effective: false, file: null, flag: null, blockedBy: null },
      containers: { running: 1, paused: 0, stopped: 0 },
    });

    const plan = await afloat(['plan', 'live-restore=true', ...at]);
    expect(plan.code).toBe(0);
    expect(only(plan)).toMatchObject({
      effect: 'reload',
      changes: [{ key: 'live-restore', to: true, effect: 'reload' }],
      text: { before: '{}\n', after: '{\n  "live-restore": true\n}\n' },
      containers: [{ name: 'web', verdict: 'keeps-running' }],
      blocked: null,
      needs: [],
    });
    expect(readFileSync(daemon.configPath, 'utf8')).toBe('{}\n');

    const applied = await afloat(['apply', 'live-restore=true', ...at]);
    expect(applied.code).toBe(0);
    expect(only(applied)).toMatchObject({
      result: 'applied',
      effect: 'reload',
      proof: { event: expect.stringMatching(/^\d{19}$/) as string, info: [{ key: 'live-restore', value: 'true' }] },
      containers: { before: 1, kept: 1, stopped: [], lost: [] },
      apiDowntimeMs: 0,
    });
    expect(JSON.parse(await daemon.api('GET', '/info'))).toMatchObject({ LiveRestoreEnabled: true });

    const again = await afloat(['apply', 'live-restore=true', ...at]);
    expect(again.code).toBe(0);
    expect(only(again)).toMatchObject({ result: 'nothing', history: null });

    const daemonPid = daemon.pid();
    const restarted = await afloat(['restart', ...at]);
    expect(restarted.code).toBe(0);
    expect(only(restarted)).toMatchObject({ result: 'applied', containers: { before: 1, kept: 1 } });
    expect(daemon.pid()).not.toBe(daemonPid);
    expect(await daemon.containerPid('web')).toBe(pid);
    expect(isAlive(pid)).toBe(true);
  });

  test('restart refuses when a container would die, and obeys when that is accepted', async () => {
    const daemon = await daemonWith({
      version,
      containers: [{ name: 'web', command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1 & wait; done'] }],
    });
    const [pid, daemonPid] = [await daemon.containerPid('web'), daemon.pid()];
    const refused = await afloat(['restart', '--host', daemon.endpoint]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('--accept stops');
    expect(daemon.pid()).toBe(daemonPid);
    expect(isAlive(pid)).toBe(true);

    const accepted = await afloat(['restart', '--accept', 'stops', '--host', daemon.endpoint, '--json']);
    expect(accepted.code).toBe(0);
    expect(only(accepted)).toMatchObject({ result: 'applied', containers: { before: 1, kept: 0 } });
    expect(isAlive(pid)).toBe(false);
  });

  test('a broken file is told like a compiler does, and is never replaced', async () => {
    const daemon = await daemonWith({ version, containers: [] });
    const broken = '{\n  "debug": true,\n}\n';
    writeFileSync(daemon.configPath, broken);
    const checked = await afloat(['check', '--host', daemon.endpoint]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(new RegExp(`^${daemon.configPath}:[23]:\\d+: error: \\S`));

    const applied = await afloat(['apply', 'debug=false', '--yes', '--host', daemon.endpoint]);
    expect(applied).toMatchObject({ code: 1, stdout: '' });
    expect(readFileSync(daemon.configPath, 'utf8')).toBe(broken);
  });
});

test('a configuration that cannot start is rolled back, and says so with 3', async () => {
  const daemon = await daemonWith({ config: '{"live-restore": true}\n' });
  const pid = await daemon.containerPid('web');
  const at = ['--host', daemon.endpoint];
  const edits = unforeseenEdits.map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const tried = await afloat(['apply', ...edits, '--json', ...at]);
  expect(tried.code).toBe(3);
  expect(only(tried)).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{"live-restore": true}\n');
  expect(only(await afloat(['status', '--json', ...at]))).toMatchObject({ engine: { state: 'running' } });
  expect(await daemon.containerPid('web')).toBe(pid);
});

test('a configuration that is known not to start never reaches the daemon, and check --fix mends what can be', async () => {
  const daemon = await daemonWith({ config: '{"live-restore": true}\n', containers: [] });
  const at = ['--host', daemon.endpoint];
  const pid = daemon.pid();
  expect((await afloat(['apply', 'storage-driver=nope', '--accept', 'hides', ...at])).code).toBe(1);
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{"live-restore": true}\n');
  expect(daemon.pid()).toBe(pid);

  // Another file is written in its place; the daemon's own goes through a whole transaction, and is taken.
  const other = join(daemon.folder, 'other.json');
  writeFileSync(other, '{\n  "debug": "true", // mine\n  "label": ["a=b"]\n}\n', { mode: 0o640 });
  expect((await afloat(['check', '--fix', other, ...at])).code).toBe(0);
  expect(readFileSync(other, 'utf8')).toBe('{\n  "debug": true,\n  "labels": ["a=b"]\n}\n');
  expect(statSync(other).mode & 0o777).toBe(0o640);
  // By another name it is the daemon's own all the same.
  const alias = join(daemon.folder, 'alias.json');
  symlinkSync(daemon.configPath, alias);
  writeFileSync(daemon.configPath, '{"live-restore": true, "max-concurrent-downloads": "5"}\n');
  const byAlias = await afloat(['check', '--fix', alias, '--yes', '--json', ...at]);
  expect(only(byAlias)).toMatchObject({ result: 'applied', effect: 'reload' });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{"live-restore": true, "max-concurrent-downloads": 5}\n');
  writeFileSync(daemon.configPath, '{"live-restore": true, "debug": "true"}\n');
  const fixed = await afloat(['check', '--fix', '--yes', '--json', ...at]);
  expect(only(fixed)).toMatchObject({ result: 'applied', effect: 'reload' });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{"live-restore": true, "debug": true}\n');
  expect(daemon.pid()).toBe(pid);
});

test('stop and start: the container lives on, and doing it twice is nothing to do', async () => {
  const daemon = await daemonWith({ config: '{"live-restore": true}\n' });
  const pid = await daemon.containerPid('web');
  const at = ['--host', daemon.endpoint, '--json'];
  expect(only(await afloat(['start', ...at]))).toMatchObject({ result: 'nothing' });
  const stopped = await afloat(['stop', ...at]);
  expect(stopped.code).toBe(0);
  expect(only(stopped)).toMatchObject({ result: 'applied', containers: { before: 1, kept: 1 } });
  expect(daemon.pid()).toBeNull();
  expect(isAlive(pid)).toBe(true);
  expect(only(await afloat(['status', ...at]))).toMatchObject({
    engine: { state: 'stopped', pid: null },
    outage: { containers: [{ name: 'web', pipes: { bytes: 0, blocked: false } }], notMeasured: null },
  });
  const told = await afloat(['status', '--host', daemon.endpoint]);
  expect(told.stdout).toMatch(/^Run on +web  0 KiB of 128 KiB  writes nothing$/m);
  const again = await afloat(['stop', ...at]);
  expect(again.code).toBe(0);
  expect(only(again)).toMatchObject({ result: 'nothing' });
  expect((await afloat(['restart', ...at])).code).toBe(6);
  const up = await afloat(['start', ...at]);
  expect(up.code).toBe(0);
  expect(only(up)).toMatchObject({ result: 'applied' });
  expect(await daemon.containerPid('web')).toBe(pid);
});

test('check judges other files and standard input, by the daemon of the target', async () => {
  const daemon = await daemonWith({ containers: [] });
  const at = ['--host', daemon.endpoint];
  expect(await afloat(['check', '-', ...at], '{"live-restore": true}')).toMatchObject({ code: 0, stderr: '' });
  const wrong = await afloat(['check', '-', '--json', ...at], '{\n  "live_restore": true\n}');
  expect(wrong.code).toBe(1);
  expect(only(wrong)).toMatchObject({
    verdict: 'refuses',
    findings: expect.arrayContaining([
      expect.objectContaining({ severity: 'error', kind: 'unknown-key', line: 2, suggestion: 'live-restore' }),
    ]) as unknown,
  });
});

test('watch tells what happens, a document a line, until Ctrl-C', async () => {
  const daemon = await daemonWith({ containers: [] });
  const { child, said } = started(['watch', '--json', '--host', daemon.endpoint]);
  const running = (): unknown[] =>
    said.stdout
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { containers: { running: number } }).containers.running);
  await vi.waitFor(() => expect(running().at(-1)).toBe(0), { timeout: 20_000 });
  await daemon.runContainer({ name: 'late', command: ['sleep', '3600'] });
  await vi.waitFor(() => expect(running().at(-1)).toBe(1), { timeout: 20_000 });
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(said.stderr).toBe('');
});

test('Ctrl-C during a restart waits for its end', async () => {
  const daemon = await daemonWith({ config: '{"live-restore": true}\n' });
  const pid = await daemon.containerPid('web');
  const daemonPid = daemon.pid();
  const { child, said } = started(['restart', '--host', daemon.endpoint]);
  await vi.waitFor(() => expect(said.stderr).toContain('Restarting the daemon'), { timeout: 20_000, interval: 10 });
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(said.stderr).toContain('Please wait');
  expect(said.stdout).toContain('The daemon has restarted.');
  expect(daemon.pid()).not.toBe(daemonPid);
  expect(await daemon.containerPid('web')).toBe(pid);
});

test('no daemon is 6, and nothing connects to a socket that waits to start one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'afc-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const socketPath = join(folder, 'docker.sock');
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  server.listen(socketPath);
  await once(server, 'listening');
  afterwards(() => void server.close());
  const at = ['--host', `unix://${socketPath}`];
  for (const [command, code] of [
    ['status', 0],
    ['plan live-restore=true', 6],
    ['apply live-restore=true --yes', 6],
    ['reload', 6],
    ['restart', 6],
    ['stop', 6],
    ['start', 6],
  ] as const) {
    expect({ command, code: (await afloat([...command.split(' '), ...at])).code }).toEqual({ command, code });
  }
  expect(connections).toBe(0);
  const missing = ['--host', `unix://${join(folder, 'none.sock')}`, '--json'];
  expect(await afloat(['apply', 'debug=true', ...missing])).toMatchObject({ code: 6, stderr: '' });
  expect(only(await afloat(['status', ...missing]))).toMatchObject({ engine: { state: 'absent' } });
});

test('a wrong wish for a daemon is a wrong command line', async () => {
  expect(await afloat(['status', '--host', 'nonsense'])).toMatchObject({ code: 2, stdout: '' });
  expect(await afloat(['status', '--context', 'no-such-context'])).toMatchObject({ code: 2, stdout: '' });
});

test('diagnostics go into a new file that only its owner may read, and never over another by themselves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-cli-'));
  afterwards(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'diagnostics.txt');
  const args = ['diagnostics', '--host', `unix://${folder}/docker.sock`, '--output', path];
  expect(await afloat(args)).toMatchObject({ code: 0, stdout: `Saved as ${path}.\n` });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/\[versions\][^]*\[engine\]\nstate: absent\n/);
  // The time of the first one stays in it.
  expect(await afloat(args)).toMatchObject({ code: 1, stdout: '' });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect((await afloat([...args, '--force'])).code).toBe(0);
  expect(readFileSync(path, 'utf8')).not.toBe(text);
});
