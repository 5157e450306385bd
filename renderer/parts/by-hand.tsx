// The commands that an administrator would run, each to be read and copied by itself.
import { useRef, useState } from 'react';
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

/** One command, to be read and copied. */
export function CopyCommand({ command }: { readonly command: string }) {
  const { rights: words } = useMessages();
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  /** By selecting it: the page has no leave to write to the clipboard by itself. */
  const copy = (): void => {
    if (text.current === null) return;
    getSelection()?.selectAllChildren(text.current);
    setCopied(document.execCommand('copy'));
  };
  return (
    <div className="by-hand-line">
      <Scroll className="log" label={command}>
        <pre ref={text}>{command}</pre>
      </Scroll>
      <button type="button" className="button" aria-label={`${words.copy}: ${command}`} onClick={copy}>
        {copied ? words.copied : words.copy}
      </button>
    </div>
  );
}
