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
  const words = loaded.get(language);
  if (words === undefined) return key;
  const titles: Readonly<Record<string, readonly string[]>> = { ...words.help, ...words.parts };
  return (Object.hasOwn(titles, key) ? titles[key]?.[0] : undefined) ?? key;
}
