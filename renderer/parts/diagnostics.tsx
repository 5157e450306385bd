// Everything that helps to find out what is wrong, shown before it is copied or saved.
import { useState } from 'react';
import { useActions, useMessages } from '../view.tsx';
import { Row, Section } from './row.tsx';
import { Scroll } from './scroll.tsx';

export function Diagnostics() {
  const { diagnostics: words } = useMessages();
  const { diagnostics: actions } = useActions();
  const [text, setText] = useState<string | null>(null);
  const [done, setDone] = useState('');

  async function show(): Promise<void> {
    setDone('');
    setText(await actions.make());
  }

  async function save(): Promise<void> {
    const path = await actions.save();
    if (path !== null) setDone(words.saved(path));
  }

  return (
    <Section title={words.title}>
      <Row title={words.what} help={words.help}>
        {text === null && (
          <button type="button" className="button" onClick={() => void show()}>
            {words.make}
          </button>
        )}
      </Row>
      {text !== null && (
        <div className="diagnostics">
          <Scroll className="log" label={words.text}>
            <pre>{text}</pre>
          </Scroll>
          <div className="diagnostics-bar">
            <output className="row-help">{done}</output>
            <button type="button" className="button" onClick={() => setText(null)}>
              {words.close}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => void actions.copy().then((copied) => setDone(copied ? words.copied : ''))}
            >
              {words.copy}
            </button>
            <button type="button" className="button" onClick={() => void save()}>
              {words.save}
            </button>
          </div>
        </div>
      )}
    </Section>
  );
}
