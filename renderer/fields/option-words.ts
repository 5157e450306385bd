// Titles and help of all options, loaded late and by language; what is not loaded yet goes by its key.
import type { Language } from '@contract/messages/language.ts';
import type { optionHelp } from '@contract/messages/en/option-help.ts';
import type { optionPage } from '@contract/messages/en/option-page.ts';

export type OptionPageWords = typeof optionPage;
export type OptionWords = OptionPageWords & {
  readonly language: Language;
  readonly help: typeof optionHelp;
  /** Of all languages: a search finds an option by any of its names. */
  readonly everyHelp: readonly (typeof optionHelp)[];
};

/** The words of the options in one language, with the names in all of them. */
export async function loadOptionWords(language: Language): Promise<OptionWords> {
  const [en, ja, page] = await Promise.all([
    import('@contract/messages/en/option-help.ts'),
    import('@contract/messages/ja/option-help.ts'),
    language === 'ja' ? import('@contract/messages/ja/option-page.ts') : import('@contract/messages/en/option-page.ts'),
  ]);
  const helps = { en: en.optionHelp, ja: ja.optionHelp };
  return { ...page.optionPage, language, help: helps[language], everyHelp: Object.values(helps) };
}
