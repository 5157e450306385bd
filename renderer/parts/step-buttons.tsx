// The one step that helps now, by the same verbs as elsewhere; and beside it only what the step itself needs.
import { verbByHand } from '@contract/by-hand.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import type { Step } from '../welcome.ts';
import type { WelcomeWords } from '../welcome-part.ts';
import { whyNot } from '../why-not.ts';
import { ByHand } from './by-hand.tsx';
import { AbsentButtons } from './engine-card.tsx';

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
  const button = (label: string, act: () => void, why: string | null = null) => (
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
    </div>
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
    case 'repair': {
      const { config } = snapshot;
      const problemOf = config.state === 'unreadable' ? config.problem : null;
      if (problemOf?.kind !== 'config.invalid') return button(labels.editJson, () => actions.show('daemon/json'));
      const { place } = problemOf;
      return button(labels.editLine(place.line), () => actions.showInJson(place));
    }
    case 'look':
      return button(rights.look, () => void actions.look());
    case 'again':
      return button(labels.refresh, () => void actions.refresh());
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
