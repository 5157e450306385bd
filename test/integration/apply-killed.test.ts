// The process that applies is killed at every step and at 200 seeded moments: file and daemon are wholly old or wholly new.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { bundled } from '../fakes/program.ts';
import { startRealDaemon, type RealDaemon } from './real-daemon.ts';

const before = '{\n  "labels": ["a=b"]\n}\n';
const after = '{\n  "labels": ["a=b"],\n  "live-restore": true\n}\n';
const sleeper = { name: 'sleeper', command: ['sleep', '2147483647'] };

let program: Awaited<ReturnType<typeof bundled>>;
let daemon: RealDaemon;
let state: string;

beforeAll(async () => {
  [program, daemon] = await Promise.all([
    bundled('apply-change'),
    startRealDaemon({ version: '28.5', manager: 'bare-process', config: before, containers: [sleeper] }),
  ]);
  state = join(daemon.folder, 'state');
});
afterAll(async () => {
  await daemon.dispose();
  rmSync(program.folder, { recursive: true, force: true });
});

/** Runs the program; it kills itself at a point, or is killed after a time. Tells how many points it came by. */
async function applying(edits: object, end: { readonly at?: number; readonly afterMs?: number } = {}) {
  const args = [program.path, daemon.endpoint, state, JSON.stringify(edits), String(end.at ?? '-')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const clock = end.afterMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), end.afterMs);
  await once(child, 'close');
  if (clock) clearTimeout(clock);
  return { said, points: said.split('\n').filter((line) => /^\d/.test(line)).length };
}

/** What the next start of the app does: it settles what was left, and tells what is true. */
async function nextStart() {
  const platform = { ...createPlatform(), stateFolder: state };
  const engine = createEngine(platform, { host: daemon.endpoint, context: null, configFile: null, manager: null });
  try {
    return await engine.settled();
  } finally {
    await engine.close();
  }
}

const liveRestore = async (): Promise<boolean> => {
  const info = JSON.parse(await daemon.api('GET', '/info')) as { LiveRestoreEnabled: boolean };
  return info.LiveRestoreEnabled;
};

/** Old bytes and old effective value, whatever the case before left. */
async function reset(): Promise<void> {
  writeFileSync(daemon.configPath, before.replace('\n}', ',\n  "live-restore": false\n}'));
  process.kill(daemon.pid() ?? 0, 'SIGHUP');
  while (await liveRestore()) await new Promise((resolve) => setTimeout(resolve, 5));
  writeFileSync(daemon.configPath, before);
}

async function expectWhole(what: string): Promise<'old' | 'new'> {
  await nextStart();
  const file = readFileSync(daemon.configPath, 'utf8');
  expect([before, after], what).toContain(file);
  expect(await liveRestore(), what).toBe(file === after);
  const left = readdirSync(daemon.folder).filter((name) => name.includes('.afloat-'));
  expect(left, what).toEqual([]);
  // A journal that was being written when it was killed is only a temporary file, overwritten by the next one.
  const pending = readdirSync(state).filter((name) => /^journal-.*\.json$/.test(name));
  expect(pending, what).toEqual([]);
  return file === after ? 'new' : 'old';
}

test('killed at every point of an apply', async () => {
  const { points, said } = await applying({ 'live-restore': true });
  expect(said).toContain('result applied');
  expect(points).toBeGreaterThan(10);
  const pid = daemon.pid();
  const container = await daemon.containerPid('sleeper');
  const ends: string[] = [];
  for (let at = 1; at <= points; at += 1) {
    await reset();
    await applying({ 'live-restore': true }, { at });
    ends.push(await expectWhole(`killed at ${at}`));
  }
  // Nothing restarted the daemon, and before the rename it is always the old file.
  expect(daemon.pid()).toBe(pid);
  expect(await daemon.containerPid('sleeper')).toBe(container);
  expect(ends[0]).toBe('old');
}, 300_000);

test('killed at 200 seeded moments', async () => {
  const pid = daemon.pid();
  let seed = 20_261_124;
  const random = (): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return seed / 4_294_967_296;
  };
  await reset();
  const started = performance.now();
  await applying({ 'live-restore': true });
  // The moments lie around that one before which the file is old and after which it is new, however busy this machine is.
  let middleMs = performance.now() - started;
  const ends = { old: 0, new: 0 };
  for (let round = 0; round < 200; round += 1) {
    await reset();
    const afterMs = Math.floor(middleMs * (0.4 + 1.2 * random()));
    await applying({ 'live-restore': true }, { afterMs });
    const end = await expectWhole(`round ${round}, killed after ${afterMs} ms`);
    ends[end] += 1;
    middleMs *= end === 'old' ? 1.03 : 0.97;
  }
  // Both ends were met, so that the moments were neither all too early nor all too late.
  expect(Math.min(ends.old, ends.new)).toBeGreaterThan(10);
  expect(daemon.pid()).toBe(pid);
}, 900_000);

test('killed while the daemon restarts: both phases, at every point, no container lost', async () => {
  await reset();
  const edits = { 'live-restore': true, mtu: 1400 };
  const { points } = await applying(edits);
  const container = await daemon.containerPid('sleeper');
  expect(container).toBeGreaterThan(0);
  for (let at = points - 2; at <= points; at += 1) {
    await reset();
    await applying(edits, { at });
    const view = await nextStart();
    expect(['running', 'stopped', 'failed', 'starting']).toContain(view.engine.state);
    if (daemon.pid() === null) await daemon.start();
    expect(await daemon.containerPid('sleeper')).toBe(container);
  }
}, 300_000);
