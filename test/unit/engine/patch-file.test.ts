// Patch files: all or nothing, strict in every member, and the same again after a way through a file.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchBetween, patched } from '../../../electron/contract/change.ts';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { patchFileText } from '../../../electron/contract/patch-file.ts';
import { readPatchFile } from '../../../electron/engine/patch-file.ts';

const read = (text: string) => readPatchFile(new TextEncoder().encode(text), 'p.json');
const file = (over: object) => JSON.stringify({ format: 'afloat-patch', version: 1, ...over });

describe('a patch file', () => {
  test('is read back as it was written', () => {
    const patch = {
      summary: 'Rotate',
      edits: [
        { path: ['log-opts', 'max-size'], set: '10m' },
        { path: ['mtu'], remove: true },
      ],
    } as const;
    expect(read(patchFileText(patch))).toEqual({ ok: true, value: patch });
  });
  test.each([
    ['no JSON', '{', 'not-json', '1:2'],
    ['a key twice', '{"format":"x","format":"afloat-patch"}', 'not-json', 'format'],
    ['another format', '{"edits":[]}', 'format', 'format'],
    ['another version', '{"format":"afloat-patch","version":2}', 'version', 'version'],
    ['a member too many', file({ edits: [], note: 1 }), 'unknown-member', 'note'],
    ['a summary that is no text', file({ summary: 1, edits: [] }), 'wrong-type', 'summary'],
    ['no edits', file({ edits: [] }), 'empty', 'edits'],
    ['edits that are no list', file({ edits: {} }), 'wrong-type', 'edits'],
    ['an edit without anything to do', file({ edits: [{ path: ['a'] }] }), 'set-or-remove', 'edits.0'],
    ['an edit with both', file({ edits: [{ path: ['a'], set: 1, remove: true }] }), 'set-or-remove', 'edits.0'],
    ['an empty path', file({ edits: [{ path: [], set: 1 }] }), 'wrong-type', 'edits.0.path'],
    ['an empty name', file({ edits: [{ path: [''], set: 1 }] }), 'wrong-type', 'edits.0.path'],
    ['a removal that is not true', file({ edits: [{ path: ['a'], remove: false }] }), 'wrong-type', 'edits.0.remove'],
    [
      'two edits of one place',
      file({
        edits: [
          { path: ['a'], set: 1 },
          { path: ['a', 'b'], set: 1 },
        ],
      }),
      'same-place',
      'edits.1.path',
    ],
  ])('with %s is refused as a whole, and says where', (_, text, fault, where) => {
    expect(read(text)).toEqual({ ok: false, problem: { kind: 'patch-file.invalid', path: 'p.json', fault, where } });
  });
});

test('the edits between two sets of options make one of the other', () => {
  const value = fc.jsonValue({ maxDepth: 3, noUnicodeString: true } as never);
  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(object, object, (before, after) => {
      expect(patched(before, patchBetween(before, after))).toEqual(after);
    }),
  );
});
