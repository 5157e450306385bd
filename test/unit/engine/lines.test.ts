// Lines come out whole, however the bytes arrive.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineReader } from '../../../electron/engine/lines.ts';

test('whatever the cuts, the same lines', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\n\r]/g, '_'));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(40)), (lines, cuts) => {
      const got: string[] = [];
      const read = createLineReader((one) => got.push(one));
      let rest = lines.map((one) => `${one}\n`).join('');
      for (const cut of cuts) {
        read(rest.slice(0, cut));
        rest = rest.slice(cut);
      }
      read(rest);
      expect(got).toEqual(lines.filter((one) => one.trim() !== ''));
    }),
  );
});

test('what has no end yet is kept back', () => {
  const got: string[] = [];
  const read = createLineReader((one) => got.push(one));
  read('{"a"');
  expect(got).toEqual([]);
  read(':1}\n{"b"');
  expect(got).toEqual(['{"a":1}']);
});

test('a line without end does not fill the memory, and the next one is read', () => {
  const got: string[] = [];
  const read = createLineReader((one) => got.push(one));
  for (let i = 0; i < 9; i += 1) read('x'.repeat(1024 * 1024));
  read('\nnext\n');
  expect(got.at(-1)).toBe('next');
  expect(Math.max(...got.map((one) => one.length))).toBeLessThan(5 * 1024 * 1024);
});
