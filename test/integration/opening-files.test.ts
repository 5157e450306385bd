// What stands between a start and its window: files of the built program that are read before anything can be shown.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(process.cwd(), 'out', 'main');

/** The file and all that it requires while it is loaded; what it requires in a function comes later. */
function readWith(name: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const source = readFileSync(join(folder, name), 'utf8');
  const required = source.matchAll(/^(?:const \w+ = )?require\("\.\/([^"]+)"\);$/gm);
  for (const [, next = ''] of required) readWith(next, seen);
  return seen;
}

test('the window waits for no file but its own and the few lines that the bundler adds', () => {
  const kinds = [...readWith('main.cjs')].map((name) => name.replace(/-[^-]+\.cjs$/, ''));
  expect(kinds.toSorted()).toEqual(['main.cjs', 'rolldown-runtime']);
});

test('what comes after the window waits for no store, which only a write opens', () => {
  const [late = ''] = readdirSync(folder).filter((name) => name.startsWith('after-window-'));
  const names = [...readWith(late)];
  expect(names).toContain('main.cjs');
  expect(names.filter((name) => /store|ajv/.test(name))).toEqual([]);
});
