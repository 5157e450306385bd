// Reads a daemon's own lines from a log file, from a time on.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Enough for one start with debug on. */
const tailBytes = 256 * 1024;

/** Lines since then, oldest first; empty where there is no file or it cannot be read. Lines without a time stay. */
export function readLogSince(path: string | null, sinceMs: number): readonly string[] {
  if (path === null) return [];
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    // The log is a help; without it the outcome is told all the same.
    return [];
  }
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    const lines = buffer
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const from = lines.findIndex((line) => (timeOf(line) ?? 0) >= sinceMs);
    // Errors about the configuration are plain text without a time, printed before anything is logged.
    const old = lines.findLastIndex((line) => (timeOf(line) ?? Infinity) < sinceMs);
    return from === -1 ? lines.slice(old + 1) : lines.slice(Math.min(from, old + 1));
  } finally {
    closeSync(fd);
  }
}

/** `time="2026-..."` of a line of dockerd's, in ms since 1970. */
function timeOf(line: string): number | null {
  const time = Date.parse(/^time="([^"]+)"/.exec(line)?.[1] ?? '');
  return Number.isNaN(time) ? null : time;
}
