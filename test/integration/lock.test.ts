// The lock among real processes: one inside at a time, whoever is killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lockNameFor, takeLock } from '../../electron/engine/lock.ts';
import { ownIdentity, stillRuns } from '../../electron/engine/process-identity.ts';
import { bundled } from '../fakes/program.ts';

let program: Awaited<ReturnType<typeof bundled>>;
let folder: string;
const name = lockNameFor('/etc/docker/daemon.json');

beforeAll(async () => {
  program = await bundled('hold-lock');
});
afterAll(() => rmSync(program.folder, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-lock-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const hold = (log: string, rounds: number, dies: boolean): ChildProcess =>
  spawn(process.execPath, [program.path, join(folder, 'state'), name, log, String(rounds), dies ? 'dies' : 'lives'], {
    stdio: 'inherit',
  });

test('one of many holds it, and no process that is killed with it keeps it', async () => {
  const log = join(folder, 'log');
  // Twelve at once, half of which die holding the lock.
  const children = Array.from({ length: 12 }, (_, i) => hold(log, 15, i % 2 === 0));
  await Promise.all(children.map((child) => once(child, 'exit')));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines.filter((line) => line.startsWith('two'))).toEqual([]);
  expect(lines).toHaveLength(12 * 15);
  const last = await takeLock(join(folder, 'state'), name);
  expect(last.ok).toBe(true);
  if (last.ok) await last.value.release();
  expect(readdirSync(join(folder, 'state'))).toEqual([]);
}, 120_000);

test('names the holder, and is free after release', async () => {
  const first = await takeLock(folder, name);
  if (!first.ok) throw new Error('not taken');
  expect(await takeLock(folder, name)).toEqual({ ok: false, problem: { kind: 'lock.held', pid: process.pid } });
  expect((await takeLock(folder, lockNameFor('/other'))).ok).toBe(true);
  await first.value.release();
  const second = await takeLock(folder, name);
  expect(second.ok).toBe(true);
  // A second release of the first one harms nobody.
  await first.value.release();
  expect((await takeLock(folder, name)).ok).toBe(false);
});

test('a pid that was used again does not hold it', async () => {
  const self = await ownIdentity();
  expect(await stillRuns(self)).toBe(true);
  expect(await stillRuns({ ...self, startTicks: '1' })).toBe(false);
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, `${self.pid}.1.abcdef`), '');
  expect((await takeLock(folder, name)).ok).toBe(true);
});

test('a zombie does not hold it', async () => {
  // The shell starts a child, tells its pid, and becomes a program that never reaps it; only then does the child end.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(chunk.toString());
  const stat = (): readonly string[] =>
    readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
  const nameOf = (one: number | undefined): string => readFileSync(`/proc/${one}/comm`, 'latin1').trim();
  while (nameOf(parent.pid) !== 'sleep') await new Promise((resolve) => setImmediate(resolve));
  process.kill(pid, 'SIGKILL');
  while (stat()[0] !== 'Z') await new Promise((resolve) => setImmediate(resolve));
  expect(await stillRuns({ pid, startTicks: stat()[19] ?? '' })).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  parent.kill('SIGKILL');
});
