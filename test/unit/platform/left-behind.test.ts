// What root lays down for a user who is gone: hers to read, told once, and never hers to write.
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Outcome } from '@contract/outcome.ts';
import { createElevation } from '../../../electron/platform/elevate.ts';
import { layDown } from '../../../electron/privileged/results.ts';

const uid = process.getuid?.() ?? 0;
const outcome = { verb: 'restart', result: 'applied' } as unknown as Outcome;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afl-'));
  path = join(folder, 'run', `outcome-${uid}.json`);
  return () => rmSync(folder, { recursive: true, force: true });
});
const heard = () =>
  createElevation({ terminal: false, stateFolder: join(folder, 'state'), laidDown: join(folder, 'run') }).leftBehind();

test('is told once, though it stays where it lies; another one is told too', async () => {
  expect(await heard()).toBeNull();
  await layDown(path, outcome, () => Promise.resolve(true));
  expect(await heard()).toEqual(outcome);
  expect(await heard()).toBeNull();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(outcome);
  await layDown(path, { ...outcome, verb: 'stop' }, () => Promise.resolve(true));
  expect(await heard()).toMatchObject({ verb: 'stop' });
});

test('is told again where it cannot be kept that it was', async () => {
  writeFileSync(join(folder, 'state'), '');
  await layDown(path, outcome, () => Promise.resolve(true));
  expect(await heard()).toEqual(outcome);
  expect(await heard()).toEqual(outcome);
});

test('is written for root alone, and is not there where nobody else alone could read it', async () => {
  let mode = 0;
  await layDown(path, outcome, (made) => {
    mode = statSync(made).mode & 0o777;
    return Promise.resolve(false);
  });
  expect(mode).toBe(0o400);
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(join(folder, 'run'))).toEqual([]);
});

test.runIf(uid === 0)('is never owned by who may read it', async () => {
  await layDown(path, outcome, (made) => {
    chownSync(made, 0, 54321);
    return Promise.resolve(true);
  });
  expect(statSync(path)).toMatchObject({ uid: 0, gid: 54321 });
});
