// Which languages there are, and which of them is spoken.
/** Every language, by its BCP 47 tag. */
export type Language = 'en' | 'ja';

export const languages: readonly Language[] = Object.keys({
  en: true,
  ja: true,
} satisfies Record<Language, true>) as readonly Language[];

/**
 * The language to speak: the user's choice, else the first of the system's languages that we have, else English.
 * `system` holds BCP 47 tags or POSIX locales such as `ja_JP.UTF-8`, best first.
 */
export function languageFor(choice: 'system' | Language, system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known = system.map((tag) => tag.toLowerCase().split(/[-_.@]/)[0]);
  return known.find(isLanguage) ?? 'en';
}

const isLanguage = (tag: string | undefined): tag is Language => languages.some((language) => language === tag);
