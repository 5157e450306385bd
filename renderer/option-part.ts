// The part of the page that shows all options: loaded when the Daemon page is wanted, and again for another language.
import type { ComponentType } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import type { OptionWords } from './fields/option-words.ts';
import { titlesIn } from './fields/titles.ts';
import { loadWhen } from './load-when.ts';
import type { ViewStore } from './store.ts';

type OptionsView = ComponentType<{
  readonly snapshot: Snapshot;
  readonly words: OptionWords;
  readonly query: string;
  readonly onClear: () => void;
}>;

/** What was loaded. */
export type OptionPart = {
  readonly words: OptionWords;
  /** How many options there are to search. */
  readonly count: number;
  readonly Basic: OptionsView;
  readonly Advanced: OptionsView;
};

/** Loads it, with the words of a language. */
export async function loadOptionPart(language: OptionWords['language']): Promise<OptionPart> {
  const [{ loadOptionWords }, { BasicOptions, AllOptions }, { optionFields }] = await Promise.all([
    import('./fields/option-words.ts'),
    import('./fields/option-views.tsx'),
    import('./fields/option-fields.ts'),
  ]);
  const words = await loadOptionWords(language);
  return { words, count: optionFields.length, Basic: BasicOptions, Advanced: AllOptions };
}

/** Keeps the part there, and in the spoken language, from the first snapshot on. Returns the way to stop. */
export const followOptionPart = (store: ViewStore): (() => void) =>
  loadWhen(
    store,
    ({ messages, snapshot }) => (snapshot === null ? null : messages.language),
    loadOptionPart,
    (optionPart) => store.setState({ optionPart, titles: titlesIn(optionPart.words) }),
  );
