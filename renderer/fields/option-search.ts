// Finds options by words of their names, help and flags in every language, and by what is true of them now.
import type { OptionKey } from '@contract/options.ts';
import type { OptionField } from './option-fields.ts';
import type { OptionState } from './option-state.ts';
import type { OptionWords } from './option-words.ts';

/** What the searched words are looked for in; made once for each language. */
export type SearchIndex = ReadonlyMap<string, string>;

/** Words that ask for a state instead of a text. */
export const searchTokens = ['@modified', '@restart', '@risky', '@deprecated', '@flag'] as const;
export type SearchToken = (typeof searchTokens)[number];

const holds: Readonly<Record<SearchToken, (state: OptionState) => boolean>> = {
  '@modified': ({ modified, inFile }) => modified || inFile !== undefined,
  '@restart': ({ effect }) => effect === 'restart',
  '@risky': ({ risk }) => risk !== 'none' && risk !== 'deferred',
  '@deprecated': ({ deprecated }) => deprecated,
  '@flag': ({ flag }) => flag !== null,
};

/** Width, case and accents of letters make no difference. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .toLowerCase();

/** For each option one text of everything that it may be found by. */
export function searchIndex(fields: readonly OptionField[], words: OptionWords): SearchIndex {
  return new Map(
    fields.map((field) => {
      const own = field.part === null ? [] : words.parts[field.part];
      const helps = words.everyHelp.flatMap((help) => help[field.option.key as OptionKey]);
      const group = words.groups[field.about.group];
      return [field.name, plain([field.name, ...field.option.flags, ...own, ...helps, group].join('\n'))];
    }),
  );
}

/** A query taken apart: words that must all be found, and states that must all hold. */
export type Query = { readonly words: readonly string[]; readonly tokens: readonly SearchToken[] };

export function queryOf(text: string): Query {
  const all = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const tokens = all.flatMap((word) => searchTokens.find((token) => token === word) ?? []);
  // A token that is only begun hides nothing yet.
  const begun = (word: string): boolean => searchTokens.some((token) => token.startsWith(word));
  return { words: all.filter((word) => !(word.startsWith('@') && begun(word))), tokens };
}

/** Whether an option, in the state that it is in, is what was searched for. */
export const matches = (query: Query, index: SearchIndex, { name }: OptionField, state: OptionState): boolean =>
  query.words.every((word) => index.get(name)?.includes(word) ?? false) &&
  query.tokens.every((token) => holds[token](state));
