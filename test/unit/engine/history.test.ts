// The time line without doubles: two programs that saw the same tell it once, and a way back is told.
import { expect, test } from 'vitest';
import type { Author, HistoryEntry } from '../../../electron/contract/history.ts';
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
