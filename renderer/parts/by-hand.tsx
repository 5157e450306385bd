// The commands that an administrator would run, each to be read and copied by itself.
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../view.tsx';
import { Scroll } from './scroll.tsx';

export function ByHand({ commands }: { readonly commands: readonly string[] }) {
  const { rights: words } = useMessages();
  return (
    <section className="by-hand" aria-label={words.byHand}>
      <p className="dim">{words.byHand}</p>
      {commands.map((command) => (
        <CopyCommand key={command} command={command} />
      ))}
    </section>
  );
}

/** How long it is said that it was copied, in ms: the next copy is to be seen too. */
const COPIED_MS = 2000;

/** One command, to be read and copied. */
export function CopyCommand({ command }: { readonly command: string }) {
  const { rights: words } = useMessages();
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  /** By selecting it: the page has no leave to write to the clipboard by itself. */
  const copy = (): void => {
    if (text.current === null) return;
    getSelection()?.selectAllChildren(text.current);
    setCopied(document.execCommand('copy'));
  };
  const word = copied ? words.copied : words.copy;
  return (
    <div className="by-hand-line">
      <Scroll className="log" label={command}>
        <pre ref={text}>{command}</pre>
      </Scroll>
      <button type="button" className="button" aria-label={`${word}: ${command}`} onClick={copy}>
        {word}
      </button>
    </div>
  );
}
