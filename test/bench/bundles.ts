// Weighs what was built: all of it, and what has to be read before the window opens.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { plainRow, type Row } from './results.ts';

const folders = ['main', 'preload', 'renderer', 'cli'] as const;

/** Sizes in kB; the parts are the single files, largest first. */
export function measureBundles(): readonly Row[] {
  return folders.map((name) => {
    const folder = join(process.cwd(), 'out', name);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))
      .toSorted((a, b) => b.bytes.length - a.bytes.length);
    const parts = Object.fromEntries(files.slice(0, 6).map((file) => [file.name, file.bytes.length / 1000]));
    const packed = gzipSync(Buffer.concat(files.map(({ bytes }) => bytes))).length / 1000;
    const all = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1000;
    return plainRow(
      { what: `Built: ${name}`, unit: 'kB', parts: { ...parts, 'all, compressed': packed } },
      [all],
      null,
    );
  });
}
