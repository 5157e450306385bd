// The laws of the house that types and lint cannot say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const filesIn = (folder: string, kinds: RegExp, recursive = true): readonly string[] =>
  readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && kinds.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
const code = /\.(ts|tsx|mjs)$/;

const sources = ['electron', 'renderer', 'scripts'].flatMap((folder) => filesIn(folder, code));
const pages = [...filesIn('.', /\.md$/, false), ...['docs', 'electron'].flatMap((folder) => filesIn(folder, /\.md$/))];
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const codeOf = (path: string): string => textOf(path).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');

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
    const kinds = /\.(ts|tsx|mjs|md|yml|json|css|html|sh|py|xml|policy|desktop)$/;
    const all = [
      ...filesIn('.', kinds, false),
      ...['assets', 'docs', 'electron', 'renderer', 'scripts', 'test'].flatMap((folder) => filesIn(folder, kinds)),
    ];
    // This list; and root's home on the machine that configurations were judged on.
    const known = ['test/architecture.test.ts', 'test/truth/machine.json'];
    expect(breaking(all, (path) => !known.includes(path) && words.test(textOf(path)))).toEqual([]);
  });
});

/** Which rooms and packages a room may import; of rooms behind `types` only types. `electron/README.md` draws it. */
const arrows: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly types?: readonly string[]; readonly packages: RegExp }>
> = {
  contract: { rooms: [], packages: /^$/ },
  engine: { rooms: ['contract'], packages: /^(node:.*|jsonc-parser)$/ },
  platform: { rooms: ['contract'], types: ['engine'], packages: /^node:/ },
  app: { rooms: ['contract', 'engine'], packages: /^(node:.*|electron|electron-store|zod\/mini|zustand\/vanilla)$/ },
  cli: { rooms: ['contract', 'engine'], packages: /^node:/ },
  privileged: { rooms: ['contract', 'engine'], packages: /^node:/ },
  renderer: {
    rooms: ['contract'],
    packages: /^(react|react-dom\/client|zustand|zustand\/vanilla|jsonc-parser|@codemirror\/.*)$/,
  },
  'main.ts': { rooms: ['contract', 'platform', 'app', 'after-window.ts'], packages: /^(node:.*|electron)$/ },
  'after-window.ts': { rooms: ['contract', 'engine', 'platform', 'app'], packages: /^(node:.*|electron)$/ },
  'preload.ts': { rooms: ['contract'], packages: /^electron$/ },
  'cli.ts': { rooms: ['contract', 'engine', 'platform', 'cli'], packages: /^node:/ },
  'manual.ts': { rooms: ['contract', 'cli'], packages: /^node:/ },
  'privileged.ts': { rooms: ['contract', 'engine', 'platform', 'privileged'], packages: /^node:/ },
};

/** What makes programs of the rooms, and belongs to none of them. */
const ofTheBuild: ReadonlySet<string> = new Set([
  'electron/vite.config.ts',
  'renderer/vite.config.ts',
  'renderer/kept-together.ts',
]);

/** The folder below `electron/`, or the file that stands there by itself. */
const roomOf = (path: string): string => (path.startsWith('renderer/') ? 'renderer' : (path.split('/')[1] ?? ''));

type Import = { readonly from: string; readonly typeOnly: boolean };

function importsOf(path: string): readonly Import[] {
  const text = textOf(path);
  const { module } = parseSync(path, text);
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      from: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null ? [] : [{ from: moduleRequest.value, typeOnly: isType }],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      from: text.slice(start + 1, end - 1),
      typeOnly: false,
    })),
  ];
}

function isAllowed(path: string, { from, typeOnly }: Import): boolean {
  const room = roomOf(path);
  const { rooms = [], types = [], packages = /^$/ } = arrows[room] ?? {};
  if (from.startsWith('@contract/')) return room === 'renderer';
  if (!from.startsWith('.')) return packages.test(from);
  const other = roomOf(join(dirname(path), from));
  if (other === room) return true;
  // The page reaches the contract by its alias alone.
  return room !== 'renderer' && (rooms.includes(other) || (typeOnly && types.includes(other)));
}

describe('rooms', () => {
  test('only the platform looks at the operating system and starts programs', () => {
    const outside = sources.filter(
      (path) => path.startsWith('electron/') && !inRoom('platform')(path) && !ofTheBuild.has(path),
    );
    expect(breaking(outside, (path) => /process\.platform|node:child_process/.test(codeOf(path)))).toEqual([]);
  });

  test('imports go along the arrows', () => {
    const wrong = sources
      .filter((path) => !path.startsWith('scripts/') && !ofTheBuild.has(path))
      .flatMap((path) => importsOf(path).flatMap((one) => (isAllowed(path, one) ? [] : [`${path} ← ${one.from}`])));
    expect(wrong).toEqual([]);
  });
});

describe('pages for readers', () => {
  test('have lines of at most 120 characters, but for tables and pictures', () => {
    const long = pages.flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, i) => (line.length <= 120 || /^\||<img /.test(line) ? [] : [`${path}:${i + 1}`])),
    );
    expect(long).toEqual([]);
  });

  test('link only to what is there', () => {
    const broken = pages.flatMap((path) =>
      [...textOf(path).matchAll(/\]\(([^)\s#]+)|(?:src|srcset)="([^"]+)"/g)]
        .map(([, link, picture]) => link ?? picture ?? '')
        .filter((to) => !/^https?:/.test(to) && !existsSync(join(root, dirname(path), to)))
        .map((to) => `${path}: ${to}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('sentences', () => {
  test('no catalog holds an empty sentence or one that is still to be written', () => {
    const catalogs = sources.filter((path) => /^electron\/contract\/messages\/(en|ja)\//.test(path));
    expect(
      breaking(catalogs, (path) =>
        /(^\s*(?!example|fault)[\w'.-]+: |=> )''\s*,?$|TODO|FIXME|lorem/im.test(codeOf(path)),
      ),
    ).toEqual([]);
  });

  test('nothing in the sources waits to be written', () => {
    expect(breaking(sources, (path) => /\b(TODO|FIXME|XXX)\b/.test(textOf(path)))).toEqual([]);
  });
});
