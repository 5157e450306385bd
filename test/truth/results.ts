// The results as files: one line for each configuration, after a line that says what judged it, and when.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versions, type Version } from '../integration/real-daemon.ts';

export type Head = {
  readonly seed: number;
  /** As the daemon itself gives it. */
  readonly dockerd: string;
  readonly kernel: string;
  readonly date: string;
};

export type Judged = {
  readonly hash: string;
  readonly starts?: boolean;
  /** Only for those that a running daemon was given too. */
  readonly reloads?: boolean;
  /** Why not, in the daemon's own words. */
  readonly said?: string;
};

export type Results = { readonly head: Head; readonly judged: readonly Judged[] };

/** Where the results for a version stand, below the folder of this file. */
export const resultsFile = (folder: string, version: Version): string => join(folder, `config-${version}.jsonl`);

/** What is known for one version; null where nothing is. */
export function readResults(folder: string, version: Version): Results | null {
  const file = resultsFile(folder, version);
  if (!existsSync(file)) return null;
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  if (first === undefined) return null;
  return { head: JSON.parse(first) as Head, judged: lines.map((line) => JSON.parse(line) as Judged) };
}

/** The table for a daemon of this version, as it says it itself; null where there is none. */
export function resultsFor(folder: string, dockerd: string): Results | null {
  const version = versions.find((known) => dockerd.startsWith(`${known}.`));
  return version === undefined ? null : readResults(folder, version);
}

export const begin = (folder: string, version: Version, head: Head): void =>
  writeFileSync(resultsFile(folder, version), `${JSON.stringify(head)}\n`);

export const add = (folder: string, version: Version, judged: Judged): void =>
  appendFileSync(resultsFile(folder, version), `${JSON.stringify(judged)}\n`);
