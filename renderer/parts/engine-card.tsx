// The state of the engine in words, the daemon's last lines where it failed, and the verbs with why not.
import { isDown } from '@contract/down.ts';
import type { Verb } from '@contract/ipc.ts';
import { joinByHand, verbByHand } from '@contract/by-hand.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';
import { blamesFile, canGoBack, isBroken, leadsBack } from '../down.ts';
import { toneOf } from '../engine-tone.ts';
import { stateWords } from '../sentences.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { whyNot } from '../why-not.ts';
import { ByHand } from './by-hand.tsx';
import { FixTextButton, useRepairedText } from './fix-text-button.tsx';
import { Mark } from './mark.tsx';
import { LogLines } from './note.tsx';
import { GoBackButton, WayBackPart } from './way-back.tsx';

export function EngineCard({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { engine } = snapshot;
  const { title, detail, lines } = stateWords(messages, snapshot);
  const tone = toneOf(engine.state);
  return (
    <section className={`card hero state ${tone}`} aria-label={messages.window.status.facts.state}>
      <div className="hero-top">
        <Mark tone={tone} />
        <div className="row-words">
          <p className="hero-title">{title}</p>
          {detail && <p className="row-help">{detail}</p>}
          {snapshot.seenAt !== null && <SeenAt at={snapshot.seenAt} />}
        </div>
      </div>
      <LogLines lines={lines} />
      <WayBackPart snapshot={snapshot} />
      <div className="hero-line verbs">
        {engine.state === 'absent' ? <AbsentButtons snapshot={snapshot} /> : <Verbs snapshot={snapshot} />}
      </div>
      <VerbsByHand snapshot={snapshot} />
      <JoinByHand snapshot={snapshot} />
    </section>
  );
}

function SeenAt({ at }: { readonly at: number }) {
  const { rights: words, language } = useMessages();
  return (
    <p className="row-help">
      {words.seenAt(new Date(at).toLocaleTimeString(language, { timeStyle: 'short', hourCycle: 'h23' }))}
    </p>
  );
}

/**
 * Where nobody can be asked for more rights, the verbs are for an administrator's own terminal; but not the plain start
 * that would end whom the card above saves, nor what nobody here can say the end of.
 */
function VerbsByHand({ snapshot }: { readonly snapshot: Snapshot }) {
  const { engine, target, rights, rescue } = snapshot;
  if (rights.step !== 'missing' || rescue !== null || engine.state === 'denied') return null;
  const commands = verbsIn(snapshot).flatMap((verb) => verbByHand(verb, target) ?? []);
  return commands.length === 0 ? null : <ByHand commands={commands} />;
}

/** The way in for who has no right to talk to the daemon. */
export function JoinByHand({ snapshot: { engine, target, rights } }: { readonly snapshot: Snapshot }) {
  if (engine.state !== 'denied') return null;
  const command = joinByHand(target, rights);
  return command && <ByHand commands={[command]} />;
}

const verbsIn = ({ engine }: Snapshot): readonly Verb[] =>
  engine.state === 'absent' ? [] : isDown(engine) ? ['start'] : ['reload', 'restart', 'stop'];

function Verbs({ snapshot }: { readonly snapshot: Snapshot }) {
  const down = isDown(snapshot.engine);
  const repair = down && blamesFile(snapshot);
  const backFirst = leadsBack(snapshot);
  const goesBack = useView((view) => canGoBack(view.wayBack)) && backFirst;
  return (
    <>
      {backFirst && <GoBackButton snapshot={snapshot} />}
      {repair && (
        <RepairButton
          config={snapshot.config}
          main={!goesBack && (snapshot.rescue === null || isBroken(snapshot.config))}
        />
      )}
      {verbsIn(snapshot).map((verb) => (
        <VerbButton
          key={verb}
          verb={verb}
          snapshot={snapshot}
          main={down && !repair && !goesBack && snapshot.rescue === null}
          unsaved={verb === 'start' && snapshot.rescue !== null}
        />
      ))}
      {!backFirst && <GoBackButton snapshot={snapshot} />}
      <Reason snapshot={snapshot} verb={down ? 'start' : 'restart'} />
      <Again snapshot={snapshot} />
    </>
  );
}

/** Why the verbs beside it are dimmed, once for all of them; that a daemon is only shown has its own note. */
function Reason({ snapshot, verb }: { readonly snapshot: Snapshot; readonly verb: Verb }) {
  const { whyNot: words } = useMessages().window.status;
  const why = whyNot(snapshot, verb, words);
  return why === words.readOnly ? null : why && <span className="dim">{why}</span>;
}

type RepairButtonProps = { readonly config: ConfigFile; readonly main: boolean };

/** Where the file keeps the daemon from starting, that is what to put right first. */
export function RepairButton({ config, main }: RepairButtonProps) {
  const { actions: labels } = useMessages().window;
  const actions = useActions();
  const problem = config.state === 'unreadable' ? config.problem : null;
  const place = problem?.kind === 'config.invalid' ? problem.place : null;
  const fixes = useRepairedText() !== null;
  return (
    <>
      <FixTextButton main={main} />
      <button
        type="button"
        className={main && !fixes ? 'button primary' : 'button'}
        onClick={() => (place ? actions.showInJson(place) : actions.show('daemon/json'))}
      >
        {place ? labels.editLine(place.line) : labels.editJson}
      </button>
    </>
  );
}

type VerbButtonProps = {
  readonly verb: Verb;
  readonly snapshot: Snapshot;
  readonly main: boolean;
  /** A start that ends containers which the card above offers to save. */
  readonly unsaved: boolean;
};

function VerbButton({ verb, snapshot, main, unsaved }: VerbButtonProps) {
  const { actions: labels, status } = useMessages().window;
  const actions = useActions();
  const why = whyNot(snapshot, verb, status.whyNot);
  return (
    <button
      type="button"
      className={main ? 'button primary' : unsaved ? 'button grave' : 'button'}
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => void actions.begin(verb)}
    >
      {unsaved ? labels.startUnsaved : verb === 'start' ? labels.startDaemon : labels[verb]}
    </button>
  );
}

