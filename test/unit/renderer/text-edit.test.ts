// Setting an option inside a typed text: the value is there afterwards, and nothing else has moved.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patched } from '@contract/change.ts';
import type { JsonObject } from '@contract/json.ts';
import { textWith } from '../../../renderer/text-edit.ts';

describe('layout', () => {
  test.each([
    ['', '{\n  "debug": true\n}\n'],
    ['{}', '{\n  "debug": true\n}'],
    ['{\n}\n', '{\n  "debug": true\n}\n'],
    ['{\n    "mtu": 1400\n}\n', '{\n    "mtu": 1400,\n    "debug": true\n}\n'],
    ['{\r\n\t"mtu": 1400\r\n}\r\n', '{\r\n\t"mtu": 1400,\r\n\t"debug": true\r\n}\r\n'],
    ['{\n\t"mtu": 1400, "labels": [ "a" ]\n}', '{\n\t"mtu": 1400, "labels": [ "a" ],\n\t"debug": true\n}'],
    ['{\n  "debug" :  false\n}', '{\n  "debug" :  true\n}'],
  ])('%j becomes %j', (before, after) => {
    expect(textWith(before, ['debug'], true)).toBe(after);
  });
  test('an object on the way is made', () => {
    expect(textWith('{\n  "mtu": 1\n}\n', ['log-opts', 'max-size'], '10m')).toBe(
      '{\n  "mtu": 1,\n  "log-opts": {\n    "max-size": "10m"\n  }\n}\n',
    );
  });
});

test('what is read afterwards is what was there, with the one edit', () => {
  const value = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.array(fc.string(), { maxLength: 3 }));
  const key = fc.constantFrom('mtu', 'debug', 'dns', 'labels', 'log-opts');
  const object = fc.dictionary(key, fc.oneof(value, fc.dictionary(fc.constantFrom('max-size', 'b'), value)));
  const path = fc.constantFrom(['mtu'], ['debug'], ['dns'], ['labels']);
  fc.assert(
    fc.property(
      object,
      path,
      fc.option(value, { nil: undefined }),
      fc.constantFrom(0, 1, 2, 4, '\t'),
      fc.constantFrom('\n', '\r\n'),
      (values, at, next, indent, eol) => {
        const text = JSON.stringify(values, null, indent).replaceAll('\n', eol);
        const edit = next === undefined ? ({ path: at, remove: true } as const) : { path: at, set: next };
        const after = textWith(text, at, next);
        expect(JSON.parse(after)).toEqual(JSON.parse(JSON.stringify(patched(values as JsonObject, [edit]))));
      },
    ),
  );
});
