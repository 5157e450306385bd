// Rehearses a restart on a click, and says what it showed.
import { useState } from 'react';
import type { Drill } from '@contract/drill.ts';
import { problemWords } from '../sentences.ts';
import { useActions, useMessages } from '../view.tsx';
import { Note } from './note.tsx';
import { Row, Section } from './row.tsx';

export function DrillCard({ busy }: { readonly busy: boolean }) {
  const messages = useMessages();
  const { drill: words } = messages;
  const actions = useActions();
  const [runs, setRuns] = useState(false);
  const [shown, setShown] = useState<Drill | null>(null);
  const run = async (): Promise<void> => {
    setRuns(true);
    setShown(null);
    setShown(await actions.drill());
    setRuns(false);
  };
  const problem = shown?.problem && problemWords(messages, shown.problem);
  return (
    <Section title={words.title}>
      <Row title={words.run} help={words.help}>
        <button type="button" className="button" disabled={busy || runs} onClick={() => void run()}>
          {runs ? words.running : words.run}
        </button>
      </Row>
      <div aria-live="polite">
        {shown && (
          <Note
            tone={shown.survived === true ? 'good' : 'warn'}
            title={problem ? problem.title : words.sentence(shown)}
            lines={problem ? problem.lines : []}
          >
            {problem && <p>{problem.detail}</p>}
          </Note>
        )}
      </div>
    </Section>
  );
}
