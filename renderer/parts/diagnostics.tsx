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

  async function copy(): Promise<void> {
    if (await actions.copy()) setDone(words.copied);
  }

  async function save(): Promise<void> {
    const path = await actions.save();
    if (path !== null) setDone(words.saved(path));
  }

  return (
    <Section title={words.title}>
      <Row
        title={words.what}
        help={
          <>
            {words.help} <output className="now">{done}</output>
          </>
        }
      >
        {text === null ? (
          <Press word={words.make} does={show} />
        ) : (
          <>
            <Press word={words.close} does={() => setText(null)} />
            <Press word={words.copy} does={copy} />
            <Press word={words.save} does={save} />
          </>
        )}
      </Row>
      {text !== null && (
        <Scroll className="log diagnostics" label={words.text}>
          <pre>{text}</pre>
        </Scroll>
      )}
    </Section>
  );
}

type PressProps = { readonly word: string; readonly does: () => void | Promise<void> };

const Press = ({ word, does }: PressProps) => (
  <button type="button" className="button" onClick={() => void does()}>
    {word}
  </button>
);
