// Everything that helps to find out what is wrong, shown before it is copied or saved.
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useActions, useMessages } from '../view.tsx';
import { Row, Section } from './row.tsx';
import { Scroll } from './scroll.tsx';

export function Diagnostics() {
  const { diagnostics: words } = useMessages();
  const { diagnostics: actions } = useActions();
  const [text, setText] = useState<string | null>(null);
  const [done, setDone] = useState('');

  // One button stands where another one did: the focus goes on to it.
  const first = useRef<HTMLButtonElement>(null);
  const isMade = text !== null;
  const wasMade = useRef(isMade);
  useLayoutEffect(() => {
    if (wasMade.current !== isMade) first.current?.focus();
    wasMade.current = isMade;
  }, [isMade]);

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
          <Press key="make" word={words.make} does={show} button={first} />
        ) : (
          <>
            <Press key="close" word={words.close} does={() => setText(null)} button={first} />
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

type PressProps = {
  readonly word: string;
  readonly does: () => void | Promise<void>;
  readonly button?: RefObject<HTMLButtonElement | null>;
};

const Press = ({ word, does, button }: PressProps) => (
  <button type="button" className="button" ref={button} onClick={() => void does()}>
    {word}
  </button>
);
