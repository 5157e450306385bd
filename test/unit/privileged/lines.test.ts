// What the one step with root's rights listens to is bounded, however long somebody goes on.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { linesOf } from '../../../electron/privileged/lines.ts';

const text = (line: Uint8Array | null): string | null => (line === null ? null : new TextDecoder().decode(line));

test('a line comes whole, however it was cut on its way; one without an end is none', async () => {
  const stream = new PassThrough();
  const lines = linesOf(stream, 100);
  stream.write('on');
  stream.write('e\ntwo\nthr');
  stream.end('ee');
  expect(text(await lines.next(1_000))).toBe('one');
  expect(text(await lines.next(1_000))).toBe('two');
  expect(await lines.next(1_000)).toBeNull();
});

test('a line that is too long is none, nor is what follows it', async () => {
  const stream = new PassThrough();
  const lines = linesOf(stream, 10);
  stream.write('x'.repeat(11));
  stream.write('\nmore\n');
  expect(await lines.next(1_000)).toBeNull();
});

test('lines that nobody waits for are not kept without end', async () => {
  const stream = new PassThrough();
  const lines = linesOf(stream, 10);
  for (let i = 0; i < 1_000; i += 1) stream.write('a\nb\n');
  await new Promise((resolve) => setImmediate(resolve));
  const kept: (string | null)[] = [];
  for (let line = text(await lines.next(1_000)); line !== null; line = text(await lines.next(1_000))) kept.push(line);
  expect(kept).toEqual(['a', 'b', 'a', 'b']);
});
