// The page of the first start: loaded where it is shown, which is once, and again for another language.
import type { ComponentType } from 'react';
import type { Language } from '@contract/messages/language.ts';
import type { welcome } from '@contract/messages/en/welcome.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { loadWhen } from './load-when.ts';
import type { ViewStore } from './store.ts';

export type WelcomeWords = typeof welcome;

/** What was loaded. */
export type WelcomePart = {
  readonly words: WelcomeWords;
  readonly Welcome: ComponentType<{ readonly snapshot: Snapshot; readonly words: WelcomeWords }>;
};

const catalogs: Readonly<Record<Language, () => Promise<{ readonly welcome: WelcomeWords }>>> = {
  en: () => import('@contract/messages/en/welcome.ts'),
  ja: () => import('@contract/messages/ja/welcome.ts'),
};

/** Loads it, with the words of a language. */
export async function loadWelcomePart(language: Language): Promise<WelcomePart> {
  const [{ Welcome }, { welcome: words }] = await Promise.all([import('./pages/welcome.tsx'), catalogs[language]()]);
  return { words, Welcome };
}

/** Keeps the part there while its page is shown, in the spoken language. Returns the way to stop. */
export const followWelcomePart = (store: ViewStore): (() => void) =>
  loadWhen(
    store,
    ({ messages, place }) => (place === 'welcome' ? messages.language : null),
    loadWelcomePart,
    (welcomePart) => store.setState({ welcomePart }),
  );
