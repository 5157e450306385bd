import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectedGap } from '../../../electron/engine/expected-gap.ts';
import { gapOf, keepPastGap, readPastGaps } from '../../../electron/engine/past-gaps.ts';
import { container, outcome } from '../../fakes/snapshot.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => container(`c${i}`, { ports: ['0.0.0.0:1->1/tcp'] }));

test('without a history, by what was measured, more for more containers and ports', () => {
  const few = expectedGap(many(3), false, []);
  const lots = expectedGap(many(60), false, []);
  expect(few.range[0]).toBeLessThanOrEqual(few.ms);
  expect(few.ms).toBeLessThanOrEqual(few.range[1]);
  expect(lots.ms).toBeGreaterThan(few.ms);
  expect(expectedGap(many(3), true, []).ms).toBe(few.ms + 10_000);
});

test('with one, by restarts of the same kind', () => {
  const past = [
    { ms: 400, containers: 3, ports: 3, stopped: false },
    { ms: 500, containers: 3, ports: 3, stopped: false },
    { ms: 900, containers: 3, ports: 3, stopped: false },
    { ms: 12_000, containers: 3, ports: 3, stopped: true },
  ];
  expect(expectedGap(many(3), false, past)).toEqual({ ms: 500, range: [300, 1_300] });
  expect(expectedGap(many(3), true, past).ms).toBe(12_000);
});

test('one that was taken with fewer containers, or fewer published ports, is brought to those of today', () => {
  const past = [{ ms: 500, containers: 3, ports: 3, stopped: false }];
  const ports = Array.from({ length: 41 }, (_, i) => `0.0.0.0:${i}->${i}/tcp`);
  const [first, ...rest] = many(3);
  if (!first) throw new Error('none');
  expect(expectedGap([{ ...first, ports }, ...rest], false, past).ms).toBe(1_500);
  expect(expectedGap(many(13), false, past).ms).toBe(900);
});

test('of verbs, restarts that were done say how long one takes', () => {
  const gap = (over: Parameters<typeof outcome>[0]) => gapOf(outcome(over), many(3));
  expect(gap({ verb: 'restart', result: 'applied', apiDowntimeMs: 700 })).toMatchObject({ ms: 700, ports: 3 });
  expect(gap({ verb: 'restart', result: 'failed', apiDowntimeMs: 60_000 })).toBeNull();
  expect(gap({ verb: 'reload', result: 'applied', apiDowntimeMs: 0 })).toBeNull();
  expect(gap({ verb: 'start', result: 'applied', apiDowntimeMs: 700 })).toBeNull();
});

test('gaps are kept for each configuration file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'afl-gaps-'));
  try {
    const path = '/etc/docker/daemon.json';
    const gap = { ms: 700, containers: 3, ports: 3, stopped: false };
    await keepPastGap(folder, path, gap);
    await keepPastGap(folder, null, gap);
    expect(await readPastGaps(folder, path)).toEqual([gap]);
    expect(await readPastGaps(folder, '/another')).toEqual([]);
    expect(await readPastGaps(folder, null)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
