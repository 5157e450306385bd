// The tour has to fail when app and witness differ in any figure.
import { describe, expect, test } from 'vitest';
import { disagreements, type TourStory } from '../../tour/disagreements.ts';
import type { Testimony } from '../../tour/testimony.ts';
import { container, outcome, snapshot } from '../../fakes/snapshot.ts';

const event = '1795530641056179807';
const web = { name: 'web', pid: 4051, startTicks: '700150' };
const fate = {
  id: container('web').id,
  name: 'web',
  foretold: 'interrupted',
  pidBefore: web.pid,
  pidAfter: web.pid,
  exitCode: null,
} as const;
const kept = { before: 1, kept: 1, stopped: [], lost: [], all: [fate] };
const list = [container('web', { pid: web.pid })];
const containers = { counts: { running: 1, paused: 0, stopped: 0 }, list };
const seen: Testimony = { containers: [web], liveRestore: true, reloads: [event], longestGapMs: 1750, pings: 90 };

const agreeing: TourStory = {
  start: snapshot({ containers, liveRestore: { effective: false, file: null, flag: null, blockedBy: null } }),
  applied: outcome({
    verb: 'apply',
    effect: 'reload',
    apiDowntimeMs: 0,
    containers: kept,
    proof: { event, info: [{ key: 'live-restore', value: 'true' }], pidBefore: 900, pidAfter: 900 },
  }),
  restarted: outcome({
    verb: 'restart',
    effect: 'restart',
    apiDowntimeMs: 1736,
    containers: kept,
    proof: { event: null, info: [], pidBefore: 900, pidAfter: 950 },
  }),
  end: snapshot({ containers, liveRestore: { effective: true, file: true, flag: null, blockedBy: null } }),
  seenBefore: { ...seen, liveRestore: false, reloads: [], longestGapMs: 30 },
  seenApplied: { ...seen, longestGapMs: 40 },
  seenAfter: seen,
};

test('nothing is said where both agree', () => {
  expect(disagreements(agreeing)).toEqual([]);
});

describe('each figure that differs is named', () => {
  const { seenAfter, seenApplied, restarted } = agreeing;
  const cases: readonly (readonly [string, Partial<TourStory>, RegExp])[] = [
    ['another process', { seenAfter: { ...seenAfter, containers: [{ ...web, pid: 4052 }] } }, /after the restart/],
    [
      'the same number, started anew',
      { seenAfter: { ...seenAfter, containers: [{ ...web, startTicks: '800000' }] } },
      /kept containers/,
    ],
    ['a container that is gone', { seenAfter: { ...seenAfter, containers: [] } }, /after the restart/],
    ['live restore that was not taken', { seenAfter: { ...seenAfter, liveRestore: false } }, /live restore at the end/],
    ['a reload that nobody saw', { seenApplied: { ...seenApplied, reloads: [] } }, /reload events/],
    ['a second reload', { seenAfter: { ...seenAfter, reloads: [event, '1795530641056179999'] } }, /at the end/],
    ['another event', { seenApplied: { ...seenApplied, reloads: ['1795530641056179808'] } }, /reload events/],
    ['a longer gap', { seenAfter: { ...seenAfter, longestGapMs: 1887 } }, /gap of the restart/],
    ['a gap of the reload', { seenApplied: { ...seenApplied, longestGapMs: 151 } }, /gap of the apply/],
    ['a daemon that was not restarted', { restarted: { ...restarted, proof: agreeing.applied.proof } }, /not so/],
  ];
  test.each(cases)('%s', (_name, change, words) => {
    const wrong = disagreements({ ...agreeing, ...change });
    expect(wrong.join('\n')).toMatch(words);
  });
});
