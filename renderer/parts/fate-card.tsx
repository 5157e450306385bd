// What would become of the containers now, in one sentence; the step that helps, what it takes; and then its proof.
import { useRef } from 'react';
import { changeByHand } from '@contract/by-hand.ts';
import { lacksRights } from '@contract/rights.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { isBroken } from '../down.ts';
import { toneOf } from '../engine-tone.ts';
import { stateWords } from '../sentences.ts';
import { useMessages, useView } from '../view.tsx';
import type { Fate, Step } from '../welcome.ts';
import type { WelcomeWords } from '../welcome-part.ts';
import { ByHand } from './by-hand.tsx';
import { JoinByHand } from './engine-card.tsx';
import { fateWords, helpFor } from './fate-words.ts';
import { Mark, type Tone } from './mark.tsx';
import { LogLines } from './note.tsx';
import { Progress } from './progress.tsx';
import { Result } from './result.tsx';
import { StepButtons } from './step-buttons.tsx';

export type FateProps = {
  readonly snapshot: Snapshot;
  readonly words: WelcomeWords;
  readonly fate: Fate;
  readonly step: Step;
};

export function FateCard({ snapshot, words, fate, step }: FateProps) {
  const messages = useMessages();
  const title = useRef<HTMLHeadingElement>(null);
  const busy = useView((view) => view.acting || view.snapshot?.operation.kind === 'running');
  const told = useView((view) => view.told !== null && view.draft === null);
  const turningOn = useView((view) => view.turningOn);
  const tone = isBroken(snapshot.config) ? 'bad' : toneFor(fate, snapshot);
  const help = helpFor(messages, words, { snapshot, fate, step, turningOn });
  const { state } = snapshot.engine;
  const byHand = step === 'protect' && lacksRights(turningOn.plan?.blocked) ? turningOn.plan : null;
  const command = byHand && changeByHand(byHand, snapshot.target);
  // Who can be saved is told by a card of its own.
  if (step === 'rescue' && !busy)
    return (
      told && (
        <section className="section card hero fate">
          <Result />
        </section>
      )
    );
  return (
    <section className={`section card hero state ${tone} fate`} aria-label={words.protection}>
      <div className="hero-top">
        <Mark tone={tone} />
        {/* What is found out, or becomes of a step, is told to those who listen. */}
        <div className="row-words" aria-live="polite">
          <h2 className="hero-title" tabIndex={-1} ref={title}>
            {fateWords(messages, words, snapshot, fate)}
          </h2>
          {!busy && help.map((line) => <p key={line}>{line}</p>)}
        </div>
      </div>
      {state === 'failed' && !busy && <LogLines lines={stateWords(messages, snapshot).lines} />}
      {command && <ByHand commands={[command]} />}
      {!busy && <JoinByHand snapshot={snapshot} />}
      {busy ? (
        <Progress />
      ) : (
        // The button goes with its click: the sentence that it changes is where the keyboard stays.
        <StepButtons snapshot={snapshot} words={words} step={step} leaving={() => title.current?.focus()} />
      )}
      {told && !busy && <Result />}
    </section>
  );
}

function toneFor(fate: Fate, { engine, rescue }: Snapshot): Tone {
  switch (fate.kind) {
    case 'counted':
      return fate.kept < fate.all ? 'warn' : fate.on ? 'good' : 'off';
    case 'on':
      return 'good';
    case 'without':
      return rescue === null ? 'warn' : 'bad';
    case 'asking':
      return 'busy';
    case 'state':
    case 'hidden':
      return toneOf(engine.state);
  }
}
