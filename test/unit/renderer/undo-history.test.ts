// Undo and redo: what was typed in one go is one step, and what comes back meets the file as it is.
import { describe, expect, test } from 'vitest';
import { noHistory, PAUSE_IN_TYPING_MS, recorded, redone, undone, type Line } from '../../../renderer/undo-history.ts';
import { withField, withText } from '../../../renderer/draft.ts';
import { configFile } from '../../fakes/snapshot.ts';

const file = configFile({ mtu: 1500 }, { etag: 'one' });
const start: Line = { draft: null, history: noHistory };
const set = (line: Line, value: number, run: string | null, at: number): Line =>
  recorded(line, withField(line.draft, file, ['mtu'], value), run, at);

describe('the line of drafts', () => {
  test('takes typing in one go back as one step, and after a pause as two', () => {
    const twice = set(set(start, 14, 'field', 0), 140, 'field', 10);
    expect(undone(twice, file).draft).toBeNull();
    const apart = set(set(start, 14, 'field', 0), 140, 'field', PAUSE_IN_TYPING_MS);
    expect(undone(apart, file).draft?.change).toMatchObject({ patch: [{ set: 14 }] });
  });
  test('goes back and forth over fields and text alike, and forgets what was ahead at a new edit', () => {
    const field = set(start, 1400, null, 0);
    const text = recorded(field, withText(field.draft, file, '{}'), null, 1);
    const back = undone(text, file);
    expect(back.draft).toEqual(field.draft);
    expect(redone(back, file)).toMatchObject({ draft: text.draft });
    expect(redone(set(back, 1300, null, 2), file).draft?.change).toMatchObject({ patch: [{ set: 1300 }] });
  });
  test('at its ends, stays where it is', () => {
    expect(undone(start, file)).toEqual(start);
    expect(redone(start, file)).toEqual(start);
  });
  test('brings edits back onto the file that somebody changed meanwhile', () => {
    const gone = recorded(set(start, 1400, null, 0), null, null, 1);
    const now = configFile({ mtu: 1400 }, { etag: 'two' });
    expect(undone(gone, now).draft).toBeNull();
    const other = configFile({ mtu: 9000 }, { etag: 'two' });
    expect(undone(gone, other).draft).toMatchObject({ basedOn: 'two', moved: true });
  });
});
