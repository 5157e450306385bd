// Keeps what came of the last step beside the journal, so that it can be told after whoever asked for it has gone.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../contract/outcome.ts';
import { makePrivateFolder, writeDurably } from './durable-file.ts';

const pathIn = (folder: string): string => join(folder, 'last-outcome.json');

/** Where that is possible: a full disk must not hide the outcome itself. */
export async function keepResult(folder: string, outcome: Outcome): Promise<void> {
  try {
    await makePrivateFolder(folder);
    await writeDurably(pathIn(folder), Buffer.from(`${JSON.stringify(outcome)}\n`), 0o600);
  } catch {
    // It was told, or is laid down elsewhere.
  }
}

/** The outcome of the last step; null where none was kept. Only read from a folder that is ours alone. */
export async function keptResult(folder: string): Promise<Outcome | null> {
  try {
    return JSON.parse(await readFile(pathIn(folder), 'utf8')) as Outcome;
  } catch {
    // None yet, or one that a crash has cut short: then there is nothing to tell.
    return null;
  }
}
