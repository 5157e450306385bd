// What stands below each other on a terminal begins in the same column, in every script.
import { expect, test } from 'vitest';
import { columns, createStyle, labeled } from '../../../electron/cli/text-style.ts';
import { textWidth } from '../../../electron/cli/text-width.ts';

test.each([
  ['', 0],
  ['afloat', 6],
  ['デーモン', 8],
  ['ライブリストア (live restore)', 29],
  ['e\u0301', 1],
  ['→ 1 · 2…', 8],
])('%s takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('values begin in one column, whatever script their labels are in', () => {
  const text = labeled(
    [
      ['API', 'v1'],
      ['ライブリストア', 'v2'],
      ['設定', 'v3\nv4'],
    ],
    createStyle(false),
  );
  expect(text.split('\n').flatMap((line) => (line === '' ? [] : [textWidth(line.replace(/v\d$/, ''))]))).toEqual([
    16, 16, 16, 16,
  ]);
});

test('cells line up', () => {
  const rows = columns([
    ['web', '動き続けます', '!'],
    ['database', '停止', '!'],
  ]);
  expect(rows.map((row) => textWidth(row))).toEqual([25, 25]);
});
