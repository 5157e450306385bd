// Lines that go and come: applied to the text before, they give the text after.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, excerpt } from '../../../renderer/parts/diff-lines.ts';

const text = fc
  .array(fc.constantFrom('{', '}', '  "a": 1,', '  "b": 2', ''), { maxLength: 14 })
  .map((lines) => lines.join('\n'));
const joined = (lines: readonly { readonly text: string }[]) => lines.map((line) => line.text).join('\n');
const trimmed = (from: string) => from.replace(/\n$/, '');

test('the lines that stay and go are the text before, those that stay and come the text after', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      expect(joined(lines.filter(({ kind }) => kind !== 'new'))).toBe(trimmed(before));
      expect(joined(lines.filter(({ kind }) => kind !== 'gone'))).toBe(trimmed(after));
    }),
  );
});

test('one changed line is one line that goes and one that comes', () => {
  expect(diffLines('{\n  "a": 1\n}\n', '{\n  "a": 2\n}\n')).toEqual([
    { kind: 'same', text: '{' },
    { kind: 'gone', text: '  "a": 1' },
    { kind: 'new', text: '  "a": 2' },
    { kind: 'same', text: '}' },
  ]);
});

test('texts too long to compare line by line are shown whole', () => {
  const long = (word: string) => Array.from({ length: 700 }, (_, i) => `${word} ${i}`).join('\n');
  const lines = diffLines(long('old'), long('new'));
  expect(lines.filter(({ kind }) => kind === 'gone')).toHaveLength(700);
  expect(lines.filter(({ kind }) => kind === 'new')).toHaveLength(700);
});

test('what is far from every change is left out', () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
  const lines = excerpt(diffLines(before, before.replace('line 10', 'changed')), 1);
  expect(lines.map((line) => line?.text ?? null)).toEqual([null, 'line 9', 'line 10', 'changed', 'line 11', null]);
});
