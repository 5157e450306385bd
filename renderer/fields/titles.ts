// Options by their title, as soon as titles are loaded; until then, and where there is none, by their key.
import type { Language } from '@contract/messages/language.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { OptionWords } from './option-words.ts';

/** Title and help by key. They come with the Daemon page; what is said before that is right too, only shorter. */
export type Titles = {
  /** Null: none are loaded yet. */
  readonly language: Language | null;
  readonly words: ReadonlyMap<string, readonly string[]>;
};

export const noTitles: Titles = { language: null, words: new Map() };

/** The titles of a language. */
export const titlesIn = ({ language, help, parts }: OptionWords): Titles => ({
  language,
  words: new Map<string, readonly string[]>(Object.entries({ ...help, ...parts })),
});

/** `MTU` for `mtu`; keys without a title speak for themselves. */
export const titleOfKey = (messages: Messages, titles: Titles, key: string): string =>
  key === 'live-restore' ? messages.window.liveRestore.title : (wordsOf(messages, titles, key)?.[0] ?? key);

/** One sentence on what the option is for; empty where there is none. */
export const helpOfKey = (messages: Messages, titles: Titles, key: string): string =>
  wordsOf(messages, titles, key)?.[1] ?? '';

/** While another language is being loaded, those of the one before are not shown. */
const wordsOf = ({ language }: Messages, titles: Titles, key: string): readonly string[] | undefined =>
  titles.language === language ? titles.words.get(key) : undefined;
