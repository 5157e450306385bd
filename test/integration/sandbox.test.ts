// The sandbox daemon: restarts with its containers, leaves nothing, disturbs no neighbor, and ends with its owner.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../electron/platform/sandbox-daemon.ts';
import { send } from '../../electron/platform/sandbox-seed.ts';
import { bundled } from '../fakes/program.ts';
import { isAlive, programsFor, startRealDaemon, traces, versions, type RealDaemon } from './real-daemon.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'afs-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

async function open(version: (typeof versions)[number], config = '{}\n'): Promise<Sandbox> {
  const made = await createSandbox({ programs: programsFor(version), parent, config });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value;
}

/** Traces that name this sandbox, or that could be its: other tests may run beside. */
const left = (folder: string): readonly string[] => {
  const id = folder.slice(-6);
  return Object.values(traces())
    .flat()
    .filter((trace) => trace.includes(id));
};

describe.each(versions)('dockerd %s', (version) => {
  test('restarts with the same containers, stops, starts, and leaves nothing', async () => {
    const before = traces();
    const sandbox = await open(version, '{"live-restore": true}\n');
    const { manager } = sandbox;
    const running = await manager.state();
    expect(running.state).toBe('running');
    expect(readFileSync(`/proc/${running.pid}/comm`, 'utf8').trim()).toBe('dockerd');
    expect(left(sandbox.folder)).not.toEqual([]);

    expect(await manager.restart()).toEqual({ ok: true, value: null });
    const again = await manager.state();
    expect(again.pid).not.toBe(running.pid);
    expect(await manager.stop()).toEqual({ ok: true, value: null });
    expect(await manager.state()).toEqual({ state: 'stopped', pid: null });
    expect(await manager.start()).toEqual({ ok: true, value: null });

    await sandbox.end();
    await sandbox.end();
    expect(existsSync(sandbox.folder)).toBe(false);
    expect(left(sandbox.folder)).toEqual([]);
    const after = traces();
    for (const kind of ['mounts', 'files'] as const) {
      // Other tests come and go beside this one, and the first of each kind makes what the next ones share; all else that
      // daemons share must be as it was.
      const shared = (all: readonly string[] = []): readonly string[] =>
        all.filter((trace) => !/\/tmp\/|^\/run\/containerd(\/s\/.*)?$|^\/var\/lib\/afloat$/.test(trace));
      expect(shared(after[kind])).toEqual(shared(before[kind]));
    }
  });
});

test('ends with a paused container, which no signal reaches', async () => {
  const sandbox = await open('28.5');
  await send(sandbox.socketPath, 'POST', '/containers/web/pause', Buffer.alloc(0));
  await sandbox.end();
  expect(left(sandbox.folder)).toEqual([]);
});

test('a daemon that cannot start says why, and leaves nothing', async () => {
  const made = await createSandbox({ programs: programsFor('28.5'), parent, config: '{"nonsense": 1}' });
  expect(made.ok).toBe(false);
  if (made.ok || made.problem.kind !== 'sandbox.failed') throw new Error('another problem');
  expect(made.problem.lines.join('\n')).toContain('nonsense');
  expect(traces()['files']?.filter((path) => path.startsWith(parent))).toEqual([parent]);
});

test('shims of a sandbox listen in a /run of their own', async () => {
  const sandbox = await open('28.5');
  try {
    const { pid } = await sandbox.manager.state();
    const sockets = readFileSync(`/proc/${pid}/net/unix`, 'utf8').match(/\/run\/containerd\/s\/\w+/g) ?? [];
    expect(sockets.length).toBeGreaterThan(0);
    expect(sockets.filter((path) => existsSync(path))).toEqual([]);
  } finally {
    await sandbox.end();
  }
});

test('ends within seconds when its owner is killed', async () => {
  const program = await bundled('own-sandbox');
  const owner = spawn(process.execPath, [program.path, '26.1', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const { folder } = JSON.parse(line.toString()) as { folder: string };
  const pid = Number(readFileSync(join(folder, 'docker.pid'), 'utf8'));
  expect(isAlive(pid)).toBe(true);
  rmSync(program.folder, { recursive: true, force: true });
  const killed = performance.now();
  owner.kill('SIGKILL');
  while (existsSync(folder) || left(folder).length > 0 || isAlive(pid)) {
    expect(performance.now() - killed).toBeLessThan(30_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

describe('beside another daemon', () => {
  let neighbor: RealDaemon;
  beforeAll(async () => {
    const web = { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 };
    neighbor = await startRealDaemon({ version: '20.10', manager: 'bare-process', containers: [web] });
  });
  afterAll(() => neighbor.dispose());

  const inside = (...command: readonly string[]): string =>
    execFileSync('nsenter', [`--net=/proc/${neighbor.pid()}/ns/net`, '--', ...command], { encoding: 'utf8' });
  const rules = (): string => inside('iptables-save').replaceAll(/^#.*$|\[\d+:\d+\]/gm, '');

  test('its rules and its published port stay as they are', async () => {
    const published = (JSON.parse(await neighbor.api('GET', '/containers/web/json')) as Published).NetworkSettings
      .Ports;
    const port = published['80/tcp']?.[0]?.HostPort ?? '';
    const answer = (): string =>
      inside('sh', '-c', `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | ${neighbor.programs.busybox} nc 127.0.0.1 ${port}`);
    const before = rules();
    expect(before).toContain(`--dport ${port}`);
    expect(answer()).toContain('afloat');
    const own = outerRules();
    const sandbox = await open('28.5');
    expect(rules()).toBe(before);
    expect(outerRules()).toBe(own);
    await sandbox.manager.restart();
    expect(rules()).toBe(before);
    expect(answer()).toContain('afloat');
    await sandbox.end();
    expect(rules()).toBe(before);
    expect(answer()).toContain('afloat');
  });
});

type Published = { NetworkSettings: { Ports: Record<string, readonly { HostPort: string }[] | undefined> } };

const outerRules = (): string =>
  execFileSync('iptables-save', { encoding: 'utf8' }).replaceAll(/^#.*$|\[\d+:\d+\]/gm, '');
