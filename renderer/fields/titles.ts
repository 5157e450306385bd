// Options by their title, as soon as titles are loaded; until then, and where there is none, by their key.
import type { Messages } from '@contract/messages/page.ts';
import type { OptionWords } from './option-words.ts';

// Titles come with the Daemon page; what the bar says before that is right too, only shorter.
const loaded = new Map<string, OptionWords>();

/** Makes the titles of a language known. */
export const learnTitles = (words: OptionWords): void => void loaded.set(words.language, words);

/** `MTU` for `mtu`; keys without a title speak for themselves. */
export function titleOfKey({ language, window: { liveRestore } }: Messages, key: string): string {
  if (key === 'live-restore') return liveRestore.title;
  return wordsOf(language, key)[0] ?? key;
}

/** One sentence on what the option is for; empty where there is none. */
export const helpOfKey = ({ language }: Messages, key: string): string => wordsOf(language, key)[1] ?? '';

function wordsOf(language: string, key: string): readonly string[] {
  const words = loaded.get(language);
  const all: Readonly<Record<string, readonly string[]>> = words ? { ...words.help, ...words.parts } : {};
  return Object.hasOwn(all, key) ? (all[key] ?? []) : [];
}
