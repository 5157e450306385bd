// Keeps what happened, in one folder per configuration file: lines with checksums, and every text once under its etag.
import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { etagOf, nameFor } from './config-name.ts';
import { codeOf } from './config-path.ts';
import { makePrivateFolder, writeDurably } from './durable-file.ts';
import { entryFrom, type KeptEntry } from './history-entry.ts';
import { takeLock } from './lock.ts';

/** Beyond so many bytes of lines the older half goes. */
const mostBytes = 512 * 1024;
const mostTexts = 200;
const mostTextBytes = 20 * 1024 * 1024;
/** A text that large is no configuration; it is told of, but not kept. */
const largestText = 1024 * 1024;
/** A line comes at once after its text; whoever was killed in between leaves a text without one. */
const lineFollowsMs = 60_000;

export type HistoryStore = {
  /** Adds a line, on disk when it resolves. Throws where our folder cannot be written to. */
  add(entry: KeptEntry): Promise<void>;
  /** Keeps a text once, whoever had it; on disk when it resolves. */
  keep(bytes: Uint8Array): Promise<void>;
  /** All that can be read, oldest first; a line that is torn or damaged is left out. */
  entries(): Promise<readonly KeptEntry[]>;
  /** The kept bytes; null where there are none or they are not what they were. */
  text(etag: string): Promise<Uint8Array | null>;
};

/** Opens the history of a configuration file in the state folder; made when first written to, for its owner alone. */
export function openHistory(stateFolder: string, configPath: string): HistoryStore {
  const name = `history-${nameFor(configPath)}`;
  const folder = join(stateFolder, name);
  const texts = join(folder, 'texts');
  const path = join(folder, 'entries');

  async function add(entry: KeptEntry): Promise<void> {
    await makePrivateFolder(stateFolder);
    await makePrivateFolder(folder);
    const handle = await open(path, 'a+', 0o600);
    let size: number;
    try {
      ({ size } = await handle.stat());
      // A writer that was killed in the middle leaves half a line: the next one must not be joined to it.
      const last = size === 0 ? '\n' : await lastByte(handle, size);
      // One write at the end of the file, so that lines of two programs do not mix.
      await handle.appendFile(`${last === '\n' ? '' : '\n'}${lineOf(entry)}`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (size > mostBytes) await shorten();
  }

  /** Whoever does not get the lock leaves it to the one who has it. */
  async function shorten(): Promise<void> {
    const lock = await takeLock(stateFolder, `lock-${name}`);
    if (!lock.ok) return;
    try {
      const bytes = await readFile(path);
      if (bytes.length <= mostBytes) return;
      const half = bytes.subarray(bytes.indexOf(0x0a, bytes.length / 2) + 1);
      const old = await open(path, 'r');
      try {
        await writeDurably(path, half, 0o600);
        // What somebody added meanwhile went into the old file.
        const { size } = await old.stat();
        const late = Buffer.alloc(Math.max(0, size - bytes.length));
        await old.read(late, 0, late.length, bytes.length);
        for (const entry of entriesIn(late.toString('utf8'))) await add(entry);
      } finally {
        await old.close();
      }
      await prune();
    } finally {
      await lock.value.release();
    }
  }

  /**
   * Texts that no line speaks of any more, and the oldest beyond the bounds. The newest is the one that is kept just now,
   * before its line; so is one that another program has just written.
   */
  async function prune(newest: string | null = null): Promise<void> {
    const told = (await entries()).flatMap((entry) =>
      (entry.kind === 'file' || entry.kind === 'ran') && entry.etag !== null ? [entry.etag] : [],
    );
    const wanted = new Set([...(newest === null ? [] : [newest]), ...told.toReversed()]);
    let bytes = 0;
    const kept = new Set<string>();
    for (const etag of wanted) {
      bytes += (await sizeOf(join(texts, etag))) ?? 0;
      if (kept.size < mostTexts && bytes <= mostTextBytes) kept.add(etag);
    }
    for (const file of await namesIn(texts)) {
      const mayGo = !kept.has(file) && (wanted.has(file) || !(await isFresh(join(texts, file))));
      if (mayGo) await rm(join(texts, file), { force: true });
    }
  }

  async function entries(): Promise<readonly KeptEntry[]> {
    const bytes = await orNull(readFile(path, 'utf8'));
    return bytes === null ? [] : entriesIn(bytes);
  }

  return {
    add,
    async keep(bytes) {
      const etag = etagOf(bytes);
      const place = join(texts, etag);
      if (bytes.length > largestText || (await sizeOf(place)) === bytes.length) return;
      await makePrivateFolder(stateFolder);
      await makePrivateFolder(folder);
      await makePrivateFolder(texts);
      // Two programs see the same change at the same time; what one that was killed leaves is pruned.
      await writeDurably(place, bytes, 0o600, `${place}.${randomUUID()}.tmp`);
      if ((await namesIn(texts)).length > mostTexts) await prune(etag);
    },
    entries,
    async text(etag) {
      if (!/^[0-9a-f]{64}$/.test(etag)) return null;
      const bytes = await orNull(readFile(join(texts, etag)));
      return bytes !== null && etagOf(bytes) === etag ? bytes : null;
    },
  };
}

const checksumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function lineOf(entry: KeptEntry): string {
  const text = JSON.stringify(entry);
  return `${checksumOf(text)} ${text}\n`;
}

/** What is whole among the lines. */
function entriesIn(text: string): readonly KeptEntry[] {
  return text.split('\n').flatMap((line) => {
    const content = line.slice(17);
    if (line[16] !== ' ' || checksumOf(content) !== line.slice(0, 16)) return [];
    const entry = entryFrom(content);
    return entry === null ? [] : [entry];
  });
}

async function lastByte(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<string> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1');
}

/** So young that its line may still be on its way. */
async function isFresh(path: string): Promise<boolean> {
  const found = await orNull(stat(path));
  return found !== null && Date.now() - found.mtimeMs < lineFollowsMs;
}

const sizeOf = async (path: string): Promise<number | null> => (await orNull(stat(path)))?.size ?? null;
const namesIn = async (folder: string): Promise<readonly string[]> => (await orNull(readdir(folder))) ?? [];

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    // Nothing was kept yet, or it was pruned meanwhile.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}
