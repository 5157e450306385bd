// All languages say the same: the same keys, each told the same things; and every sentence is said somewhere.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../electron/contract/messages/language.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { catalogShape } from '../../fakes/catalog-shape.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';
import { unusedSentences } from '../../fakes/unused-sentences.ts';

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

test('no sentence is left that nobody says', () => {
  const unused = unusedSentences(root, {
    'electron/contract/messages/en/index.ts': 'en',
    'electron/contract/messages/en/option-help.ts': 'optionHelp',
    'electron/contract/messages/en/option-page.ts': 'optionPage',
    'electron/contract/messages/en/welcome.ts': 'welcome',
  });
  expect(unused).toEqual([]);
}, 60_000);
