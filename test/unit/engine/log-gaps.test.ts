import { expect, test } from 'vitest';
import type { Container } from '../../../electron/contract/snapshot.ts';
import { fateOfEnded, fateOfLines, logFates, type Away, type LogSource } from '../../../electron/engine/log-gaps.ts';
import { logLinesIn, type LogLine } from '../../../electron/engine/log-lines.ts';
import { container } from '../../fakes/snapshot.ts';

/** Gone at 1 000, the new process began at 5 000, and answered at 6 000. */
const away: Away = { since: 1_000, startedAt: 5_000, backAt: 6_000, liveRestore: true };
const line = (at: number, bytes = 20, stream = 1): LogLine => ({ at, bytes, stream });

test('what waited is late by the time since the line before it, or since the daemon went', () => {
  expect(fateOfLines([line(1_900), line(5_200), line(5_900)], away, false)).toEqual({
    kind: 'delayed',
    ms: 3_300,
    heldUp: false,
  });
  expect(fateOfLines([line(500), line(5_200)], away, false)).toMatchObject({ ms: 4_200 });
  expect(fateOfLines([line(5_200)], away, false)).toMatchObject({ ms: 4_200 });
  expect(fateOfLines([line(5_200)], { ...away, since: null }, false)).toMatchObject({ kind: 'delayed', ms: null });
});

test('nothing waited of one that is silent, or writes only afterwards', () => {
  expect(fateOfLines([], away, false)).toEqual({ kind: 'none' });
  expect(fateOfLines([line(900), line(1_500), line(6_001)], away, false)).toEqual({ kind: 'none' });
});

test('as much at once as a pipe holds was a full pipe; a terminal has a smaller one', () => {
  const burst = (bytes: number, stream = 1) =>
    Array.from({ length: 100 }, (_, i) => line(5_200 + i, bytes / 100, stream));
  expect(fateOfLines(burst(120_000), away, false)).toMatchObject({ heldUp: true });
  expect(fateOfLines(burst(120_000, 2), away, false)).toMatchObject({ heldUp: true });
  expect(fateOfLines(burst(75_000), away, false)).toMatchObject({ heldUp: false });
  expect(fateOfLines(burst(75_000), away, true)).toMatchObject({ heldUp: true });
  // Two pipes, of which none was full.
  expect(fateOfLines([...burst(60_000), ...burst(60_000, 2)], away, false)).toMatchObject({ heldUp: false });
  // So much, but not at once.
  const steady = Array.from({ length: 100 }, (_, i) => line(5_200 + 10 * i, 1_200));
  expect(fateOfLines(steady, away, false)).toMatchObject({ heldUp: false });
});

test('one that ended without a daemon lost what it wrote since then; one that a daemon ended did not', () => {
  expect(fateOfEnded(4_000, away, false)).toEqual({ kind: 'lost', ms: 3_000 });
  expect(fateOfEnded(4_000, { ...away, since: null }, false)).toEqual({ kind: 'lost', ms: null });
  expect(fateOfEnded(4_000, away, true)).toEqual({ kind: 'none' });
  expect(fateOfEnded(900, away, false)).toEqual({ kind: 'none' });
  // The starting daemon read it first.
  expect(fateOfEnded(5_100, away, false)).toBeNull();
});

const withDriver = (name: string, logDriver: string): Container => ({
  ...container(name),
  details: {
    networkMode: 'bridge',
    networks: [],
    dns: [],
    wantedPorts: [],
    mounts: [],
    restartCount: 0,
    tty: false,
    logDriver,
    runtime: 'runc',
    devices: 'none',
  },
});
const source = (over: Partial<LogSource> = {}): LogSource => ({
  logLines: () => Promise.resolve([line(5_200)]),
  lastRun: () => Promise.resolve({ startedAt: '', endedAt: 4_000 }),
  ...over,
});
const kinds = async (before: readonly Container[], after: readonly Container[], from = source(), when = away) =>
  (await logFates(before, after, when, from)).map(
    ({ name, log }) => `${name}: ${log.kind === 'not-known' ? log.why : log.kind}`,
  );

test('only logs that this daemon keeps are told of', async () => {
  const all = [withDriver('json', 'json-file'), withDriver('far', 'fluentd'), withDriver('without', 'none')];
  expect(await kinds(all, all)).toEqual(['json: delayed', 'far: driver']);
});

test('one that does not run as before is judged by its end', async () => {
  const before = withDriver('web', 'local');
  expect(await kinds([before], [{ ...before, state: 'exited', pid: 0, details: null }])).toEqual(['web: lost']);
  expect(await kinds([before], [{ ...before, pid: 9, startedAt: 'later' }])).toEqual(['web: lost']);
  expect(await kinds([before], [])).toEqual(['web: no-answer']);
  // It does not run: nobody asks what it was.
  expect(await kinds([{ ...before, state: 'exited', pid: 0 }], [before])).toEqual([]);
});

test('without live restore it shows in who outlived the daemon whether it ended in good order', async () => {
  const off = { ...away, liveRestore: false };
  const crew = ['web', 'db'].map((name) => withDriver(name, 'json-file'));
  const gone = crew.map((one): Container => ({ ...one, state: 'exited', pid: 0, details: null }));
  const startedAt = crew[0]?.startedAt ?? '';
  const ends = (web: number, db: number) =>
    source({ lastRun: (id) => Promise.resolve({ startedAt, endedAt: id === crew[0]?.id ? web : db }) });
  expect(await kinds(crew, gone, ends(1_200, 1_900), off)).toEqual(['web: none', 'db: none']);
  expect(await kinds(crew, gone, ends(4_000, 5_100), off)).toEqual(['web: lost', 'db: delayed']);
  // One that was started again and ended once more says nothing of that.
  const again = source({
    lastRun: (id) =>
      Promise.resolve(id === crew[0]?.id ? { startedAt, endedAt: 1_200 } : { startedAt: 'later', endedAt: 5_500 }),
  });
  expect(await kinds(crew, gone, again, off)).toEqual(['web: none', 'db: delayed']);
});

test('of one that writes much more lines are asked for; beyond that nothing is said', async () => {
  const asked: number[] = [];
  const endless = source({
    logLines: (_, { tail }) => {
      asked.push(tail);
      return Promise.resolve(Array.from({ length: tail }, () => line(5_500)));
    },
  });
  const one = [withDriver('busy', 'json-file')];
  expect(await kinds(one, one, endless)).toEqual(['busy: busy']);
  expect(asked).toEqual([200, 20_000]);
  expect(await kinds(one, one, source({ logLines: () => Promise.resolve('too-large') }))).toEqual(['busy: busy']);
  expect(await kinds(one, one, source({ logLines: () => Promise.resolve('none') }))).toEqual(['busy: no-answer']);
});

test('times are taken from frames, and lines from a terminal have none', () => {
  const text = '2026-11-25T23:00:00.123456789Z hello\n';
  const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, text.length]);
  const expected = { at: Date.parse('2026-11-25T23:00:00.123Z'), bytes: 6 };
  const framed = Buffer.concat([head, Buffer.from(text), head, Buffer.from(text)]);
  expect(logLinesIn(framed, false)).toEqual([
    { ...expected, stream: 2 },
    { ...expected, stream: 2 },
  ]);
  expect(logLinesIn(Buffer.from(text + text), true)).toEqual([
    { ...expected, stream: 1 },
    { ...expected, stream: 1 },
  ]);
  expect(logLinesIn(Buffer.from('no time here\n'), true)).toEqual([]);
});
