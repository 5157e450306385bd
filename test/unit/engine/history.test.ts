// The time line without doubles: two programs that saw the same tell it once, and a way back is told.
import { expect, test } from 'vitest';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import type { Author, HistoryEntry } from '../../../electron/contract/history.ts';
import { entryFrom } from '../../../electron/engine/history-entry.ts';
import { withoutDoubles } from '../../../electron/engine/history.ts';

const file = (at: number, etag: string, by: Author = { kind: 'unknown' }): HistoryEntry => ({
  at,
  kind: 'file',
  etag,
  by,
});

test('a file that two programs saw is told once, by the one that knows who wrote it', () => {
  expect(withoutDoubles([file(1000, 'a'), file(1000, 'a', { kind: 'us' }), file(2000, 'b')])).toEqual([
    file(1000, 'a', { kind: 'us' }),
    file(2000, 'b'),
  ]);
});

test('a version that came back at once is told again, at its own place', () => {
  const back = [file(1000, 'a'), file(2000, 'b'), file(3000, 'a', { kind: 'us' })];
  expect(withoutDoubles(back)).toEqual(back);
});

test('a file that was seen again as it was is no news, however late', () => {
  expect(withoutDoubles([file(1000, 'a'), file(900_000, 'a')])).toEqual([file(1000, 'a')]);
});

const compared: HistoryEntry = {
  at: 1000,
  kind: 'audit',
  compared: 3,
  changed: [
    {
      name: 'web',
      deviations: [
        { kind: 'new-process', from: 7, to: 9 },
        { kind: 'dns-changed', from: [], to: ['9.9.9.9'] },
        { kind: 'not-paused' },
      ],
    },
  ],
  orphans: ['db'],
  logs: [
    { name: 'web', log: { kind: 'delayed', ms: null, heldUp: true } },
    { name: 'far', log: { kind: 'not-known', why: 'driver', driver: 'fluentd' } },
  ],
};

test('what was compared is read back whole, or not at all', () => {
  const line = JSON.stringify(compared);
  expect(entryFrom(line)).toEqual(compared);
  for (const [whole, broken] of [
    ['"to":9', '"to":"9"'],
    ['"not-paused"', '"not-known-to-us"'],
    ['"not-paused"', '"toString"'],
    ['["9.9.9.9"]', '[9]'],
    ['"heldUp":true', '"heldUp":1'],
    ['"driver","driver"', '"whim","driver"'],
    ['["db"]', '{}'],
  ] as const) {
    expect(line).toContain(whole);
    expect(entryFrom(line.replace(whole, broken))).toBeNull();
  }
});

test('the first version tells what it sets, a later one what changed', () => {
  const label = { key: 'labels', from: null, to: '["a"]' };
  const said = (changes: readonly (typeof label)[], first: boolean) =>
    messagesIn('en').history.summary({ changes, first });
  expect(said([], true)).toBe('The first version that is known: it sets nothing');
  expect(said([label], true)).toBe('The first version that is known: labels: ["a"]');
  expect(said([], false)).toBe('Only the layout');
  expect(said([label], false)).toBe('labels: ["a"] added');
});

test('two programs that compared after the same restart tell it once', () => {
  expect(withoutDoubles([compared, { ...compared, at: 1400 }])).toEqual([compared]);
});
