// Weighs what was built: all of it, and what has to be read before the window opens.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** The sizes in one sentence, as `docs/benchmarks.md` has it. */
export function sizesLine(day: string): string {
  const page = join(process.cwd(), 'out', 'renderer');
  const opening = reached(page, ['index.html'], /(?:src|href)="\.\/(assets\/[^"]+\.js)"/g);
  const all = reached(page, ['index.html'], /(?:src|href)="\.\/(assets\/[^"]+\.js)"|["'`]\.\/([\w-]+\.js)["'`]/g);
  const main = join(process.cwd(), 'out', 'main');
  const atOnce = reached(main, ['main.cjs'], /^(?:.* = )?require\("\.\/([^"]+)"\)/gm);
  const scripts = (names: ReadonlySet<string>): number =>
    weight(
      page,
      [...names].filter((name) => name.endsWith('.js')),
    );
  const mainAll = weight(main, filesIn(main));
  const cli = join(process.cwd(), 'out', 'cli');
  const kB = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
  return (
    `Sizes as built on ${day}: the scripts with which the page opens ${kB(scripts(opening))} in English, those that it can ` +
    `load later ${kB(scripts(all) - scripts(opening))} (most of it the editor); main process ${kB(mainAll)}, of which ` +
    `${kB(mainAll - weight(main, [...atOnce]))} are loaded after the window; command line ${kB(weight(cli, filesIn(cli)))}.`
  );
}

const filesIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => !name.endsWith('.map'));

const weight = (folder: string, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** The files that are reached from the first ones by what they name. */
function reached(folder: string, first: readonly string[], names: RegExp): ReadonlySet<string> {
  const found = new Set(first);
  for (const name of found) {
    for (const [, whole, beside] of readFileSync(join(folder, name), 'utf8').matchAll(names)) {
      found.add(whole ?? join(dirname(name), beside ?? ''));
    }
  }
  return found;
}
