// The laws of the house that types and lint cannot say.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

const sources = [...files('electron'), ...files('renderer'), ...files('scripts')];
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const code = (path: string): string => textOf(path).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');

const breaking = (paths: readonly string[], law: (path: string) => boolean): readonly string[] => paths.filter(law);
const inRoom = (room: string) => (path: string) => path.startsWith(`electron/${room}/`);

describe('every source file', () => {
  test('says in its first line what it is for', () => {
    expect(breaking(sources, (path) => !/^(#!.*\n)?\/\/ [A-Z`\d]/.test(textOf(path)))).toEqual([]);
  });

  test('has a name in kebab-case, and none that says nothing', () => {
    const bad = /(^|\/)(utils?|helpers?|common|misc|index2)\.|[A-Z_]/;
    expect(breaking(sources, (path) => bad.test(path.replace(/^.*\//, '')))).toEqual([]);
  });

  test('names no machine, no registry and no tool of its making', () => {
    const words = /\/work\/|\/root\/|registry\.npmjs|deb\.debian\.org|claude|anthropic|copilot|chatgpt/i;
    const all = [...sources, ...files('test').filter((path) => !path.endsWith('architecture.test.ts'))];
    expect(breaking(all, (path) => words.test(textOf(path)))).toEqual([]);
  });
});

describe('rooms', () => {
  test('only the platform looks at the operating system and starts programs', () => {
    const outside = sources.filter(
      (path) => path.startsWith('electron/') && !inRoom('platform')(path) && !path.endsWith('vite.config.ts'),
    );
    expect(breaking(outside, (path) => /process\.platform|node:child_process/.test(code(path)))).toEqual([]);
  });

  test('only the app imports Electron', () => {
    const allowed = /^electron\/(app\/|main\.ts|after-window\.ts|preload\.ts)/;
    const others = sources.filter((path) => !allowed.test(path) && !path.startsWith('scripts/'));
    expect(breaking(others, (path) => /from 'electron'/.test(code(path)))).toEqual([]);
  });

  test('the contract imports nothing but itself', () => {
    const contract = sources.filter(inRoom('contract'));
    expect(
      breaking(
        contract,
        (path) => /from '(?!\.)/.test(code(path)) || /from '(\.\.\/)+(engine|platform|app)/.test(code(path)),
      ),
    ).toEqual([]);
  });
});

describe('sentences', () => {
  test('no catalog holds an empty sentence or one that is still to be written', () => {
    const catalogs = sources.filter((path) => /^electron\/contract\/messages\/(en|ja)\//.test(path));
    expect(
      breaking(catalogs, (path) => /(^\s*(?!example|fault)[\w'.-]+: |=> )''\s*,?$|TODO|FIXME|lorem/im.test(code(path))),
    ).toEqual([]);
  });

  test('nothing in the sources waits to be written', () => {
    expect(breaking(sources, (path) => /\b(TODO|FIXME|XXX)\b/.test(textOf(path)))).toEqual([]);
  });
});
