// The open draft in one line: how many changes, which effect and why, who survives; with Discard, Review and Apply.
import { useId, useState } from 'react';
import { changeByHand } from '@contract/by-hand.ts';
import { lacksRights } from '@contract/rights.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { Plan } from '@contract/plan.ts';
import { conflicts } from '../draft.ts';
import { gapIn, joined, problemWords } from '../sentences.ts';
import { useActions, useMessages, useSnapshot, useTitles, useView } from '../view.tsx';
import { CopyCommand } from './by-hand.tsx';
import { Mark } from './mark.tsx';
import { planWords } from './plan-words.ts';
import { Remedy } from './remedy.tsx';
import { Scroll } from './scroll.tsx';
import { ReviewPanel } from './review-panel.tsx';

export function DraftLine() {
  const draft = useView((view) => view.draft);
  const snapshot = useSnapshot();
  const [reviewing, setReviewing] = useState(false);
  const panel = useId();
  const { plan, problem, fresh } = useView((view) => view.forecast);
  const actions = useActions();
  const { actions: labels, bar } = useMessages().window;
  if (snapshot === null || draft === null) return null;
  if (conflicts(draft, snapshot.config)) return <Conflict />;
  const command = plan && lacksRights(plan.blocked) ? changeByHand(plan, snapshot.target) : null;
  return (
    <section aria-label={bar.label}>
      {reviewing && plan && (
        <Scroll id={panel} className="review" label={labels.review}>
          <ReviewPanel plan={plan} />
        </Scroll>
      )}
      <div className="bar-line" aria-busy={!fresh}>
        <Words moved={draft.moved} byHand={command !== null} />
        <div className="buttons">
          <button type="button" className="button quiet" onClick={actions.discard}>
            {labels.discard}
          </button>
          <button
            type="button"
            className="button"
            aria-expanded={reviewing}
            aria-controls={reviewing ? panel : undefined}
            disabled={plan === null}
            onClick={() => setReviewing(!reviewing)}
          >
            {reviewing ? labels.hideReview : labels.review}
          </button>
          {command === null && (
            <>
              {plan?.blocked ? <Remedy problem={plan.blocked} /> : problem && <Remedy problem={problem} />}
              <button
                type="button"
                className="button primary"
                disabled={!fresh || plan === null || plan.blocked !== null}
                onClick={actions.apply}
              >
                {applyLabel(plan, labels)}
              </button>
            </>
          )}
        </div>
      </div>
      {command !== null && <CopyCommand command={command} />}
    </section>
  );
}

const asking = (named: readonly string[], { rights }: Messages): string =>
  named.length === 0 ? rights.asks : rights.asksNamed(named);

type Labels = ReturnType<typeof useMessages>['window']['actions'];

function applyLabel(plan: Plan | null, labels: Labels): string {
  switch (plan?.effect) {
    case 'reload':
      return labels.applyReload;
    case 'restart':
      return labels.applyRestart;
    case 'reload-then-restart':
      return labels.applyReloadRestart;
    case 'none':
    case undefined:
      return labels.apply;
  }
}

function Words({ moved, byHand }: { readonly moved: boolean; readonly byHand: boolean }) {
  const messages = useMessages();
  const titles = useTitles();
  const { plan, problem } = useView((view) => view.forecast);
  const known = useView((view) => view.snapshot?.config.state !== 'unreadable' || view.draft?.change.kind === 'text');
  const { bar } = messages.window;
  // What can be done by hand is no fault: the command says it all.
  const fault = byHand ? null : (problem ?? plan?.blocked ?? null);
  const words = plan && !fault && !byHand ? planWords(messages, titles, plan) : null;
  const nothingElse = !byHand && !fault && !words;
  return (
    <div className="bar-words">
      {moved && (
        <p className="moved">
          <Mark tone="warn" /> {joined(messages, bar.moved, known || nothingElse ? '' : bar.fileGone)}
        </p>
      )}
      {byHand && (
        <>
          <p className="bar-title">{bar.byHand}</p>
          <p className="dim">{messages.rights.byHand}</p>
        </>
      )}
      {fault && (
        <>
          <p className="bar-title">{problem ? bar.cannotPlan : bar.blocked}</p>
          <p className="bad-text">{problemWords(messages, fault).title}</p>
        </>
      )}
      {words && (
        <>
          <p className="bar-title">{words.title}</p>
          <p>
            <span className={words.safe ? 'good-text' : 'bad-text'}>{words.who}</span>
            {gapIn(messages)}
            <span className="dim">{words.more}</span>
          </p>
          {plan?.authority && <p className="dim">{asking(plan.authority.named, messages)}</p>}
        </>
      )}
      {nothingElse && <p className="bar-title">{known ? bar.asking : bar.fileGone}</p>}
    </div>
  );
}

function Conflict() {
  const actions = useActions();
  const { actions: labels, bar } = useMessages().window;
  return (
    <section className="bar-line" aria-label={bar.label}>
      <Mark tone="warn" />
      <div className="bar-words">
        <p className="bar-title">{bar.conflict}</p>
        <p className="dim">{bar.conflictHelp}</p>
      </div>
      <div className="buttons">
        <button type="button" className="button" onClick={actions.discard}>
          {labels.takeFile}
        </button>
        <button type="button" className="button primary" onClick={actions.keepMine}>
          {labels.keepMine}
        </button>
      </div>
    </section>
  );
}
