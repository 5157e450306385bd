// Asks before containers are at stake: names them, says on the button what it does, and lets Enter and Esc do no harm.
import { useRef, useState } from 'react';
import type { Messages } from '@contract/messages/page.ts';
import type { Accept, Plan } from '@contract/plan.ts';
import type { Problem } from '@contract/problem.ts';
import type { Question, Subject } from '../store.ts';
import { gapIn } from '../sentences.ts';
import { countVerdicts } from '../verdict-counts.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { Fates } from './fates.tsx';
import { Mark } from './mark.tsx';
import { Modal } from './modal.tsx';
import { Note, Trouble } from './note.tsx';
import { ENLARGE_TO } from './outage-table.tsx';
import { Scroll } from './scroll.tsx';
import { StopGuide } from './stop-guide.tsx';

export function Confirm() {
  const question = useView((view) => view.question);
  return question && <Dialog question={question} />;
}

type Verb = keyof Messages['window']['confirm']['verbs'];

const verbOf = (subject: Subject): Verb => {
  if (subject.kind === 'verb') return subject.verb;
  if (subject.kind === 'draft') return 'draft';
  if (subject.kind === 'way-back') return 'wayBack';
  return subject.on ? 'liveRestoreOn' : 'liveRestoreOff';
};

function Dialog({ question }: { readonly question: Question }) {
  const { confirm: words, actions: labels } = useMessages().window;
  const actions = useActions();
  const cancel = useRef<HTMLButtonElement>(null);
  const { plan, fresh } = question.forecast;
  const verb = verbOf(question.subject);
  const counts = countVerdicts(plan?.containers ?? []);
  const [enlarge, setEnlarge] = useState(true);
  const guided = useView(({ snapshot }) => verb === 'stop' && snapshot?.liveRestore.effective === true);
  // The flag says that the daemon gets its socket from systemd.
  const socket = useView(({ snapshot }) => snapshot?.target.flags.some((flag) => /\bfd:\/\//.test(flag)) === true);
  const guide = guided && plan !== null && plan.blocked === null && plan.containers.length > 0;
  const [waiting, setWaiting] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const confirm = async (): Promise<void> => {
    setFailed(null);
    setWaiting(true);
    const problem = await actions.confirmed(guide && enlarge ? ENLARGE_TO : null);
    setWaiting(false);
    // A password that was not given is no failure.
    if (problem?.kind !== 'authorization.dismissed') setFailed(problem);
  };
  const harms = counts.stops + counts.hidden + counts.lost > 0 || (plan?.needs.length ?? 0) > 0;
  return (
    <Modal title={words[verb]} safe={cancel} close={actions.cancel}>
      <Scroll className="confirm-body" label={words[verb]}>
        {failed && <Trouble problem={failed} />}
        <Body question={question} />
        {guide && <StopGuide socket={socket} enlarge={enlarge} onEnlarge={setEnlarge} />}
      </Scroll>
      <div className="buttons">
        <button type="button" className="button" ref={cancel} onClick={actions.cancel}>
          {labels.cancel}
        </button>
        <button
          type="button"
          className={harms ? 'button danger' : 'button primary'}
          disabled={waiting || !fresh || plan === null || plan.blocked !== null}
          onClick={() => void confirm()}
        >
          {words.and(words.verbs[verb], counts)}
        </button>
      </div>
    </Modal>
  );
}

/** Dangers that are verdicts on containers. */
const toContainers: ReadonlySet<Accept> = new Set(['stops', 'hides', 'loses']);

function Body({ question }: { readonly question: Question }) {
  const messages = useMessages();
  const { confirm: words, bar } = messages.window;
  const { plan, problem } = question.forecast;
  const blocked = problem ?? plan?.blocked ?? null;
  if (blocked) return <Trouble problem={blocked} />;
  if (plan === null) return <p className="dim">{words.asking}</p>;
  // What becomes of containers is what the list and the button say.
  const traps = plan.findings.filter(({ about }) => about.kind === 'next-start-would-stop');
  const risks = plan.needs.filter((need) => !toContainers.has(need));
  return (
    <>
      <Sentence plan={plan} />
      {plan.effect === 'reload-then-restart' && <p className="dim">{bar.twoPhases}</p>}
      {traps.map((trap) => (
        <Note key={trap.about.kind} tone="warn" title={messages.finding(trap.about).sentence}>
          <p>{messages.finding(trap.about).remedy}</p>
        </Note>
      ))}
      {risks.length > 0 && (
        <div className="risks">
          <p>{words.risk}</p>
          <ul>
            {risks.map((risk) => (
              <li key={risk}>{messages.plan.accepting[risk]}</li>
            ))}
          </ul>
        </div>
      )}
      {plan.containers.length > 0 && (plan.effect !== 'none' || harmsSomebody(plan)) && (
        <Fates verdicts={plan.containers} />
      )}
    </>
  );
}

/** A stop, a start, or what the next start makes of a change. */
const harmsSomebody = (plan: Plan): boolean => plan.containers.some(({ verdict }) => verdict !== 'keeps-running');

function Sentence({ plan }: { readonly plan: Plan }) {
  const messages = useMessages();
  const { bar } = messages.window;
  const { all, kept, interrupted, stops, hidden, lost } = countVerdicts(plan.containers);
  const between = gapIn(messages);
  return (
    <p className="confirm-sentence">
      <Mark tone={kept === all ? 'good' : 'bad'} />
      <span>
        <strong>{kept === all ? bar.allKeep(all) : bar.someEnd(stops, hidden + lost, all)}</strong>
        {interrupted > 0 && `${between}${bar.interrupted(interrupted)}`}
        {plan.expectedGapMs !== 0 && `${between}${messages.plan.gap(plan.expectedGapMs, plan.expectedGapRangeMs)}`}
      </span>
    </p>
  );
}
