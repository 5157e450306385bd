// Every kind of file that dockerd was measured with gets its answer, and edits leave the rest alone.
import { describe, expect, test } from 'vitest';
import type { Patch } from '../../../electron/contract/change.ts';
import {
  editConfigText,
  encodeConfigText,
  newText,
  readConfigText,
  type ConfigText,
} from '../../../electron/engine/config-text.ts';
import { textCases, utf16be, utf16le, utf8 } from '../../fakes/config-cases.ts';

const path = '/etc/docker/daemon.json';
const old = '20.10.24';
const recent = ['26.1.5', '28.5.2', null] as const;

function answer(bytes: Uint8Array, version: string | null): unknown {
  const read = readConfigText(bytes, path, version);
  if (read.ok) return { starts: read.value.values };
  if (read.problem.kind !== 'config.invalid') return read.problem;
  const { fault, place, detail } = read.problem;
  return { fault, at: `${place.line}:${place.column}`, detail };
}

describe('reads as dockerd does', () => {
  test.each(textCases)('%s', (_, bytes, on20, since23 = on20) => {
    expect(answer(bytes, old)).toMatchObject(on20);
    for (const version of recent) expect(answer(bytes, version)).toMatchObject(since23);
  });

  test('1000 levels are read', () => {
    const text = `{"a":${'['.repeat(999)}${']'.repeat(999)}}`;
    expect(readConfigText(utf8(text), path, null).ok).toBe(true);
    expect(answer(utf8(text.replace('[', '[[').replace(']', ']]')), null)).toMatchObject({ fault: 'too-deep' });
  });

  test('large files are read: 20 MB label, 20 MB of blanks', () => {
    const label = 'x'.repeat(20_000_000);
    expect(answer(utf8(`{"labels":["${label}"]}`), null)).toEqual({ starts: { labels: [label] } });
    expect(answer(utf8(`{}${' '.repeat(20_000_000)}`), null)).toEqual({ starts: {} });
  });

  test('says where keys stand twice, at any depth', () => {
    const text = '{\n  "a": {"x": 1, "x": 2},\n  "b": [0, {"y": 1, "y": 1}],\n  "a": 3\n}';
    const read = readConfigText(utf8(text), path, null);
    expect(read).toMatchObject({
      ok: true,
      value: {
        values: { a: 3, b: [0, { y: 1 }] },
        duplicates: [
          { path: ['a', 'x'], place: { line: 2, column: 17 } },
          { path: ['b', '1', 'y'], place: { line: 3, column: 21 } },
          { path: ['a'], place: { line: 4, column: 3 } },
        ],
      },
    });
  });

  test('a version that cannot be read counts as the newest', () => {
    for (const version of ['dev', '', 'v28.0.0', '23.0.0']) expect(answer(utf8(''), version)).toEqual({ starts: {} });
    for (const version of ['20.10.24+dfsg1', '19.03.15', 'v20.10.1'])
      expect(answer(utf8(''), version)).toMatchObject({ fault: 'empty' });
  });
});

