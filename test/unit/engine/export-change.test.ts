// Exports: the program of a host edits as we do, and its change reaches it whole through shell, YAML and Python.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patched, type Edit, type Patch } from '../../../electron/contract/change.ts';
import type { Json, JsonObject } from '../../../electron/contract/json.ts';
import { exportForms } from '../../../electron/contract/export-form.ts';
import { exportChange, hostProgram } from '../../../electron/engine/exports/export-change.ts';

/** Runs the program's own edit of texts, many at once. */
function editedByHost(program: string, texts: readonly string[]): readonly string[] {
  const main = program.indexOf('if __name__');
  const rest = 'print(json.dumps([with_edits(text, CHANGE["edits"])[0] for text in json.load(sys.stdin)]))\n';
  const { stdout, stderr } = spawnSync('python3', ['-c', program.slice(0, main) + rest], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[];
}

const patch: Patch = [
  { path: ['log-opts', 'tag'], set: '{{.Name}} {% "quoted" %} \\ é 😀' },
  { path: ['labels'], set: ['a=b', "it's $HOME `x`"] },
  { path: ['mtu'], remove: true },
];

describe('the program for hosts', () => {
  test('makes the same values as we do, and keeps the text around them', () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const objects = fc.sample(fc.dictionary(fc.constantFrom('log-opts', 'labels', 'mtu', 'x'), value), {
      numRuns: 200,
      seed: 7,
    }) as JsonObject[];
    const texts = objects.map((one, i) => JSON.stringify(one, null, [0, 2, 4][i % 3]));
    const edited = editedByHost(hostProgram(patch, '28.5.2'), texts);
    edited.forEach((text, i) => expect(JSON.parse(text)).toEqual(patched(objects[i] ?? {}, patch)));
    const [kept] = editedByHost(hostProgram([{ path: ['debug'], set: true }], null), [
      '{\r\n\t"b":   1,\r\n\t"a": [1,\r\n2]\r\n}',
    ]);
    expect(kept).toBe('{\r\n\t"b":   1,\r\n\t"a": [1,\r\n2],\r\n\t"debug": true\r\n}');
  });
  test('knows which options a reload takes, and which endanger containers', () => {
    const told = (edit: Edit): string =>
      hostProgram([edit], '28.5.2')
        .match(/json\.loads\("(.*)"\)/)?.[1]
        ?.replaceAll('\\"', '"') ?? '';
    expect(told({ path: ['live-restore'], set: true })).toContain('"reloads":{"live-restore":true},"dangers":[]');
    expect(told({ path: ['live-restore'], remove: true })).toContain('"reloads":{"live-restore":false}');
    expect(told({ path: ['data-root'], set: '/x' })).toContain('"reloads":{"data-root":false},"dangers":["data-root"]');
    expect(told({ path: ['log-opts', 'max-size'], set: '1m' })).toContain('"reloads":{"log-opts":false}');
  });
  test('is the same, character by character, in every form', () => {
    const program = hostProgram(patch, null);
    for (const form of exportForms.filter((one) => one !== 'patch')) {
      const text = exportChange(form, patch, '', null);
      const lines = text.split('\n').map((line) => line.trimStart());
      const wanted = program.split('\n').map((line) => line.trimStart());
      expect(lines.join('\n')).toContain(wanted.join('\n').trimEnd());
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });
  test('a value is the value, whatever is in it', () => {
    const literal = /json\.loads\((".*")\)/.exec(hostProgram(patch, null))?.[1] ?? '';
    const { stdout } = spawnSync('python3', ['-c', `import json\nprint(json.dumps(json.loads(${literal})["edits"]))`], {
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout) as Json).toEqual(patch);
  });
});
