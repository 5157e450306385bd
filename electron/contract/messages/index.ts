// Every sentence the program says, by language. English is the form that all other languages must have.
import { en } from './en/index.ts';
import { ja } from './ja/index.ts';
import type { Language } from './language.ts';

export { languageFor, languages, type Language } from './language.ts';

/** What every language has: the same keys, with functions of the same parameters. */
export type Messages = typeof en;

const catalogs: Readonly<Record<Language, Messages>> = { en, ja };

/** The sentences of a language. */
export const messagesIn = (language: Language): Messages => catalogs[language];
