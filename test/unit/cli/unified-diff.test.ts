// The shown difference is the difference: applied to the old text it gives the new one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../electron/cli/unified-diff.ts';

test('as diff -u writes it', () => {
  const before = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4,\n  "e": 5\n}\n';
  expect(unifiedDiff(before, before.replace('"d": 4', '"d": 5'), 'daemon.json')).toBe(
    [
      '--- daemon.json',
      '+++ daemon.json',
      '@@ -2,6 +2,6 @@',
      '   "a": 1,',
      '   "b": 2,',
      '   "c": 3,',
      '-  "d": 4,',
      '+  "d": 5,',
      '   "e": 5',
      ' }',
      '',
    ].join('\n'),
  );
});

test('a new file, and a missing line end', () => {
  expect(unifiedDiff('', '{}\n', 'f')).toBe('--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+{}\n');
  expect(unifiedDiff('{}', '{}\n', 'f')).toBe('--- f\n+++ f\n@@ -1 +1 @@\n-{}\n\\ No newline at end of file\n+{}\n');
  expect(unifiedDiff('{}\n', '{}\n', 'f')).toBe('');
});

/** What `patch` does with one file. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let at = 0;
  const rows = diff.split('\n').slice(2);
  rows.forEach((row, i) => {
    const text = `${row.slice(1)}${rows[i + 1]?.startsWith('\\') ? '' : '\n'}`;
    const start = /^@@ -(\d+)(,0)?/.exec(row);
    if (start) {
      const first = Number(start[1]) - (start[2] ? 0 : 1);
      out.push(...old.slice(at, first));
      at = first;
    } else if (row.startsWith(' ')) {
      expect(old[at]).toBe(text);
      out.push(text);
      at += 1;
    } else if (row.startsWith('-')) {
      expect(old[at]).toBe(text);
      at += 1;
    } else if (row.startsWith('+')) out.push(text);
  });
  return [...out, ...old.slice(at)].join('');
}

test('patching with it gives the new text', () => {
  const line = fc.constantFrom('a', 'b', '{', '}', '');
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
    .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      if (before !== after) expect(patched(before, unifiedDiff(before, after, 'f'))).toBe(after);
    }),
  );
});
