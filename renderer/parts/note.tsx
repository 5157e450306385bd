// A message in its own card: what happened, what state things are in now, and what to press.
import type { ReactNode } from 'react';
import type { Problem } from '@contract/problem.ts';
import { problemWords } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Scroll } from './scroll.tsx';
import { Mark, type Tone } from './mark.tsx';

type NoteProps = {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The daemon's own lines. */
  readonly lines?: readonly string[];
  readonly buttons?: ReactNode;
};

export function Note({ tone, title, children, lines = [], buttons }: NoteProps) {
  return (
    <div className={`note ${tone}`}>
      <Mark tone={tone} />
      <div className="note-words">
        <p className="note-title">{title}</p>
        {children}
        <LogLines lines={lines} />
        {buttons && <div className="note-buttons">{buttons}</div>}
      </div>
    </div>
  );
}

/** What went wrong, or stands in the way. */
export function Trouble({ problem }: { readonly problem: Problem }) {
  const { title, detail, lines } = problemWords(useMessages(), problem);
  return (
    <Note tone="bad" title={title} lines={lines}>
      <p>{detail}</p>
    </Note>
  );
}

/** Lines as the daemon wrote them, to be read and copied. */
export function LogLines({ lines }: { readonly lines: readonly string[] }) {
  const { logLines } = useMessages().window;
  if (lines.length === 0) return null;
  return (
    <Scroll className="log" label={logLines}>
      <pre>{lines.join('\n')}</pre>
    </Scroll>
  );
}
