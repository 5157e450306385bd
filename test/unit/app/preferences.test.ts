// The preferences file: read value by value, put aside when broken, written only when something changes.
import type * as files from 'node:fs';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPreferences, placeToOpen, type Writer } from '../../../electron/app/preferences.ts';
import { defaultPreferences } from '../../../electron/contract/preferences.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof files>();
  return { ...real, renameSync: vi.fn(real.renameSync) };
});

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'afloat-preferences-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'preferences.json');
const writes: Record<string, unknown>[] = [];
const writer = (): Promise<Writer> => Promise.resolve({ set: (values) => void writes.push(values) });
beforeEach(() => void writes.splice(0));

test('the first start has defaults, and writes nothing', () => {
  const { get, setAside } = openPreferences(folder, writer);
  expect(get()).toEqual({
    preferences: defaultPreferences,
    window: null,
    page: null,
    welcomed: false,
    toldNoTray: false,
  });
  expect(setAside).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test('only the very first window opens on the page of the first start', async () => {
  const first = openPreferences(folder, writer);
  expect(placeToOpen(first.get())).toBe('welcome');
  // Closed on it: never again; closed elsewhere: there.
  const place = { x: 0, y: 0, width: 800, height: 600, maximized: false };
  await first.keepWindow(place, 'welcome');
  expect(writes).toEqual([{ window: place, page: null, welcomed: true }]);
  expect(placeToOpen(first.get())).toBeNull();
  await first.keepWindow(place, 'status');
  expect(placeToOpen(first.get())).toBe('status');

  writeFileSync(file(), JSON.stringify(writes[0]));
  expect(placeToOpen(openPreferences(folder, writer).get())).toBeNull();
});

test('one bad value costs one value', () => {
  const place = { x: 10, y: 20, width: 900, height: 600, maximized: true };
  writeFileSync(
    file(),
    JSON.stringify({ theme: 'sepia', notifications: false, openAtLogin: 'yes', window: place, more: 1 }),
  );
  const { get, setAside } = openPreferences(folder, writer);
  expect(get().preferences).toEqual({ ...defaultPreferences, notifications: false });
  expect(get().window).toEqual(place);
  expect(setAside).toBeNull();
});

test.each(['', '{"theme": "da', 'null', '[1]', '"text"', '\u0000\u0000'])('%j is put aside, whole', (text) => {
  writeFileSync(file(), text);
  const { get, setAside } = openPreferences(folder, writer);
  expect(get().preferences).toEqual(defaultPreferences);
  // Whoever has such a file was here before.
  expect(placeToOpen(get())).toBeNull();
  expect(existsSync(file())).toBe(false);
  expect(readFileSync(setAside ?? '', 'utf8')).toBe(text);
});

test('a broken file that has to stay where it is stops nothing', () => {
  writeFileSync(file(), '{"theme": "da');
  vi.mocked(renameSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('read-only file system'), { code: 'EROFS' });
  });
  const { get, setAside } = openPreferences(folder, writer);
  expect(get().preferences).toEqual(defaultPreferences);
  expect(setAside).toBeNull();
  expect(readFileSync(file(), 'utf8')).toBe('{"theme": "da');
});

test('a place that is none is forgotten', () => {
  for (const window of [
    null,
    5,
    { x: 1 },
    { x: 1, y: 2, width: '3', height: 4 },
    { x: 1e9, y: 0, width: 800, height: 600 },
  ]) {
    writeFileSync(file(), JSON.stringify({ window }));
    expect(openPreferences(folder, writer).get().window).toBeNull();
  }
});

test('what is set is written, and only then true', async () => {
  const preferences = openPreferences(folder, writer);
  const setting = preferences.set({ theme: 'dark' });
  expect(preferences.get().preferences.theme).toBe('system');
  await setting;
  expect(preferences.get().preferences).toEqual({ ...defaultPreferences, theme: 'dark' });
  expect(writes).toEqual([{ theme: 'dark' }]);
});

test('what could not be written is not true, and does not hold up the next', async () => {
  let works = false;
  const preferences = openPreferences(folder, () =>
    Promise.resolve({
      set() {
        if (!works) throw new Error('disk full');
      },
    }),
  );
  await expect(preferences.set({ theme: 'dark' })).rejects.toThrow('disk full');
  expect(preferences.get().preferences.theme).toBe('system');
  works = true;
  await preferences.keepToldNoTray();
  await preferences.written();
  expect(preferences.get().toldNoTray).toBe(true);
});

test('everything asked for is on disk when it says so', async () => {
  const preferences = openPreferences(folder, writer);
  void preferences.keepWindow({ x: 0, y: 0, width: 800, height: 600, maximized: false }, 'status');
  void preferences.keepToldNoTray();
  await preferences.written();
  expect(writes).toHaveLength(2);
});

test.each([
  ['of a version that had one switch for all', { notifications: false }, { notifications: false, mutedNotices: [] }],
  ['with kinds of a later version', { mutedNotices: ['down', 'flood'] }, { mutedNotices: ['down'] }],
  ['with nonsense', { mutedNotices: 'down' }, { mutedNotices: [] }],
] as const)('what is switched off survives in a file %s', (_, kept, read) => {
  writeFileSync(file(), JSON.stringify(kept));
  expect(openPreferences(folder, writer).get().preferences).toEqual({ ...defaultPreferences, ...read });
});
