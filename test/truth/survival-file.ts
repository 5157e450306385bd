// Keeps records in files that stay small and readable: the crew as it was inspected once, of each run what is its own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../electron/contract/json.ts';
import type { Fate, RunRecord } from './survival-record.ts';
import type { Version } from './survival-scenarios.ts';

type CrewLine = { readonly crew: string; readonly inspected: readonly JsonObject[] };
type Packed = Omit<RunRecord, 'known' | 'fates'> & {
  readonly known: Omit<RunRecord['known'], 'inspected' | 'shims'> & {
    readonly crew: string;
    /** What all shims were started with; `ID` stands for the container. */
    readonly shim: { readonly arguments: readonly string[]; readonly cgroup: string } | null;
    readonly shims: readonly string[];
  };
  readonly fates: readonly Partial<Fate>[];
};

const fileOf = (folder: string, version: Version): string => join(folder, `survival-${version}.jsonl`);

export function readRecords(folder: string, version: Version): readonly RunRecord[] {
  const file = fileOf(folder, version);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CrewLine | Packed);
  const crews = new Map(lines.flatMap((line) => ('inspected' in line ? [[line.crew, line.inspected] as const] : [])));
  return lines.flatMap((line) => ('inspected' in line ? [] : [unpacked(line, crews.get(line.known.crew) ?? [])]));
}

/** Takes the place of an earlier one of the same scenario. */
export function keepRecord(folder: string, version: Version, record: RunRecord): void {
  const others = readRecords(folder, version).filter(({ scenario }) => scenario !== record.scenario);
  writeRecords(folder, version, [...others, record]);
}

export function writeRecords(folder: string, version: Version, records: readonly RunRecord[]): void {
  const crews = new Map<string, string>();
  const lines = records.map((record): string => {
    const inspected = JSON.stringify(record.known.inspected);
    const crew = crews.get(inspected) ?? `crew ${crews.size + 1}`;
    crews.set(inspected, crew);
    return JSON.stringify(packed(record, crew));
  });
  const first = [...crews].map(([inspected, crew]) => `{"crew":${JSON.stringify(crew)},"inspected":${inspected}}`);
  writeFileSync(fileOf(folder, version), [...first, ...lines].map((line) => `${line}\n`).join(''));
}

const usual: Omit<Fate, 'name'> = {
  alive: true,
  said: 'running',
  samePid: true,
  exitCode: null,
  restarts: 0,
  shims: 1,
  down: { loopback: null, names: null, health: null },
  after: { port: null, names: null, health: null, exec: true, logGapLines: null },
  outside: null,
  reverted: null,
};

function packed(record: RunRecord, crew: string): Packed {
  const { inspected: _, shims, ...known } = record.known;
  const [one] = shims;
  const shim = one
    ? { arguments: one.arguments.map((arg) => (arg === one.id ? 'ID' : arg)), cgroup: one.cgroup }
    : null;
  const fates = record.fates.map((fate) => {
    const own = Object.entries(fate).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify((usual as Record<string, unknown>)[key]),
    );
    return Object.fromEntries(own) as Partial<Fate>;
  });
  return { ...record, known: { ...known, crew, shim, shims: shims.map(({ id }) => id) }, fates };
}

function unpacked(record: Packed, inspected: readonly JsonObject[]): RunRecord {
  const { crew: _, shim, shims, ...known } = record.known;
  const all = shims.map((id) => ({
    id,
    arguments: (shim?.arguments ?? []).map((arg) => (arg === 'ID' ? id : arg)),
    cgroup: shim?.cgroup ?? '',
  }));
  const fates = record.fates.map((fate) => ({ ...usual, ...fate }) as Fate);
  return { ...record, known: { ...known, inspected, shims: all }, fates };
}

/** What differs from run to run and decides nothing: places, ids, pids, times, addresses, ports. Doing it twice changes nothing. */
export function withoutChance(record: RunRecord): RunRecord {
  const ids = new Map(record.known.inspected.map((one, index) => [textOf(one['Id']), digits(index)]));
  const text = JSON.stringify(record)
    .replaceAll(/\/tmp\/aft-\w{6}/g, 'FOLDER')
    .replaceAll(/afloat-\w{6}\b/g, 'GROUP')
    .replaceAll(/"[^"]*\/(containerd-shim[\w-]*)"/g, '"$1"')
    .replaceAll(/\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b/g, (id) => ids.get(id) ?? id);
  const folded = JSON.parse(text) as RunRecord;
  const inspected = folded.known.inspected.map((document, index) => steady(document, index) as JsonObject);
  return { ...folded, known: { ...folded.known, inspected } };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const digits = (index: number): string => index.toString(16).padStart(12, '0');

/** What no verdict reads. */
const unread = new Set(['Driver', 'NetworkID', 'MaximumRetryCount', 'Gateway', 'Image', 'IPAddress', 'StartedAt']);

function steady(value: Json, index: number): Json {
  if (Array.isArray(value)) return value.map((one: Json) => steady(one, index));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): readonly (readonly [string, Json])[] => {
      if (unread.has(key)) return [];
      if (key === 'Pid') return [[key, 1000 + index]];
      if (key === 'HostPort') return [[key, String(32_768 + index)]];
      return [[key, steady(inner, index)]];
    }),
  );
}
