// Screens are compared only with references of the same runtime and fonts, and not left out because something is broken here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referenceFolder, whyNotComparable, type MadeOf } from '../../look/references.ts';
import { fontFiles } from '../../look/pinned-fonts.ts';

const there = JSON.parse(readFileSync(join(referenceFolder, 'made-of.json'), 'utf8')) as MadeOf;
const [font] = fontFiles;

test('what drew the references can be compared with them', () => {
  expect(whyNotComparable(there)).toBeNull();
});

test('they were drawn with every font that is pinned', () => {
  expect(Object.keys(there.fonts)).toEqual(fontFiles);
  expect(Object.values(there.fonts)).not.toContain(null);
});

test('another runtime is named', () => {
  expect(whyNotComparable({ ...there, electron: '45.4.1' })).toBe(
    `the references were drawn by Electron ${there.electron} on ${there.platform}, and this is Electron 45.4.1 on ${there.platform}`,
  );
});

test('another version of a font is named', () => {
  const other = { ...there, fonts: { ...there.fonts, [font]: '00' } };
  expect(whyNotComparable(other)).toContain(`${font} is another version`);
});

test('a font that is missing is a failure where set-up installs it, and named where it cannot', () => {
  const without = { ...there, fonts: { ...there.fonts, [font]: null } };
  expect(() => whyNotComparable(without, true)).toThrow(`set-up has not installed ${font}`);
  expect(whyNotComparable(without, false)).toContain(`${font} is missing`);
});