function Again({ snapshot }: { readonly snapshot: Snapshot }) {
  const { actions: labels } = useMessages().window;
  const actions = useActions();
  const { rights } = useMessages();
  const { state } = snapshot.engine;
  const hidden = (state === 'denied' || snapshot.seenAt !== null) && snapshot.rights.step === 'installed';
  if (hidden) {
    return (
      <button
        type="button"
        className={state === 'denied' ? 'button primary' : 'button'}
        onClick={() => void actions.look()}
      >
        {rights.look}
      </button>
    );
  }
  if (state !== 'hanging' && state !== 'denied' && state !== 'failed') return null;
  return (
    <button type="button" className="button" onClick={() => void actions.refresh()}>
      {labels.refresh}
    </button>
  );
}

/** What helps where there is no daemon: one to practice with, or to install one. */
export function AbsentButtons({ snapshot }: { readonly snapshot: Snapshot }) {
  const { actions: labels, general, status } = useMessages().window;
  const actions = useActions();
  const { sandbox } = snapshot.app;
  return (
    <>
      {sandbox.state === 'unavailable' ? (
        <span className="dim grow">{general.sandboxMissing(sandbox.missing)}</span>
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={sandbox.state === 'starting'}
          onClick={() => void actions.sandbox(true)}
        >
          {sandbox.state === 'starting' ? general.sandboxStarting : labels.startSandbox}
        </button>
      )}
      {sandbox.state === 'failed' && <span className="dim">{general.sandboxFailed}</span>}
      <button type="button" className="button" onClick={() => void actions.open('docs.install')}>
        {status.install}
      </button>
      <button type="button" className="button" onClick={() => void actions.refresh()}>
        {labels.refresh}
      </button>
    </>
  );
}
