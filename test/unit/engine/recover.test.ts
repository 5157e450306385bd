// What is done about a transaction whose process is gone.
import { describe, expect, test } from 'vitest';
import { verdictFor } from '../../../electron/engine/recover.ts';
import type { Transaction } from '../../../electron/engine/journal.ts';
import { createModel } from '../../fakes/model-daemon.ts';

const daemon = { pid: 100, startTicks: '1' };
const other = { pid: 101, startTicks: '2' };
const transaction = (change: Partial<Transaction>): Transaction => ({
  ...createModel('{}', []).site('{}', 'none', []).newTransaction({
    effect: 'reload',
    oldEtag: 'old',
    newEtag: 'new',
    backup: 'b',
    setBack: [],
    createdFolder: false,
  }),
  daemon,
  phase: 'written',
  ...change,
});

describe('verdictFor', () => {
  test.each([
    ['killed before the rename', {}, { etag: 'old', daemon }, 'end'],
    ['killed after the rename, before the signal was proven', {}, { etag: 'new', daemon }, 'undo'],
    ['killed after the proof', { phase: 'taken' }, { etag: 'new', daemon }, 'finished'],
    [
      'reload taken, restart outstanding',
      { phase: 'taken', effect: 'reload-then-restart' },
      { etag: 'new', daemon },
      'undo',
    ],
    [
      'reload taken, restarted since',
      { phase: 'taken', effect: 'reload-then-restart' },
      { etag: 'new', daemon: other },
      'finished',
    ],
    ['restart outstanding', { effect: 'restart' }, { etag: 'new', daemon }, 'undo'],
    ['the daemon is down', { effect: 'restart' }, { etag: 'new', daemon: null }, 'keep'],
    ['somebody wrote the file since', {}, { etag: 'theirs', daemon }, 'leave'],
    ['somebody removed the file since', {}, { etag: null, daemon }, 'leave'],
    ['killed while putting back', { phase: 'putting-back', wrote: ['new', 'mid'] }, { etag: 'mid', daemon }, 'undo'],
    [
      'killed while putting back, daemon down',
      { phase: 'putting-back', wrote: ['new', 'mid'] },
      { etag: 'mid', daemon: null },
      'keep',
    ],
    ['no effect was needed', { effect: 'none' }, { etag: 'new', daemon }, 'finished'],
  ] as const)('%s', (_name, change, present, expected) => {
    expect(verdictFor(transaction(change as Partial<Transaction>), present)).toBe(expected);
  });
});
