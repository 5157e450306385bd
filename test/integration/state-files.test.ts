// Journal and backups on a real disk: what is read is checked, what is written is whole, private and bounded.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { keepBackup, listBackups, readBackup } from '../../electron/engine/backups.ts';
import { etagOf } from '../../electron/engine/config-name.ts';
import { openJournal, type Transaction } from '../../electron/engine/journal.ts';

const configPath = '/etc/docker/daemon.json';
let base: string;
let folder: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'afloat-state-'));
  folder = join(base, 'state', 'afloat');
  return () => rmSync(base, { recursive: true, force: true });
});

const etag = (of: string): string => etagOf(Buffer.from(of));
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

const transaction: Transaction = {
  version: 1,
  id: 'abc-1_2',
  configPath,
  endpoint: 'unix:///var/run/docker.sock',
  verb: 'apply',
  effect: 'reload-then-restart',
  phase: 'prepared',
  oldEtag: etag('old'),
  newEtag: etag('new'),
  backup: etag('old'),
  createdFolder: false,
  setBack: [
    { path: ['live-restore'], set: false },
    { path: ['log-opts', 'max-size'], remove: true },
  ],
  daemon: { pid: 12, startTicks: '345' },
  startedAt: 1_700_000_000_000,
  owner: { pid: 34, startTicks: '' },
  wrote: [etag('new')],
};

describe('journal', () => {
  test('remembers, replaces and forgets', async () => {
    const journal = openJournal(folder, configPath);
    expect(await journal.pending()).toBeNull();
    await journal.end();
    await journal.write(transaction);
    expect(await openJournal(folder, configPath).pending()).toEqual(transaction);
    const next: Transaction = {
      ...transaction,
      phase: 'putting-back',
      oldEtag: null,
      backup: null,
      daemon: null,
      createdFolder: true,
    };
    await journal.write(next);
    expect(await journal.pending()).toEqual(next);
    expect(await openJournal(folder, '/other.json').pending()).toBeNull();
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    expect([modeOf(folder), modeOf(join(folder, files[0] ?? ''))]).toEqual(['700', '600']);
    await journal.end();
    expect(await journal.pending()).toBeNull();
    expect([readdirSync(folder), await journal.setAside()]).toEqual([[], []]);
  });

  const garbage: readonly [string, string][] = [
    ['no bytes', ''],
    ['half a journal', JSON.stringify(transaction).slice(0, 200)],
    ['NULs', '\0'.repeat(500)],
    ['a list', '[]'],
    ['another version', JSON.stringify({ ...transaction, version: 2 })],
    ['another file', JSON.stringify({ ...transaction, configPath: '/other' })],
    ['a missing field', JSON.stringify({ ...transaction, wrote: undefined })],
    ['a field too many', JSON.stringify({ ...transaction, more: 1 })],
    ['an id that leaves the folder', JSON.stringify({ ...transaction, id: '../../x' })],
    ['an etag that is none', JSON.stringify({ ...transaction, newEtag: 'x' })],
    ['a backup that leaves the folder', JSON.stringify({ ...transaction, backup: '../x' })],
    ['an unknown phase', JSON.stringify({ ...transaction, phase: 'done' })],
    ['an edit with both deeds', JSON.stringify({ ...transaction, setBack: [{ path: ['a'], set: 1, remove: true }] })],
    ['an edit of nothing', JSON.stringify({ ...transaction, setBack: [{ path: [], set: 1 }] })],
    ['a removal that is none', JSON.stringify({ ...transaction, setBack: [{ path: ['a'], remove: false }] })],
    ['a process without a start', JSON.stringify({ ...transaction, daemon: { pid: 1 } })],
    ['a pid that is none', JSON.stringify({ ...transaction, owner: { pid: -1, startTicks: '1' } })],
  ];
  test.each(garbage)('sets aside what is no journal: %s', async (_, text) => {
    const journal = openJournal(folder, configPath);
    await journal.write(transaction);
    const path = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(path, text);
    expect(await journal.pending()).toBeNull();
    const aside = await journal.setAside();
    expect(aside).toHaveLength(1);
    expect(readFileSync(aside[0] ?? '', 'utf8')).toBe(text);
    await journal.write(transaction);
    expect(await journal.pending()).toEqual(transaction);
  });
});

describe('backups', () => {
  const keep = (text: string, at: number): Promise<string> =>
    keepBackup(folder, configPath, Buffer.from(text), { at, verb: 'apply' });
  const ids = async (): Promise<readonly string[]> => (await listBackups(folder, configPath)).map(({ id }) => id);

  test('keeps bytes under their etag, privately, newest first', async () => {
    expect(await ids()).toEqual([]);
    const bytes = Buffer.from([0xff, 0xfe, 0x7b, 0x00]);
    const id = await keepBackup(folder, configPath, bytes, { at: 5, verb: 'apply' });
    expect(id).toBe(etagOf(bytes));
    const second = await keep('{}', 6);
    expect(await listBackups(folder, configPath)).toEqual([
      { id: second, at: 6, verb: 'apply', size: 2 },
      { id, at: 5, verb: 'apply', size: 4 },
    ]);
    expect(Buffer.from((await readBackup(folder, configPath, id)) ?? []).equals(bytes)).toBe(true);
    const place = join(folder, readdirSync(folder)[0] ?? '');
    expect([modeOf(place), ...readdirSync(place).map((name) => modeOf(join(place, name)))]).toEqual([
      '700',
      '600',
      '600',
      '600',
      '600',
    ]);
    expect(await listBackups(folder, '/other.json')).toEqual([]);
  });

  test('the same bytes are kept once, as of the last time', async () => {
    const first = await keep('a', 1);
    const second = await keep('b', 2);
    expect(await keep('a', 3)).toBe(first);
    expect(await ids()).toEqual([first, second]);
  });

  test('never more than 50, never more than 20 MiB but always the newest', async () => {
    const made: string[] = [];
    for (let i = 0; i < 55; i += 1) made.push(await keep(`text ${i}`, i));
    expect(await ids()).toEqual(made.slice(5).toReversed());
    const large = await keep('x'.repeat(21 * 1024 * 1024), 100);
    expect(await ids()).toEqual([large]);
    const small = await keep('small', 101);
    expect(await ids()).toEqual([small]);
  });

  test('the newest is the one kept now, also where the clock went back', async () => {
    for (let i = 0; i < 50; i += 1) await keep(`text ${i}`, 1000 + i);
    const late = await keep('late', 1);
    expect(await readBackup(folder, configPath, late)).not.toBeNull();
    expect(await ids()).toHaveLength(50);
  });

  test('what is damaged or not there is not given out', async () => {
    const id = await keep('{}', 1);
    const place = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(join(place, id), 'damaged');
    expect(await readBackup(folder, configPath, id)).toBeNull();
    expect(await readBackup(folder, configPath, etag('none'))).toBeNull();
    expect(await readBackup(folder, configPath, '../../../etc/passwd')).toBeNull();
    writeFileSync(join(place, `${id}.json`), '{"at":');
    expect(await ids()).toEqual([]);
    // Kept again, it is whole again, and remains of killed processes go.
    writeFileSync(join(place, `${etag('x')}.tmp`), 'half');
    expect(await keep('{}', 2)).toBe(id);
    expect(readdirSync(place)).toEqual([id, `${id}.json`]);
  });

  test('without room to write it fails instead of going on without a backup', async () => {
    mkdirSync(join(base, 'state'));
    writeFileSync(folder, 'a file in its place');
    await expect(keep('{}', 1)).rejects.toThrow();
  });
});
