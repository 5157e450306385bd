// What is written of a text that somebody hands over: in the encoding of the file, once.
import { expect, test } from 'vitest';
import { prepareChange, type Gathered } from '../../../electron/engine/gather.ts';
import { gatheredWith } from '../../fakes/gathered.ts';
import { configFile } from '../../fakes/snapshot.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const daemonWith = (text: string): Gathered =>
  gatheredWith({
    state: { config: configFile({}), bytes: bytesOf(text), folderMissing: false },
    step: 'unneeded',
  });

const written = (before: string, text: string): string => {
  const prepared = prepareChange(daemonWith(before), { kind: 'text', text });
  if (!prepared.ok) throw new Error(prepared.problem.kind);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(prepared.value.after);
};

test('a text with a byte order mark is written with the marks that the file had: one or none', () => {
  const next = '{"debug":true}';
  expect(written('\uFEFF{}', `\uFEFF${next}`)).toBe(`\uFEFF${next}`);
  expect(written('\uFEFF{}', next)).toBe(`\uFEFF${next}`);
  expect(written('{}', `\uFEFF${next}`)).toBe(next);
});
