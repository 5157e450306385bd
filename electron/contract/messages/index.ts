// Every sentence the program says, by language. English is the form that all other languages must have.
import { en } from './en/index.ts';
import type { Preferences } from '../preferences.ts';

/** What every language has: the same keys, with functions of the same parameters. */
export type Messages = typeof en;

export type Language = 'en';

const catalogs: Readonly<Record<Language, Messages>> = { en };

/** The sentences of a language. */
export const messagesIn = (language: Language): Messages => catalogs[language];

/**
 * The language to speak: the user's choice, else the first of the system's languages that we have, else English.
 * `system` holds BCP 47 tags, best first.
 */
export function languageFor(choice: Preferences['language'], system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known = system.map((tag) => tag.toLowerCase().split(/[-_.]/)[0]);
  return known.find((tag): tag is Language => tag !== undefined && Object.hasOwn(catalogs, tag)) ?? 'en';
}
