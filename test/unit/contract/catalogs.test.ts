// All languages say the same: the same keys, each told the same things; and every sentence is said somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../electron/contract/messages/language.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { catalogShape } from '../../fakes/catalog-shape.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';

const root = new URL('../../..', import.meta.url).pathname;
const folder = (language: string): string => join(root, 'electron/contract/messages', language);
const files = readdirSync(folder('en')).filter((file) => file !== 'index.ts' && file !== 'page.ts');
const others = languages.filter((language) => language !== 'en');

describe.each(others)('%s', (language) => {
  test('has the files of English', () => {
    expect(readdirSync(folder(language)).toSorted()).toEqual(readdirSync(folder('en')).toSorted());
  });

  test.each(files)('%s says the same, and is told the same, as in English', (file) => {
    expect(Object.fromEntries(catalogShape(folder(language), file))).toEqual(
      Object.fromEntries(catalogShape(folder('en'), file)),
    );
  });

  test('is a language of its own', () => {
    const left = texts(messagesIn(language), '').filter(
      ([, text]) => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(text) && !/(?=\p{L})\P{Script=Latin}/u.test(text),
    );
    expect(left).toEqual([]);
  });

  test.each(everyProblem)('$kind has what happened, the state and the remedy', (problem) => {
    for (const text of Object.values(messagesIn(language).problem(problem))) {
      expect(text).not.toMatch(/undefined|\[object|NaN| {2}|^$/);
    }
  });

  test.each(everyFinding)('$about.kind has a sentence', ({ about }) => {
    const { sentence, remedy } = messagesIn(language).finding(about);
    expect(`${sentence}${remedy}`).not.toMatch(/undefined|\[object|NaN| {2}|^$/);
  });
});

/** Every fixed text of a catalog and where it stands. */
function texts(value: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** Every key of a catalog as its path. */
function paths(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]));
}

const sources = ['electron', 'renderer']
  .flatMap((top) => readdirSync(join(root, top), { recursive: true }).map((file) => join(root, top, String(file))))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('/contract/messages/'))
  .map((file) => readFileSync(file, 'utf8'));
const all = sources.join('\n');

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const cached = new Map<string, boolean>();

/** Whether the key is one of many that are looked up by a value, such as the name of a state. */
function isLookedUp(key: string): boolean {
  const known = cached.get(key);
  if (known !== undefined) return known;
  const found = new RegExp(`['"]${escaped(key)}['"]|^\\s*'?${escaped(key)}'?: (true|\\{)`, 'm').test(all);
  cached.set(key, found);
  return found;
}

/** Reading a key: behind a dot, or taken out in braces. */
const reads = (key: string): RegExp => new RegExp(`\\.${escaped(key)}\\b|[{,]\\s*${escaped(key)}\\b\\s*[,:}]`);

/**
 * Whether some file reads this sentence: its own key together with the nearest name above it that is not looked up.
 * That names in between may stand for something else makes it blind in one eye; what it finds is unused.
 */
function isUsed(path: readonly string[]): boolean {
  const key = path.at(-1) ?? '';
  if (isLookedUp(key)) return true;
  const above = path.slice(0, -1).findLast((name) => !isLookedUp(name));
  return sources.some((text) => reads(key).test(text) && (above === undefined || reads(above).test(text)));
}

test('no sentence is left that nobody says', () => {
  const unused = paths(messagesIn('en'), [])
    .filter((path) => !isUsed(path))
    .map((path) => path.join('.'));
  expect(unused).toEqual([]);
});
