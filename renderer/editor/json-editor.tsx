// Holds the editor on the page: loads it when it is first shown, and keeps it the same as the view.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Place } from '@contract/problem.ts';
import { followFindKey } from '../find-key.ts';
import type { Editor, EditorPorts, Shown } from './mount.ts';

type JsonEditorProps = {
  readonly shown: Shown;
  /** Where to go as soon as it can be done: an option, or a place. */
  readonly goTo: readonly string[] | Place | null;
  readonly arrived: () => void;
} & EditorPorts;

export function JsonEditor({ shown, goTo, arrived, onText, onCaret, onFix }: JsonEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const latest = useRef({ shown, onText, onCaret, onFix });
  useLayoutEffect(() => {
    latest.current = { shown, onText, onCaret, onFix };
  });

  useEffect(() => {
    const { current: host } = frame;
    if (host === null) return undefined;
    let opened: Editor | null = null;
    let gone = false;
    void import('./mount.ts').then(({ openEditor }) => {
      if (gone) return;
      const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      opened = openEditor(root, shadowFrame(root), latest.current.shown, {
        onText: (text, run) => latest.current.onText(text, run),
        onCaret: (path) => latest.current.onCaret(path),
        onFix: (fix) => latest.current.onFix(fix),
      });
      setEditor(opened);
    });
    return () => {
      gone = true;
      opened?.close();
    };
  }, []);

  useLayoutEffect(() => editor?.show(shown), [editor, shown]);
  useEffect(() => {
    if (editor === null || goTo === null) return;
    if ('line' in goTo) editor.jumpTo(goTo);
    else editor.jump(goTo);
    arrived();
  }, [editor, goTo, arrived]);

  // In the editor it has the key itself; here the rest of the page, where no other search is.
  useEffect(() => (editor === null ? undefined : followFindKey(window, editor.find)), [editor]);

  return <div className="editor-frame" ref={frame} />;
}

/** The one element of the shadow root; it fills its host. */
function shadowFrame(root: ShadowRoot): HTMLElement {
  const inner = document.createElement('div');
  inner.style.height = '100%';
  root.replaceChildren(inner);
  return inner;
}
