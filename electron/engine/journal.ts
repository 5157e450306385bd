// Remembers the transaction under way, so that whoever comes after a crash can finish or undo it.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Patch } from '../contract/change.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Effect } from '../contract/plan.ts';
import { makePrivateFolder, syncFolder, writeDurably } from './durable-file.ts';
import { nameFor } from './config-name.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** How far a transaction has come; each phase is on disk before its deed begins, except `taken`, which follows it. */
export type Phase = 'prepared' | 'written' | 'taken' | 'putting-back';

/** What has to be known to finish or undo a change after its process ended. */
export type Transaction = {
  readonly version: 1;
  /** Letters, digits, `-` and `_`; part of the name of the temporary file. */
  readonly id: string;
  readonly configPath: string;
  readonly endpoint: string;
  readonly verb: Outcome['verb'];
  readonly effect: Effect;
  readonly phase: Phase;
  /** Of the file before; null: there was none. */
  readonly oldEtag: string | null;
  readonly newEtag: string;
  /** Backup that holds the old bytes; null: there was no file. */
  readonly backup: string | null;
  /** True when the file's folder was made by this transaction. */
  readonly createdFolder: boolean;
  /** Edits that give the running daemon back what it had, where a removed key would stick. */
  readonly setBack: Patch;
  /** The daemon as it ran before; null: it did not run. */
  readonly daemon: ProcessIdentity | null;
  /** Ms since 1970. */
  readonly startedAt: number;
  /** Who carries it out. */
  readonly owner: ProcessIdentity;
  /** Etags of every text that this transaction wrote or was about to write, in order. */
  readonly wrote: readonly string[];
};

/** The journal of one configuration file. Only the holder of its lock writes to it. */
export type Journal = {
  readonly configPath: string;
  /** What is under way; null: nothing. A file that is no journal is set aside and then counts as nothing. */
  pending(): Promise<Transaction | null>;
  /** Replaces what is remembered; on disk when it resolves. */
  write(transaction: Transaction): Promise<void>;
  /** Forgets the transaction; on disk when it resolves. */
  end(): Promise<void>;
  /** Paths of files that were found in the journal's place but could not be read as one. */
  setAside(): Promise<readonly string[]>;
};

/** Opens the journal of a configuration file in the state folder; the folder is made when first written to. */
export function openJournal(folder: string, configPath: string): Journal {
  const name = `journal-${nameFor(configPath)}`;
  const path = join(folder, `${name}.json`);
  return {
    configPath,
    async pending() {
      const text = await textOf(path);
      if (text === null) return null;
      const transaction = transactionIn(text, configPath);
      if (transaction === null) {
        await rename(path, join(folder, `${name}.unreadable-${randomBytes(4).toString('hex')}`));
        await syncFolder(folder);
      }
      return transaction;
    },
    async write(transaction) {
      await makePrivateFolder(folder);
      await writeDurably(path, Buffer.from(`${JSON.stringify(transaction, null, 2)}\n`), 0o600);
    },
    async end() {
      await rm(path, { force: true });
      await syncFolder(folder);
    },
    async setAside() {
      return (await namesIn(folder))
        .filter((entry) => entry.startsWith(`${name}.unreadable-`))
        .map((entry) => join(folder, entry));
    },
  };
}

/**
 * Journals how far it has come, where that is possible. From the first entry on it can be undone; a later one that is
 * missing makes a recovery more careful, but a daemon left halfway would be worse than that.
 */
export async function note(journal: Journal, transaction: Transaction): Promise<void> {
  try {
    await journal.write(transaction);
  } catch {
    // See above.
  }
}

/** Ends the journal of what is done, where that is possible: its outcome must not be lost for it. */
export async function forget(journal: Journal): Promise<void> {
  try {
    await journal.end();
  } catch {
    // It stays, and is looked at again before the next change.
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // Nothing under way is the usual case; everything else is a surprise. (No folder at all: the lock tells of that.)
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // The folder is only made when something is first written.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The transaction in a journal's text; null unless every field is there, has its type, and nothing else is. */
export function transactionIn(text: string, configPath: string): Transaction | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Not JSON: not a journal of ours.
    return null;
  }
  if (!isJsonObject(value)) return null;
  const fields = Object.keys(readers);
  if (Object.keys(value).length !== fields.length) return null;
  for (const field of fields) {
    const read = readers[field as keyof Transaction];
    if (!Object.hasOwn(value, field) || !read(value[field] as Json)) return null;
  }
  // Every field was just checked by its own reader.
  const transaction = value as unknown as Transaction;
  return transaction.configPath === configPath ? transaction : null;
}

type Reader = (value: Json) => boolean;

const text: Reader = (value) => typeof value === 'string';
const count: Reader = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const oneOf =
  (...words: readonly string[]): Reader =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const orNull =
  (read: Reader): Reader =>
  (value) =>
    value === null || read(value);
const listOf =
  (read: Reader): Reader =>
  (value) =>
    Array.isArray(value) && value.every((item: Json) => read(item));
const matching =
  (pattern: RegExp): Reader =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const hasExactly = (value: JsonObject, ...keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));

const etag = matching(/^[0-9a-f]{64}$/);
const identity: Reader = (value) =>
  isJsonObject(value) &&
  hasExactly(value, 'pid', 'startTicks') &&
  count(value['pid'] ?? null) &&
  matching(/^\d*$/)(value['startTicks'] ?? null);
const edit: Reader = (value) =>
  isJsonObject(value) &&
  listOf(text)(value['path'] ?? null) &&
  (value['path'] as readonly Json[]).length > 0 &&
  (hasExactly(value, 'path', 'set') || (hasExactly(value, 'path', 'remove') && value['remove'] === true));

// A field without a reader does not compile, so that nothing is taken from disk unread.
const readers: Record<keyof Transaction, Reader> = {
  version: (value) => value === 1,
  id: matching(/^[\w-]{1,64}$/),
  configPath: text,
  endpoint: text,
  verb: oneOf('apply', 'reload', 'restart', 'start', 'stop', 'recover'),
  effect: oneOf('none', 'reload', 'restart', 'reload-then-restart'),
  phase: oneOf('prepared', 'written', 'taken', 'putting-back'),
  oldEtag: orNull(etag),
  newEtag: etag,
  backup: orNull(etag),
  createdFolder: (value) => typeof value === 'boolean',
  setBack: listOf(edit),
  daemon: orNull(identity),
  startedAt: (value) => typeof value === 'number' && Number.isFinite(value),
  owner: identity,
  wrote: listOf(etag),
};
