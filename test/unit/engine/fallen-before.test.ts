// Who ended with a daemon that nobody watched: told by times alone, never by who happens not to run.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fallenBefore } from '../../../electron/engine/fallen-before.ts';
import { startAgain } from '../../../electron/engine/start-again.ts';
import { ok } from '@contract/problem.ts';
import { container, START } from '../../fakes/snapshot.ts';

const absence = { from: START, to: START + 2_000 };
const hour = 60 * 60 * 1000;

beforeEach(() => vi.useFakeTimers({ now: START + hour }));
afterEach(() => vi.useRealTimers());

const ended = (name: string) => container(name, { state: 'exited', exitCode: 137 });
/** By name: when it began and ended last, after the daemon began to go, in ms. */
const runs: Readonly<Record<string, readonly [startedAt: string, endedAt: number] | undefined>> = {
  earlier: ['2026-11-21T09:00:00Z', -1],
  db: ['2026-11-21T09:30:02Z', 0],
  web: ['2026-11-21T09:30:01Z', 1_999],
  later: ['2026-11-21T09:00:00Z', 2_000],
};
const all = ['earlier', 'db', 'web', 'later', 'never'].map(ended);
const lastRun = (id: string) => {
  const run = runs[id.replace(/\.+$/, '')];
  return Promise.resolve(run === undefined ? null : { startedAt: run[0], endedAt: START + run[1] });
};

test('those count that ended while it was away, in the order of their starts', async () => {
  const fallen = await fallenBefore(absence, [...all, container('alive')], lastRun);
  expect(fallen?.at).toBe(absence.to);
  expect(fallen?.containers.map(({ name, exitCode }) => [name, exitCode])).toEqual([
    ['web', 137],
    ['db', 137],
  ]);
});

test('nobody is told of when nobody did, or when that is long ago', async () => {
  expect(await fallenBefore(absence, [ended('earlier'), container('alive')], lastRun)).toBeNull();
  vi.setSystemTime(START + 25 * hour);
  expect(await fallenBefore(absence, all, lastRun)).toBeNull();
});

test('asked for some, it starts those in their order, passes over who runs, and starts nobody for a stranger', async () => {
  const fallen = await fallenBefore(absence, all, lastRun);
  const list = [...all, container('alive')];
  const view = { fallen, containers: { list, counts: { running: 1, paused: 0, stopped: 5 } } };
  const started: string[] = [];
  const start = (id: string) => Promise.resolve(ok((started.push(id), null)));
  const [db, web, alive, earlier] = ['db', 'web', 'alive', 'earlier'].map((name) => container(name).id);
  expect(await startAgain(view, [db!, web!, earlier!], start)).toMatchObject({
    problem: { kind: 'containers.not-fallen', ids: [earlier] },
  });
  expect(started).toEqual([]);
  expect(await startAgain(view, [db!, alive!, web!], start)).toEqual(ok(null));
  expect(started).toEqual([web, db]);
});