function config(text: string, version: string | null = null): ConfigText {
  const read = readConfigText(utf8(text), path, version);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function edit(text: string, ...patch: Patch): string {
  const result = editConfigText(config(text), patch);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const on = { path: ['live-restore'], set: true } as const;

describe('edits in the hand of the file', () => {
  test.each([
    ['no bytes', '', '{\n  "live-restore": true\n}\n'],
    ['blank lines only', '\r\n', '{\r\n  "live-restore": true\r\n}\r\n'],
    ['null', 'null\n', '{\n  "live-restore": true\n}\n'],
    ['empty object', '{}\n', '{\n  "live-restore": true\n}\n'],
    ['empty object on two lines', '{\n}', '{\n  "live-restore": true\n}'],
    ['two blanks', '{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "live-restore": true\n}\n'],
    ['tabs and CRLF', '{\r\n\t"a": 1\r\n}\r\n', '{\r\n\t"a": 1,\r\n\t"live-restore": true\r\n}\r\n'],
    ['no final line end', '{\n    "a": 1\n}', '{\n    "a": 1,\n    "live-restore": true\n}'],
    ['minified', '{"a":1,"b":{"c":2}}', '{"a":1,"b":{"c":2},"live-restore":true}'],
    ['one minified member', '{"a":1}', '{"a":1,"live-restore":true}'],
    ['one line with blanks', '{ "a": 1, "b": 2 }', '{ "a": 1, "b": 2, "live-restore": true }'],
    ['one member on one line', '{ "a": 1 }\n', '{ "a": 1, "live-restore": true }\n'],
    ['commas first', '{ "a": 1\n, "b": 2\n}', '{ "a": 1\n, "b": 2\n, "live-restore": true\n}'],
    [
      'blank line before the last',
      '{\n  "a": 1,\n\n  "b": 2\n}',
      '{\n  "a": 1,\n\n  "b": 2,\n  "live-restore": true\n}',
    ],
    ['blanks before the colon', '{\n  "a" : 1\n}', '{\n  "a" : 1,\n  "live-restore" : true\n}'],
    ['aligned columns', '{\n  "a":    1\n}', '{\n  "a":    1,\n  "live-restore": true\n}'],
    ['replaced where it stands', '{"live-restore" : false , "a":1.0}', '{"live-restore" : true , "a":1.0}'],
    [
      'braces on their own lines',
      '{\n  "a":\n  {\n    "b": 1\n  }\n}',
      '{\n  "a":\n  {\n    "b": 1\n  },\n  "live-restore": true\n}',
    ],
  ])('adds to: %s', (_, before, after) => {
    expect(edit(before, on)).toBe(after);
  });

  test.each([
    ['first', '{\n  "x": 1,\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['middle', '{\n  "a": 1,\n  "x": {\n    "y": 1\n  },\n  "b": 1\n}', '{\n  "a": 1,\n  "b": 1\n}'],
    ['last', '{\r\n  "a": 1,\r\n  "x": 1\r\n}\r\n', '{\r\n  "a": 1\r\n}\r\n'],
    ['only', '{\n  "x": 1\n}\n', '{}\n'],
    ['minified', '{"a":1,"x":2,"b":3}', '{"a":1,"b":3}'],
    ['of a pair on one line', '{\n  "a": 1, "x": 2,\n  "b": 3\n}', '{\n  "a": 1,\n  "b": 3\n}'],
    ['before a blank line', '{\n  "a": 1,\n  "x": 2,\n\n  "b": 3\n}', '{\n  "a": 1,\n\n  "b": 3\n}'],
    ['after a blank line', '{\n  "a": 1,\n\n  "x": 2,\n  "b": 3\n}', '{\n  "a": 1,\n\n  "b": 3\n}'],
    ['commas first', '{ "a": 1\n, "x": 2\n, "b": 3\n}', '{ "a": 1\n, "b": 3\n}'],
    ['not there', '{"a":1}', '{"a":1}'],
  ])('removes: %s', (_, before, after) => {
    expect(edit(before, { path: ['x'], remove: true })).toBe(after);
  });

  test('makes the objects on the way', () => {
    expect(edit('{\n\t"a": 1\n}', { path: ['log-opts', 'max-size'], set: '10m' })).toBe(
      '{\n\t"a": 1,\n\t"log-opts": {\n\t\t"max-size": "10m"\n\t}\n}',
    );
    expect(edit('{"a":1}', { path: ['b', 'c', 'd'], set: [1, { e: 2 }] })).toBe('{"a":1,"b":{"c":{"d":[1,{"e":2}]}}}');
    expect(edit('{"b": 5}', { path: ['b', 'c'], set: 1 })).toBe('{"b": {"c": 1}}');
    expect(edit('{\n  "b": {}\n}', { path: ['b', 'c'], set: 1 })).toBe('{\n  "b": {\n    "c": 1\n  }\n}');
  });

  test('keeps lists and objects on one line where the file does', () => {
    const before = '{\n  "dns": ["1.1.1.1"],\n  "log-opts": { "a": "1" }\n}';
    const after = edit(before, { path: ['labels'], set: ['a', 'b'] }, { path: ['features'], set: { x: true } });
    expect(after).toBe(
      '{\n  "dns": ["1.1.1.1"],\n  "log-opts": { "a": "1" },\n  "labels": ["a", "b"],\n  "features": { "x": true }\n}',
    );
  });

  test('changes only what differs inside an object that is set as a whole', () => {
    const before = '{"log-opts": {"a" : "1",  "b":"2",\n"c": "3"}}';
    expect(edit(before, { path: ['log-opts'], set: { a: '1', b: '9', d: '4' } })).toBe(
      '{"log-opts": {"a" : "1",  "b":"9",  "d": "4"}}',
    );
  });

  test('keeps the writing of the items that stay', () => {
    const before = '{"p": [\n  {"size" : 24},\n\n  {"size":16}\n]}';
    expect(edit(before, { path: ['p'], set: [{ size: 24 }, { size: 16 }, { size: 8 }] })).toBe(
      '{"p": [\n  {"size" : 24},\n\n  {"size":16},\n  {"size": 8}\n]}',
    );
    expect(edit('{"p": [1.0, 2.0, 3.0]}', { path: ['p'], set: [1, 3] })).toBe('{"p": [1.0, 3.0]}');
    expect(edit('{"p": [1.0, 2.0]}', { path: ['p'], set: [] })).toBe('{"p": []}');
    expect(edit('{"p": [1.0]}', { path: ['p'], set: [1, 1, 1] })).toBe('{"p": [1.0, 1, 1]}');
  });

  test('an equal value changes nothing, and numbers keep their spelling', () => {
    for (const text of ['{"a": 1.0, "b":1e3}', '{"a":1,\n"b": 1000 }']) {
      expect(edit(text, { path: ['a'], set: 1 }, { path: ['b'], set: 1000 })).toBe(text);
    }
    expect(edit('{"a": 1.50, "b": 12345678901234567890}', { path: ['c'], set: 1 })).toBe(
      '{"a": 1.50, "b": 12345678901234567890, "c": 1}',
    );
  });

  test('keys are found however they are spelled', () => {
    expect(edit('{"live\\u002drestore": false}', on)).toBe('{"live\\u002drestore": true}');
  });

  test('what follows the document on 20.10 stays', () => {
    const result = editConfigText(config('{"a":1}\ngarbage }', '20.10.24'), [on]);
    expect(result).toEqual({ ok: true, value: '{"a":1,"live-restore":true}\ngarbage }' });
  });

  test('a file with a duplicate key is not edited', () => {
    const read = config('{"debug": true,\n "debug": false}');
    expect(editConfigText(read, [on])).toEqual({
      ok: false,
      problem: { kind: 'config.invalid', path, fault: 'duplicate-key', place: { line: 2, column: 2 }, detail: 'debug' },
    });
    expect(editConfigText(read, [])).toEqual({ ok: true, value: read.text });
  });

  test('an empty path changes nothing', () => {
    expect(edit('{"a":1}', { path: [], set: 5 })).toBe('{"a":1}');
  });
});

test.each([
  ['utf-8', utf8('\ufeff{"a":"é"}\r\n')],
  ['utf-8 without mark', utf8('{"a":"é😀"}')],
  ['utf-16le', utf16le('\ufeff{"a":"é😀"}')],
  ['utf-16be', utf16be('\ufeff{"a":"é😀"}')],
])('%s comes back as the same bytes', (_, bytes) => {
  const read = readConfigText(bytes, path, null);
  if (!read.ok) throw new Error(read.problem.kind);
  expect(Buffer.from(encodeConfigText(read.value.text, read.value)).equals(Buffer.from(bytes))).toBe(true);
});

test('a new file is plain UTF-8', () => {
  expect(encodeConfigText('é', newText)).toEqual(utf8('é'));
});
