// A careful text field: line numbers, the faulty line marked with its sentence, Tab that indents and can be left.
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { Place } from '@contract/problem.ts';
import { Mark } from '../parts/mark.tsx';
import { useMessages } from '../view.tsx';

type TextEditorProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly readOnly: boolean;
  readonly label: string;
  readonly help: string;
  readonly fault: { readonly place: Place; readonly sentence: string } | null;
};

export function TextEditor({ text, onChange, readOnly, label, help, fault }: TextEditorProps) {
  const { json } = useMessages().window;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  // After Esc, one Tab leaves the editor as it leaves every other field.
  const leaving = useRef(false);
  // The file keeps its line ends: the browser hands back only \n.
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);

  const follow = (): void => {
    const { current: from } = area;
    const { current: to } = behind;
    if (from === null || to === null) return;
    to.scrollTop = from.scrollTop;
  };
  useEffect(follow);
  const first = useRef(fault?.place.line ?? 0);
  useEffect(() => {
    // Whoever comes here because of a fault sees it: some lines above it stay in view.
    const { current: shown } = area;
    if (shown)
      shown.scrollTop = (first.current - 6) * (shown.scrollHeight / Math.max(1, shown.value.split('\n').length));
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape') leaving.current = true;
    else if (event.key !== 'Tab') leaving.current = event.key === 'Shift' && leaving.current;
    else if (!leaving.current && !event.shiftKey && !readOnly) {
      event.preventDefault();
      insert(event.currentTarget, /^\t/m.test(text) ? '\t' : '  ');
    }
  };
  return (
    <div className="editor">
      <div className="editor-frame">
        <div className="editor-behind" ref={behind} aria-hidden="true">
          {lines.map((_, i) => (
            <div key={i} className={fault?.place.line === i + 1 ? 'editor-line fault' : 'editor-line'}>
              <span>{i + 1}</span>
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          aria-label={label}
          aria-invalid={fault !== null}
          aria-describedby={fault ? `${id}-fault ${id}-help` : `${id}-help`}
          onScroll={follow}
          onBlur={() => (leaving.current = false)}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange(event.target.value.replaceAll('\n', lineEnd))}
        />
      </div>
      {fault && (
        <p className="editor-fault" id={`${id}-fault`}>
          <Mark tone="bad" />
          <span>
            <strong>{json.position(fault.place.line, fault.place.column)}</strong> {fault.sentence}
          </span>
        </p>
      )}
      <p className="dim small" id={`${id}-help`}>
        {help}
      </p>
    </div>
  );
}

/** Inserts as if it was typed. `execCommand` is old, but the only way that keeps the undo of the field whole. */
function insert(area: HTMLTextAreaElement, text: string): void {
  if (typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
