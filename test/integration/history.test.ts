// The history of a file: who wrote what, lines that cannot be torn, bounds, and a way back on a real daemon.
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryEntry } from '@contract/history.ts';
import { etagOf } from '../../electron/engine/config-name.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { readHistory } from '../../electron/engine/history.ts';
import { openHistory } from '../../electron/engine/history-store.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { startRealDaemon } from './real-daemon.ts';

const path = '/etc/docker/daemon.json';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const seen = (at: number, text: string, by: 'us' | 'unknown' = 'unknown'): HistoryEntry => ({
  at,
  kind: 'file',
  etag: etagOf(bytesOf(text)),
  by: { kind: by },
});
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afh-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = (): string => join(folder, readdirSync(folder).find((name) => name.startsWith('history-')) ?? '');
const lines = (): string => join(place(), 'entries');

describe('what is kept', () => {
  test('is for its owner alone, and whole', async () => {
    const store = openHistory(folder, path);
    await store.keep(bytesOf('{}\n'));
    await store.add(seen(1, '{}\n'));
    expect(await store.entries()).toEqual([seen(1, '{}\n')]);
    expect(statSync(place()).mode & 0o777).toBe(0o700);
    expect(statSync(lines()).mode & 0o777).toBe(0o600);
    expect(statSync(join(place(), 'texts', etagOf(bytesOf('{}\n')))).mode & 0o777).toBe(0o600);
    expect(await store.text(etagOf(bytesOf('{}\n')))).toEqual(Buffer.from('{}\n'));
    expect(await store.text('../../entries')).toBeNull();
  });

  test('torn at any byte: the lines before stay, and the next one is not joined to the half', async () => {
    const store = openHistory(folder, path);
    await store.add(seen(1, 'a'));
    const whole = statSync(lines()).size;
    await store.add(seen(2, 'b'));
    const all = readFileSync(lines());
    for (let cut = whole + 1; cut < all.length; cut += 7) {
      writeFileSync(lines(), all);
      truncateSync(lines(), cut);
      await store.add(seen(3, 'c'));
      expect((await store.entries()).map(({ at }) => at)).toEqual([1, 3]);
    }
  });

  test('damaged in the middle: that line is left out, and no other', async () => {
    const store = openHistory(folder, path);
    for (const at of [1, 2, 3]) await store.add(seen(at, `${at}`));
    writeFileSync(lines(), readFileSync(lines(), 'utf8').replace('"at":2', '"at":9'));
    appendFileSync(lines(), '0123456789abcdef {"at":4,"kind":"file"}\nnothing of ours\n');
    expect((await store.entries()).map(({ at }) => at)).toEqual([1, 3]);
  });

  test('is bounded: the older half goes, and texts that nobody speaks of any more', async () => {
    const store = openHistory(folder, path);
    await store.keep(bytesOf('old'));
    await store.add(seen(1, 'old'));
    await store.keep(bytesOf('new'));
    const line = readFileSync(lines(), 'utf8');
    writeFileSync(lines(), line.repeat(Math.ceil((600 * 1024) / line.length)));
    await store.add(seen(2, 'new'));
    await store.add(seen(3, 'new'));
    expect(statSync(lines()).size).toBeLessThan(400 * 1024);
    expect((await store.entries()).at(-1)?.at).toBe(3);
    expect(await store.text(etagOf(bytesOf('new')))).not.toBeNull();
  });

  test('a text that two keep at once is kept', async () => {
    for (let i = 0; i < 50; i += 1) {
      const bytes = bytesOf(`text ${i}`);
      await Promise.all([openHistory(folder, path).keep(bytes), openHistory(folder, path).keep(bytes)]);
      expect(await openHistory(folder, path).text(etagOf(bytes))).toEqual(Buffer.from(bytes));
    }
  });

  test('written by two at once, no line is lost', async () => {
    const stores = [openHistory(folder, path), openHistory(folder, path)];
    await Promise.all(Array.from({ length: 60 }, (_, i) => stores[i % 2]!.add(seen(i, `${i}`))));
    expect((await stores[0]!.entries()).map(({ at }) => at).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, i) => i),
    );
  });
});

