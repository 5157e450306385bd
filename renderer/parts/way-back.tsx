// The daemon does not start: the last version of its file with which it ran, and the one click that brings both back.
import { rescueByHand } from '@contract/by-hand.ts';
import type { WayBack } from '@contract/history.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { Plan } from '@contract/plan.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { canGoBack, isAtFault, leadsBack, rescuesByGoingBack } from '../down.ts';
import { gapIn, joined, problemWords } from '../sentences.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { CopyCommand } from './by-hand.tsx';
import { Diff } from './diff.tsx';
import { Mark } from './mark.tsx';

type Props = { readonly snapshot: Snapshot };

/** Where nothing else tells of the daemon that is down. */
export function WayBackCard({ snapshot }: Props) {
  const { wayBack: words } = useMessages().outage;
  const found = useView((view) => view.wayBack?.ok === true);
  if (!found || snapshot.operation.kind === 'running') return null;
  return (
    <section className="card hero state bad way-back" aria-label={words.title}>
      <div className="hero-top">
        <Mark tone="bad" />
        <div className="row-words">
          <h2 className="hero-title">{words.title}</h2>
        </div>
      </div>
      <WayBackPart snapshot={snapshot} />
      <div className="hero-line verbs">
        <GoBackButton snapshot={snapshot} />
      </div>
    </section>
  );
}

/** Which version that is, and what changes; or why there is none. */
export function WayBackPart({ snapshot }: Props) {
  const messages = useMessages();
  const wayBack = useView((view) => view.wayBack);
  if (wayBack === null || snapshot.operation.kind === 'running') return null;
  if (wayBack.ok) return <Version wayBack={wayBack.value} snapshot={snapshot} />;
  if (!isAtFault(snapshot)) return null;
  const { title, state } = messages.problem(wayBack.problem);
  const isListed = snapshot.findings.some(({ severity }) => severity === 'error');
  return (
    <p className="way-back-words">{joined(messages, title, state, isListed ? messages.outage.wayBack.none : '')}</p>
  );
}

type VersionProps = Props & { readonly wayBack: WayBack };

function Version({ wayBack, snapshot }: VersionProps) {
  const messages = useMessages();
  const { wayBack: words, rescue } = messages.outage;
  const { history } = messages;
  const { version, plan, saves } = wayBack;
  const who = version.by.kind === 'unknown' ? null : history.by(version.by);
  return (
    <>
      <p className="way-back-words">
        {joined(
          messages,
          words.ran(history.time(version.at), who),
          saves === null ? allKept(messages, plan) : words.saves(saves, plan.containers.length),
        )}
      </p>
      {plan.text && (
        <details className="rescue-change" open={snapshot.rescue === null && leadsBack(snapshot)}>
          <summary>{rescue.change}</summary>
          <Diff text={plan.text} />
        </details>
      )}
      <Blocked wayBack={wayBack} snapshot={snapshot} />
    </>
  );
}

/** Nothing where somebody is harmed, who is named before it is done, or where nobody runs. */
const allKept = ({ window: { bar } }: Messages, { containers, needs }: Plan): string =>
  containers.length === 0 || needs.length > 0 ? '' : bar.allKeep(containers.length);

/** Why not from here, and how by hand. */
function Blocked({ wayBack: { plan }, snapshot: { target } }: VersionProps) {
  const messages = useMessages();
  const { wayBack: words } = messages.outage;
  if (plan.blocked === null) return null;
  const command = rescueByHand(plan, target);
  if (command !== null && target.configPath !== null) {
    return (
      <div className="rescue-blocked">
        <p>{words.asRoot(target.configPath)}</p>
        <CopyCommand command={command} />
      </div>
    );
  }
  const { title, detail } = problemWords(messages, plan.blocked);
  return (
    <p className="way-back-words">
      {words.blocked} <strong>{title}</strong>
      {gapIn(messages)}
      {detail}
    </p>
  );
}

/** Nothing where there is no version, or it cannot be put back from here. */
export function GoBackButton({ snapshot }: Props) {
  const { wayBack: words } = useMessages().outage;
  const actions = useActions();
  const wayBack = useView((view) => view.wayBack);
  if (!canGoBack(wayBack) || snapshot.operation.kind === 'running') return null;
  const isFirst = snapshot.rescue === null ? leadsBack(snapshot) : rescuesByGoingBack(snapshot, wayBack);
  return (
    <button type="button" className={isFirst ? 'button primary' : 'button'} onClick={() => void actions.goBack()}>
      {words.act}
    </button>
  );
}
