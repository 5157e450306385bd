// The language of the page: as main says; sentences that did not come with the page are loaded when they are wanted.
import type { Language } from '@contract/messages/language.ts';
import type { Messages } from '@contract/messages/page.ts';
import { loadWhen } from './load-when.ts';
import type { ViewStore } from './store.ts';

const catalogs: Readonly<Record<Language, () => Promise<{ readonly page: Messages }>>> = {
  en: () => import('@contract/messages/en/page.ts'),
  ja: () => import('@contract/messages/ja/page.ts'),
};

/** Keeps the sentences, and `lang` on the root element, in the spoken language. Returns the way to stop. */
export function followLanguage(store: ViewStore, root: HTMLElement): () => void {
  const { language: first } = store.getState().messages;
  root.lang = first;
  return loadWhen(
    store,
    ({ snapshot }) => snapshot?.app.language ?? null,
    (language) => catalogs[language](),
    ({ page }, language) => {
      store.setState({ messages: page });
      root.lang = language;
    },
    first,
  );
}
