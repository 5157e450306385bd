// The command that an administrator would run, to be read and copied.
import { useRef, useState } from 'react';
import { useMessages } from '../view.tsx';
import { Scroll } from './scroll.tsx';

export function ByHand({ command }: { readonly command: string }) {
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
    <div className="by-hand">
      <div className="by-hand-head">
        <span className="dim">{words.byHand}</span>
        <button type="button" className="button" onClick={copy}>
          {copied ? words.copied : words.copy}
        </button>
      </div>
      <Scroll className="log" label={words.byHand}>
        <pre ref={text}>{command}</pre>
      </Scroll>
    </div>
  );
}