test('versions tell what changed since the one before, each text once, whoever of two knows better who wrote it', async () => {
  const store = openHistory(folder, path);
  const [first, second] = ['{}\n', '{"debug": true}\n'];
  for (const text of [first, second]) await store.keep(bytesOf(text));
  await store.add(seen(1_000, first));
  await store.add(seen(20_000, second));
  await store.add(seen(20_300, second, 'us'));
  await store.add(seen(40_000, first));
  const { versions, entries } = await readHistory(store, folder, path, etagOf(bytesOf(first)));
  // The first one came back later, and is told there.
  expect(versions.map((version) => version.first)).toEqual([false, false]);
  expect(versions).toMatchObject([
    { at: 40_000, current: true, changes: [{ key: 'debug', from: 'true', to: null }] },
    { at: 20_000, current: false, by: { kind: 'us' }, changes: [{ key: 'debug', from: null, to: 'true' }] },
  ]);
  expect(entries.map(({ at }) => at)).toEqual([40_000, 20_000, 1_000]);
});

test('the oldest version that is known is the first', async () => {
  const store = openHistory(folder, path);
  for (const [at, text] of [
    [1_000, '{}\n'],
    [20_000, '{"debug": true}\n'],
  ] as const) {
    await store.keep(bytesOf(text));
    await store.add(seen(at, text));
  }
  const { versions } = await readHistory(store, folder, path, null);
  expect(versions.map(({ at, first }) => [at, first])).toEqual([
    [20_000, false],
    [1_000, true],
  ]);
});

test('a real daemon: an edit by hand, a change of ours, a restart by somebody else, and the way back', async () => {
  const daemon = await startRealDaemon({
    version: '28.5',
    manager: 'bare-process',
    config: '{"live-restore": true}\n',
    containers: [{ name: 'sleeper', command: ['sleep', '3600'] }],
  });
  const engine = createEngine(createPlatform({ stateFolder: folder }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
    watchful: true,
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const stop = engine.watch(() => {
        if (!holds()) return;
        resolve();
        queueMicrotask(() => stop());
      });
    });
  const past = async () => {
    const read = await engine.history();
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    return read.value;
  };
  try {
    await engine.settled();
    writeFileSync(daemon.configPath, '{"live-restore": true, "labels": ["by=hand"]}\n');
    await until(() => JSON.stringify(engine.get().config).includes('by=hand'));
    const by = (await past()).versions.map((version) => [version.by.kind, version.current]);
    expect(by).toEqual([
      ['unknown', true],
      ['unknown', false],
    ]);
    const plan = await engine.plan({ kind: 'patch', patch: [{ path: ['debug'], set: true }] });
    const etag = plan.ok ? plan.value.etag : null;
    const changed = await engine.apply(
      { kind: 'patch', patch: [{ path: ['debug'], set: true }] },
      { etag, accept: [] },
    );
    expect(changed.result).toBe('applied');
    const { versions, entries } = await past();
    expect(versions[0]).toMatchObject({ by: { kind: 'us' }, current: true, changes: [{ key: 'debug', to: 'true' }] });
    expect(entries[0]).toMatchObject({ kind: 'outcome', verb: 'apply', result: 'applied' });

    // A deed of ours speaks for the next three seconds; by then it is somebody else.
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    await daemon.kill('SIGKILL');
    await until(() => engine.get().engine.state === 'failed');
    await daemon.start();
    await until(() => engine.get().engine.state === 'running');
    await expect
      .poll(async () => (await past()).entries.filter(({ kind }) => kind === 'daemon').slice(0, 2))
      .toMatchObject([
        { event: 'started', before: 1, kept: 1, ended: [] },
        { event: 'crashed', before: 1, kept: 1, ended: [] },
      ]);

    const first = (await past()).versions.at(-1)!;
    const text = await engine.versionText(first.id.slice(0, 12));
    expect(text).toEqual({ ok: true, value: { id: first.id, text: '{"live-restore": true}\n' } });
    const back = text.ok ? text.value.text : '';
    const now = await engine.plan({ kind: 'text', text: back });
    const restored = await engine.apply(
      { kind: 'text', text: back },
      { etag: now.ok ? now.value.etag : null, accept: now.ok ? now.value.needs : [] },
    );
    expect(restored.result).toBe('applied');
    expect(readFileSync(daemon.configPath, 'utf8')).toBe('{"live-restore": true}\n');
    expect((await past()).versions[0]).toMatchObject({ id: first.id, current: true, by: { kind: 'us' } });
    expect(await engine.versionText('ffff')).toMatchObject({ ok: false, problem: { kind: 'history.unknown' } });
  } finally {
    await engine.close();
    await daemon.dispose();
  }
});
