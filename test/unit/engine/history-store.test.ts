// What is kept on disk: every text once, the newest whatever else has to go.
import type * as files from 'node:fs/promises';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { etagOf } from '../../../electron/engine/config-name.ts';
import { readHistory } from '../../../electron/engine/history.ts';
import { openHistory } from '../../../electron/engine/history-store.ts';

// Hundreds of versions: what has to be on disk at once is tested elsewhere.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  const open: typeof real.open = async (...given) =>
    Object.assign(await real.open(...given), { sync: () => Promise.resolve() });
  return { ...real, open };
});

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'afloat-history-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const version = (i: number): Uint8Array => Buffer.from(`{"mtu":${i}}`);
const textFolder = (): string =>
  join(folder, readdirSync(folder).find((name) => name.startsWith('history-')) ?? '', 'texts');
const textsIn = (): readonly string[] => readdirSync(textFolder());

test('the text of every new version is kept, and the oldest go for it', async () => {
  const store = openHistory(folder, '/etc/docker/daemon.json');
  for (let i = 1; i <= 205; i += 1) {
    const bytes = version(i);
    // A text comes before its line.
    await store.keep(bytes);
    await store.add({ at: i, kind: 'file', etag: etagOf(bytes), by: { kind: 'unknown' } });
  }
  for (const i of [6, 100, 201, 202, 203, 204, 205])
    expect(await store.text(etagOf(version(i))), `version ${i}`).toEqual(Buffer.from(version(i)));
  expect(textsIn()).toHaveLength(200);
  expect(await store.text(etagOf(version(1)))).toBeNull();
  // One that comes back after its text went is the newest again.
  await store.keep(version(1));
  await store.add({ at: 206, kind: 'file', etag: etagOf(version(1)), by: { kind: 'unknown' } });
  expect(await store.text(etagOf(version(1)))).not.toBeNull();
  expect(textsIn()).toHaveLength(200);
});

test('a text whose line another program is about to write stays', async () => {
  const ours = openHistory(folder, '/etc/docker/daemon.json');
  const theirs = openHistory(folder, '/etc/docker/daemon.json');
  for (let i = 1; i <= 200; i += 1) {
    await ours.keep(version(i));
    await ours.add({ at: i, kind: 'file', etag: etagOf(version(i)), by: { kind: 'unknown' } });
  }
  await theirs.keep(version(1001));
  await ours.keep(version(1002));
  expect(await ours.text(etagOf(version(1001)))).not.toBeNull();
});

test('a text with which the daemon ran is a version that stays, also where nobody told of the file', async () => {
  const path = '/etc/docker/daemon.json';
  const store = openHistory(folder, path);
  const worked = version(1);
  await store.keep(worked);
  await store.add({ at: 1, kind: 'ran', etag: etagOf(worked), how: 'started' });
  const long = new Date(Date.now() - 3600_000);
  for (const name of textsIn()) utimesSync(join(textFolder(), name), long, long);
  for (let i = 2; i <= 201; i += 1) await store.keep(version(i));
  const { versions, entries } = await readHistory(store, folder, path, null);
  expect(versions).toMatchObject([{ id: etagOf(worked), at: 1, ran: { at: 1, how: 'started' } }]);
  expect(entries).toEqual([]);
});
