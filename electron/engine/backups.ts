// Keeps the configuration files that were replaced, so that there is always a way back.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type Json } from '../contract/json.ts';
import type { Outcome } from '../contract/outcome.ts';
import { etagOf, nameFor } from './config-name.ts';
import { codeOf } from './config-path.ts';
import { makePrivateFolder, writeDurably } from './durable-file.ts';

/** Of one configuration file; the newest is kept however large it is. */
const mostBackups = 50;
const mostBytes = 20 * 1024 * 1024;

/** Why a file was kept. */
export type BackupMeta = {
  /** Ms since 1970. */
  readonly at: number;
  readonly verb: Outcome['verb'];
};

export type Backup = BackupMeta & {
  /** The etag of the kept bytes. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
};

const folderFor = (folder: string, configPath: string): string => join(folder, `backups-${nameFor(configPath)}`);

/**
 * Keeps the bytes and returns their id; on disk when it resolves. Bytes that were kept before are kept once, as of now.
 * The oldest go when there are more than 50 of a file or more than 20 MiB. Throws where it cannot be written: nothing is
 * changed without a way back. The caller holds the lock.
 */
export async function keepBackup(
  folder: string,
  configPath: string,
  bytes: Uint8Array,
  meta: BackupMeta,
): Promise<string> {
  const place = folderFor(folder, configPath);
  const id = etagOf(bytes);
  await makePrivateFolder(folder);
  await makePrivateFolder(place);
  await writeDurably(join(place, id), bytes, 0o600);
  await writeDurably(join(place, `${id}.json`), Buffer.from(`${JSON.stringify({ configPath, ...meta })}\n`), 0o600);
  await prune(place, id);
  return id;
}

/** Where the kept bytes lie. */
export const backupPath = (folder: string, configPath: string, id: string): string =>
  join(folderFor(folder, configPath), id);

/** What is kept of a configuration file, newest first. */
export const listBackups = (folder: string, configPath: string): Promise<readonly Backup[]> =>
  listIn(folderFor(folder, configPath));

/** The kept bytes; null where there is no such backup or its bytes are not what they were. */
export async function readBackup(folder: string, configPath: string, id: string): Promise<Uint8Array | null> {
  if (!isId(id)) return null;
  const bytes = await bytesOf(join(folderFor(folder, configPath), id));
  return bytes !== null && etagOf(bytes) === id ? bytes : null;
}

const isId = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

async function listIn(place: string): Promise<readonly Backup[]> {
  const backups = await Promise.all((await namesIn(place)).filter(isId).map((id) => backupAt(place, id)));
  return backups.filter((backup) => backup !== null).toSorted((a, b) => b.at - a.at);
}

async function backupAt(place: string, id: string): Promise<Backup | null> {
  const size = await sizeOf(join(place, id));
  const meta = await bytesOf(join(place, `${id}.json`));
  return size === null || meta === null ? null : withMeta(Buffer.from(meta).toString('utf8'), id, size);
}

function withMeta(text: string, id: string, size: number): Backup | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Damaged: the bytes can still be read by their id, but nobody knows when they were kept.
    return null;
  }
  if (!isJsonObject(value) || typeof value['at'] !== 'number') return null;
  const verb = verbs.find((known) => known === value['verb']);
  return verb === undefined ? null : { id, size, at: value['at'], verb };
}

const verbs: readonly Outcome['verb'][] = ['apply', 'reload', 'restart', 'start', 'stop', 'recover'];

/** Removes what is beyond the bounds, and what is no whole backup (left by a killed process). */
async function prune(place: string, newest: string): Promise<void> {
  const backups = (await listIn(place)).toSorted((a, b) => Number(b.id === newest) - Number(a.id === newest));
  const kept = new Set<string>();
  let bytes = 0;
  for (const { id, size } of backups) {
    bytes += size;
    if (id === newest || (kept.size < mostBackups && bytes <= mostBytes)) kept.add(id);
  }
  for (const name of await namesIn(place)) {
    if (!kept.has(name.replace(/\.json$/, ''))) await rm(join(place, name), { force: true });
  }
}

async function namesIn(place: string): Promise<readonly string[]> {
  return (await orNull(readdir(place))) ?? [];
}
const bytesOf = (path: string): Promise<Uint8Array | null> => orNull(readFile(path));
const sizeOf = async (path: string): Promise<number | null> => (await orNull(stat(path)))?.size ?? null;

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    // Nothing was kept yet, or it was pruned meanwhile.
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
