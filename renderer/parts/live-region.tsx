// Says results and problems aloud, once each; for the eye they stand elsewhere.
import { useMessages, useSnapshot, useTitles, useView } from '../view.tsx';
import { conflicts } from '../draft.ts';
import { outcomeWords, problemWords } from '../sentences.ts';

export function LiveRegion() {
  const told = useView((view) => view.told);
  const draft = useView((view) => view.draft);
  const snapshot = useSnapshot();
  const messages = useMessages();
  const titles = useTitles();
  const moved = snapshot && (draft?.moved || conflicts(draft, snapshot.config)) ? messages.window.bar.moved : '';
  const result =
    told === null
      ? ''
      : told.kind === 'problem'
        ? problemWords(messages, told.problem).title
        : outcomeWords(messages, titles, told.outcome).title;
  return (
    <output className="unseen" aria-live="polite">
      {result || moved}
    </output>
  );
}
