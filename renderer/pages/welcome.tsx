// The page of the first start: which daemon there is, what protects its containers now, and the one step that helps.
import { useEffect, useRef } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { FateCard } from '../parts/fate-card.tsx';
import { FoundDaemon } from '../parts/found-daemon.tsx';
import { Ring } from '../parts/icons.tsx';
import { RescueCard } from '../parts/rescue-card.tsx';
import { useActions, useMessages, useView } from '../view.tsx';
import { fateOf, stepFor } from '../welcome.ts';
import type { WelcomeWords } from '../welcome-part.ts';

type WelcomeProps = { readonly snapshot: Snapshot; readonly words: WelcomeWords };

export function Welcome({ snapshot, words }: WelcomeProps) {
  const { about } = useMessages().window;
  const actions = useActions();
  const heading = useRef<HTMLHeadingElement>(null);
  const fate = fateOf(
    snapshot,
    useView((view) => view.restart),
  );
  const step = stepFor(snapshot, fate);
  // Whoever listens hears first where they are, and the next Tab leads to the step.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const isDone = step === null && snapshot.liveRestore.effective === true;
  return (
    <div className="welcome">
      <header className="welcome-head">
        <Ring on={snapshot.liveRestore.effective === true} large />
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {words.title}
          </h1>
          <p className="dim">{about.tagline}</p>
        </div>
      </header>
      <FoundDaemon snapshot={snapshot} words={words} />
      {step === 'rescue' && <RescueCard snapshot={snapshot} />}
      <FateCard snapshot={snapshot} words={words} fate={fate} step={step} />
      <div className="welcome-onward">
        <button
          type="button"
          className={isDone ? 'button primary' : 'button'}
          onClick={() => actions.show('daemon/advanced')}
        >
          {words.onward}
        </button>
      </div>
    </div>
  );
}
