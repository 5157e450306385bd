// What came of the last action, quietly, with its proof; or what went wrong, with the daemon's line and what to press.
import type { Outcome } from '@contract/outcome.ts';
import type { Problem } from '@contract/problem.ts';
import type { ReactNode } from 'react';
import { outcomeWords, problemWords, type Words } from '../sentences.ts';
import { useActions, useMessages, useTitles, useView } from '../view.tsx';
import { Mark, type Tone } from './mark.tsx';
import { LogLines } from './note.tsx';
import { Remedy } from './remedy.tsx';

const tones: Readonly<Record<Outcome['result'], Tone>> = {
  applied: 'good',
  nothing: 'good',
  refused: 'warn',
  'rolled-back': 'warn',
  failed: 'bad',
};

export function Result() {
  const told = useView((view) => view.told);
  const messages = useMessages();
  const titles = useTitles();
  const actions = useActions();
  if (told === null) return null;
  const problem = told.kind === 'problem' ? told.problem : told.outcome.problem;
  const words =
    told.kind === 'problem' ? problemWords(messages, told.problem) : outcomeWords(messages, titles, told.outcome);
  const tone =
    told.kind === 'problem'
      ? toneFor(told.problem)
      : told.outcome.problem && told.outcome.result === 'applied'
        ? 'warn'
        : tones[told.outcome.result];
  return (
    <Line words={words} tone={tone}>
      {problem && <Remedy problem={problem} />}
      <button type="button" className="button quiet" onClick={actions.dismiss}>
        {messages.window.actions.dismiss}
      </button>
    </Line>
  );
}

/** Closing a password prompt is no failure. */
const toneFor = ({ kind }: Problem): Tone => (kind === 'authorization.dismissed' ? 'off' : 'bad');

function Line({ words, tone, children }: { readonly words: Words; readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <div className="bar-line result">
      <Mark tone={tone} />
      <div className="bar-words">
        <p className="bar-title">{words.title}</p>
        {words.detail && <p className="dim">{words.detail}</p>}
        <LogLines lines={words.lines} />
      </div>
      <div className="buttons">{children}</div>
    </div>
  );
}
