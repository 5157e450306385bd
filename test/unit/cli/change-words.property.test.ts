// Whatever key and value there is, it can be typed, and is read as the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '@contract/json.ts';
import { readArguments } from '../../../electron/cli/arguments.ts';
import { splitFlags } from '../../../electron/cli/flag-words.ts';
import { readKey } from '../../../electron/cli/key-path.ts';
import { readValue } from '../../../electron/cli/value.ts';

const name = fc.string({ minLength: 1, unit: 'binary' });
const path = fc.array(name, { minLength: 1, maxLength: 4 });
/** As JSON has it: without -0, and numbers that a double holds exactly. */
const value = fc
  .jsonValue({ maxDepth: 3 })
  .map((made) => JSON.parse(JSON.stringify(made)) as Json)
  .filter((made) => readValue(JSON.stringify(made)) !== null);

/** The KEY of a path, with quotes only where they are needed. */
const formatKey = (names: readonly string[]): string =>
  names.map((one) => (/^[\w$@/:+-]+$/.test(one) ? one : JSON.stringify(one))).join('.');

/** The VALUE; text stays bare where it would not be taken for JSON. */
function formatValue(made: Json): string {
  if (typeof made !== 'string') return JSON.stringify(made);
  const read = readValue(made);
  return read?.value === made ? made : JSON.stringify(made);
}

test('a key is read as it was written', () => {
  fc.assert(
    fc.property(path, (typed) => {
      expect(readKey(formatKey(typed))).toEqual({ ok: true, path: typed, value: null });
    }),
  );
});

test('KEY=VALUE is read as it was written', () => {
  fc.assert(
    fc.property(path, value, (key, set) => {
      const word = `${formatKey(key)}=${formatValue(set)}`;
      const read = readArguments(['plan', '--', word]);
      expect(read).toMatchObject({ ok: true, command: { change: { edits: [{ path: key }] } } });
      const edits =
        read.ok && read.command.name === 'plan' && read.command.change.kind === 'edits' && read.command.change.edits;
      expect(edits && edits[0] && 'set' in edits[0] ? edits[0].set : undefined).toEqual(set);
    }),
  );
});

test('ordinary keys and values need no quotes', () => {
  expect(formatKey(['log-opts', 'max-size'])).toBe('log-opts.max-size');
  expect(formatKey(['a', 'b.c'])).toBe('a."b.c"');
  expect(readKey('a."b.c"=1')).toEqual({ ok: true, path: ['a', 'b.c'], value: '1' });
  expect(formatValue('10m')).toBe('10m');
  expect(formatValue('true')).toBe('"true"');
  expect(readValue('true')).toEqual({ value: true });
  expect(readValue('local')).toEqual({ value: 'local' });
  expect(readValue('')).toEqual({ value: '' });
  expect(readKey('label=a=b')).toEqual({ ok: true, path: ['label'], value: 'a=b' });
});

test('reading never throws, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('plan', 'apply', '--from', '--remove', '--', 'a=1', '--json'))),
      (argv) => {
        expect(typeof readArguments(argv).ok).toBe('boolean');
      },
    ),
  );
});

test('arguments of dockerd are split as a shell does', () => {
  expect(splitFlags(` -H fd://  --label='a b' --label "x \\"y\\"" z\\ z `)).toEqual([
    '-H',
    'fd://',
    '--label=a b',
    '--label',
    'x "y"',
    'z z',
  ]);
  expect(splitFlags(`'open`)).toBeNull();
  expect(splitFlags('')).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      const quoted = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
      expect(splitFlags(quoted)).toEqual(words);
    }),
  );
});
