// The language of the page: as main says; sentences that did not come with the page are loaded when they are wanted.
import type { Language } from '@contract/messages/language.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { ViewStore } from './store.ts';

const catalogs: Readonly<Record<Language, () => Promise<{ readonly page: Messages }>>> = {
  en: () => import('@contract/messages/en/page.ts'),
  ja: () => import('@contract/messages/ja/page.ts'),
};

/** Keeps the sentences, and `lang` on the root element, in the spoken language. Returns the way to stop. */
export function followLanguage(store: ViewStore, root: HTMLElement): () => void {
  let wanted = store.getState().messages.language;
  root.lang = wanted;
  const follow = async (): Promise<void> => {
    const language = store.getState().snapshot?.app.language ?? wanted;
    if (language === wanted) return;
    wanted = language;
    const { page } = await catalogs[language]();
    // Another one may have been chosen meanwhile.
    if (wanted !== language) return;
    store.setState({ messages: page });
    root.lang = language;
  };
  void follow();
  return store.subscribe(() => void follow());
}
