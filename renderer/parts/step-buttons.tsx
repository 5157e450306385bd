// The one step that helps now, by the same verbs as elsewhere; and beside it only what the step itself needs.
import type { ReactNode } from 'react';
import { verbByHand } from '@contract/by-hand.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { isBroken } from '../down.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import type { Step } from '../welcome.ts';
import type { WelcomeWords } from '../welcome-part.ts';
import { whyNot } from '../why-not.ts';
import { ByHand } from './by-hand.tsx';
import { AbsentButtons, RepairButton } from './engine-card.tsx';

type StepButtonsProps = {
  readonly snapshot: Snapshot;
  readonly words: WelcomeWords;
  readonly step: Step;
  /** The button is about to go. */
  readonly leaving: () => void;
};

export function StepButtons({ snapshot, words, step, leaving }: StepButtonsProps) {
  const { window, rights, drill } = useMessages();
  const { actions: labels, status } = window;
  const actions = useActions();
  const { plan, problem, fresh } = useView((view) => view.turningOn);
  /** `second`: beside it, for where it does not help. */
  const button = (label: string, act: () => void, why: string | null = null, second: ReactNode = null) => (
    <div className="hero-line verbs">
      <button
        type="button"
        className="button primary"
        disabled={why !== null}
        onClick={() => {
          leaving();
          act();
        }}
      >
        {label}
      </button>
      {why && <span className="dim">{why}</span>}
      {second}
    </div>
  );
  /** A verb that asks first where it could harm; nothing where it cannot be done. */
  const verb = (name: 'start' | 'restart', label: string) =>
    whyNot(snapshot, name, status.whyNot) === null && (
      <button type="button" className="button" onClick={() => void actions.begin(name)}>
        {label}
      </button>
    );
  switch (step) {
    case 'protect':
      // What stands against it is said above, with what to do by hand.
      if (fresh && (problem !== null || plan?.blocked)) return null;
      return button(words.protect, () => void actions.protect());
    case 'reload':
      return button(labels.reload, () => void actions.begin('reload'), whyNot(snapshot, 'reload', status.whyNot));
    case 'start': {
      const why = whyNot(snapshot, 'start', status.whyNot);
      const command = snapshot.rights.step === 'missing' ? verbByHand('start', snapshot.target) : null;
      return (
        <>
          {button(labels.startDaemon, () => void actions.begin('start'), why)}
          {command && <ByHand commands={[command]} />}
        </>
      );
    }
    case 'defuse':
      return button(drill.defuse, () => void actions.defuse());
    case 'repair':
      return (
        <div className="hero-line verbs">
          <RepairButton config={snapshot.config} main />
          {/* What the daemon named may have been put right since. */}
          {!isBroken(snapshot.config) && verb('start', labels.startDaemon)}
        </div>
      );
    case 'look':
      return button(rights.look, () => void actions.look());
    case 'again':
      return button(
        labels.refresh,
        () => void actions.refresh(),
        null,
        snapshot.engine.state === 'hanging' && verb('restart', labels.restart),
      );
    case 'see-status':
      return button(words.seeStatus, () => actions.show('status'));
    case 'sandbox':
      return (
        <div className="hero-line verbs">
          <AbsentButtons snapshot={snapshot} />
        </div>
      );
    case 'rescue':
    case null:
      return null;
  }
}
