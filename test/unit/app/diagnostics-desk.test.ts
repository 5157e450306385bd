// What is copied or saved is what was shown.
import { expect, test } from 'vitest';
import { createDiagnosticsDesk } from '../../../electron/app/diagnostics-desk.ts';
import { lastLines } from '../../../electron/engine/diagnostics.ts';

function desk(chosen: string | null = '/tmp/x.txt', write: () => Promise<void> = () => Promise.resolve()) {
  const copied: string[] = [];
  const written: (readonly [string, string])[] = [];
  const suggested: string[] = [];
  let made = 0;
  const it = createDiagnosticsDesk({
    make: () => `bundle ${(made += 1)}`,
    copy: (text) => Promise.resolve(void copied.push(text)),
    chooseFile: (name) => {
      suggested.push(name);
      return Promise.resolve(chosen);
    },
    write: async (path, text) => {
      await write();
      written.push([path, text]);
    },
    now: () => new Date(Date.UTC(2026, 10, 22)),
  });
  return { ...it, copied, written, suggested };
}

test('copied and saved is what was shown, also when things have changed since', async () => {
  const { make, copy, save, copied, written, suggested } = desk();
  expect(make()).toEqual({ ok: true, value: 'bundle 1' });
  await copy();
  expect(await save()).toEqual({ ok: true, value: '/tmp/x.txt' });
  expect(copied).toEqual(['bundle 1']);
  expect(written).toEqual([['/tmp/x.txt', 'bundle 1']]);
  expect(suggested).toEqual(['afloat-diagnostics-2026-11-22.txt']);
  make();
  await copy();
  expect(copied).toEqual(['bundle 1', 'bundle 2']);
});

test('nothing is written where no file was chosen, and a failure is told', async () => {
  const none = desk(null);
  expect(await none.save()).toEqual({ ok: true, value: null });
  expect(none.written).toEqual([]);
  const full = desk('/full/x.txt', () => Promise.reject(new Error('ENOSPC')));
  expect(await full.save()).toEqual({
    ok: false,
    problem: { kind: 'diagnostics.not-saved', path: '/full/x.txt', cause: 'ENOSPC' },
  });
});

test('the end of a log', () => {
  expect(lastLines('a\nb\nc\n', 2)).toEqual(['b', 'c']);
  expect(lastLines('', 2)).toEqual(['']);
});
