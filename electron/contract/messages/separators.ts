// What stands between texts in a row, by language; a Japanese full stop is as wide as the space behind it too.
import type { Language } from './language.ts';

type Separators = Readonly<Record<'words' | 'clauses' | 'sentences', string>>;

export const separators: Readonly<Record<Language, Separators>> = {
  en: { words: ', ', clauses: '; ', sentences: ' ' },
  ja: { words: '、', clauses: '、', sentences: '' },
};
