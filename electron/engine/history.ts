// Makes of the kept lines what can be shown: one time line without doubles, and every version of the file once.
import type { FileVersion, History } from '../contract/history.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import { listBackups, readBackup } from './backups.ts';
import { changesBetween } from './changes.ts';
import { readConfigText } from './config-text.ts';
import type { KeptEntry, RanEntry } from './history-entry.ts';
import { openHistory, type HistoryStore } from './history-store.ts';

/** Two programs of ours that watch the same daemon tell of one happening within so many ms. */
const sameWithinMs = 5_000;

const strength = { us: 3, package: 2, editor: 1, unknown: 0 } as const;

/** What happened, oldest first, each once; of two who saw a file the one counts who knows who wrote it. */
export function withoutDoubles(entries: readonly KeptEntry[]): readonly KeptEntry[] {
  const told: KeptEntry[] = [];
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    const at = doubleOf(entry, told);
    const other = told[at];
    if (other === undefined) told.push(entry);
    else if (entry.kind === 'file' && other.kind === 'file' && strength[entry.by.kind] > strength[other.by.kind])
      told[at] = { ...other, by: entry.by };
  }
  // A file that was seen again as it was is no news.
  let etag: string | null | undefined;
  return told.filter((entry) => {
    if (entry.kind !== 'file') return true;
    const news = entry.etag !== etag;
    etag = entry.etag;
    return news;
  });
}

/** The place of what tells of the same; -1: none. A file that came back after another one was there is a happening. */
function doubleOf(entry: KeptEntry, told: readonly KeptEntry[]): number {
  if (entry.kind !== 'file') return told.findLastIndex((other) => isSame(other, entry));
  const at = told.findLastIndex(({ kind }) => kind === 'file');
  const other = told[at];
  return other !== undefined && isSame(other, entry) ? at : -1;
}

function isSame(a: KeptEntry, b: KeptEntry): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.etag === b.etag && b.at - a.at <= sameWithinMs;
  if (a.kind === 'daemon' && b.kind === 'daemon') return a.event === b.event && b.at - a.at <= sameWithinMs;
  if (a.kind === 'audit' && b.kind === 'audit') return b.at - a.at <= sameWithinMs;
  if (a.kind === 'ran' && b.kind === 'ran') return a.etag === b.etag && a.how === b.how && b.at - a.at <= sameWithinMs;
  return a.kind === 'outcome' && b.kind === 'outcome' && a.verb === b.verb && a.at === b.at;
}

export type Texts = (etag: string) => Promise<Uint8Array | null>;

/** Texts from the history and, of the time before there was one, from the backups. */
export const textsFrom =
  (store: HistoryStore, stateFolder: string, configPath: string): Texts =>
  async (etag) =>
    (await store.text(etag)) ?? (await readBackup(stateFolder, configPath, etag));

/** The same of a file's own history. */
export const keptText = (stateFolder: string, configPath: string): Texts =>
  textsFrom(openHistory(stateFolder, configPath), stateFolder, configPath);

/** Everything, newest first. `now`: the etag of the file. */
export async function readHistory(
  store: HistoryStore,
  stateFolder: string,
  configPath: string,
  now: string | null,
): Promise<History> {
  const kept = withoutDoubles(await store.entries());
  const ran = kept.filter(isRan);
  const runs = new Map(ran.map(({ etag, at, how }) => [etag, { at, how }]));
  const entries = kept.filter((entry) => !isRan(entry));
  const seen = entries.flatMap((entry) =>
    entry.kind === 'file' && entry.etag !== null ? [{ ...entry, id: entry.etag }] : [],
  );
  const known = new Set(seen.map(({ id }) => id));
  // A command does not tell of a file that others wrote, but keeps it where the daemon runs with it, or it is replaced.
  const others = [...(await listBackups(stateFolder, configPath)), ...ran.map(({ etag, at }) => ({ id: etag, at }))];
  const older = others
    .filter(({ id }) => !known.has(id))
    .map(({ id, at }) => ({ id, at, by: { kind: 'unknown' } as const }));
  const all = [...older, ...seen].toSorted((a, b) => a.at - b.at);
  const texts = textsFrom(store, stateFolder, configPath);
  const versions: FileVersion[] = [];
  let before: JsonObject | null = {};
  let first = true;
  for (const [place, { id, at, by }] of all.entries()) {
    const bytes = await texts(id);
    if (bytes === null) continue;
    const values = valuesIn(bytes, configPath);
    const last = all.findLastIndex((one) => one.id === id) === place;
    if (last)
      versions.push({
        id,
        at,
        by,
        changes: changed(before, values),
        first,
        current: id === now,
        ran: runs.get(id) ?? null,
      });
    before = values;
    first = false;
  }
  return { versions: versions.toReversed(), entries: entries.toReversed() };
}

const isRan = (entry: KeptEntry): entry is RanEntry => entry.kind === 'ran';

function valuesIn(bytes: Uint8Array, path: string): JsonObject | null {
  const read = readConfigText(bytes, path, null);
  return read.ok ? read.value.values : null;
}

function changed(before: JsonObject | null, after: JsonObject | null): FileVersion['changes'] {
  if (before === null || after === null) return null;
  return changesBetween(before, after, { version: null, facts: null }).map(({ key, from, to }) => ({
    key,
    from: shown(from),
    to: shown(to),
  }));
}

const longest = 60;
/** A value in short; null: none. */
function shown(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The one version whose id begins so; null: none, or more than one. */
export function versionOf(versions: readonly FileVersion[], begun: string): FileVersion | null {
  const found = versions.filter(({ id }) => id.startsWith(begun.toLowerCase()));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/**
 * The versions with which the daemon ran, the last one first; null where it last began with what stands in the file. One
 * that it only took by a reload may be what keeps it from starting.
 */
export function workingVersions(versions: readonly FileVersion[]): readonly FileVersion[] | null {
  const ran = versions
    .flatMap((version) => (version.ran === null ? [] : [{ version, ran: version.ran }]))
    .toSorted((a, b) => b.ran.at - a.ran.at);
  const last = ran[0];
  if (last?.version.current && last.ran.how === 'started') return null;
  return ran.flatMap(({ version }) => (version.current ? [] : [version]));
}
