// Live restore: one switch, the three places that speak of it, and who would survive a restart now.
import { isDown } from '@contract/down.ts';
import { liveRestoreKnown } from '@contract/live-restore-known.ts';
import { shownState } from '@contract/shown-state.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { valueAt } from '@contract/change.ts';
import { touches, valuesWith } from '../draft.ts';
import { useFileLock } from '../fields/field-state.ts';
import { Switch } from '../fields/switch.tsx';
import { joined, problemWords } from '../sentences.ts';
import { countVerdicts } from '../verdict-counts.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { whyNot } from '../why-not.ts';
import { LockIcon, Ring } from './icons.tsx';
import { Mark, type Tone } from './mark.tsx';
import { useLock } from './row.tsx';

const PATH = ['live-restore'];

export function LiveRestoreCard({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { liveRestore: words } = messages.status;
  const { liveRestore: own, field } = messages.window;
  const actions = useActions();
  const draft = useView((view) => view.draft);
  const { effective, file, flag, blockedBy } = snapshot.liveRestore;
  const known = liveRestoreKnown(snapshot);
  const values = valuesWith(draft, snapshot.config);
  const wish = values ? valueAt(values, PATH) : undefined;
  const unsaid = flag ?? effective ?? false;
  const on = typeof wish === 'boolean' ? wish : unsaid;
  // Switched to and fro where the file says nothing is no change.
  const written = (next: boolean): boolean | undefined => (file === null && next === unsaid ? undefined : next);
  const modified = touches(draft, snapshot.config, PATH);
  // What is dangerous is turning it on; the way back stays open, and a flag leaves neither.
  const blocked = blockedBy !== null && (blockedBy === 'flag' || !on);
  const lock = useFileLock(snapshot);
  const managed = useLock('live-restore');
  const { configPath } = snapshot.target;
  return (
    <section
      className={modified ? 'card hero modified' : 'card hero'}
      aria-labelledby="live-restore-title"
      data-option="live-restore"
    >
      <div className="hero-top">
        <Ring on={effective ?? on} />
        <div className="row-words">
          <h2 className="hero-title" id="live-restore-title">
            <label htmlFor="live-restore">{own.title}</label>
          </h2>
          <p className="row-help" id="live-restore-help">
            {words.help}
            {modified && <span className="unseen"> {field.modified}</span>}
          </p>
        </div>
        <Switch
          checked={on}
          disabled={blocked || lock !== null || managed !== null}
          id="live-restore"
          describedBy={blockedBy ? 'live-restore-help live-restore-why' : 'live-restore-help'}
          onChange={(next) => actions.edit(PATH, written(next))}
        />
      </div>
      <dl className="truths" aria-label={own.truths}>
        <Truth label={words.inDaemon} value={effective} none={words.notKnown} />
        <Truth
          label={words.inFile(configPath?.split('/').at(-1) ?? null)}
          value={file}
          none={known.file ? words.notSet : words.notKnown}
          next={modified ? on : null}
        />
        <Truth label={words.byFlag} value={flag} none={known.flag ? words.notSet : words.notKnown} />
      </dl>
      {managed && (
        <p className="hero-line locked">
          <LockIcon /> <span className="grow">{managed}</span>
        </p>
      )}
      {blockedBy && (
        <p className="hero-line" id="live-restore-why">
          <Mark tone="warn" />
          <span className="grow">{words.blocks[blockedBy]}</span>
        </p>
      )}
      {!modified && <Difference snapshot={snapshot} />}
      <Survivors snapshot={snapshot} />
    </section>
  );
}

type TruthProps = {
  readonly label: string;
  readonly value: boolean | null;
  readonly none: string;
  readonly next?: boolean | null;
};

function Truth({ label, value, none, next = null }: TruthProps) {
  const { status, window } = useMessages();
  const { liveRestore: words } = status;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Mark tone={value ? 'good' : 'off'} />
        {value === null ? none : value ? words.on : words.off}
        {next !== null && (
          <span className="next">
            <span aria-hidden="true">→ </span>
            {next ? words.on : words.off}
            <span className="unseen"> {window.liveRestore.onceApplied}</span>
          </span>
        )}
      </dd>
    </div>
  );
}

/** The file and the running daemon say different things: the next stop or start would surprise. */
function Difference({ snapshot }: { readonly snapshot: Snapshot }) {
  const { effective, file, flag } = snapshot.liveRestore;
  const actions = useActions();
  const { status, window } = useMessages();
  // What a file that cannot be read says of live restore is not known; that it cannot be read is said above.
  if (snapshot.config.state === 'unreadable') return null;
  if (effective === null || flag !== null || effective === (file ?? false)) return null;
  return (
    <p className="hero-line">
      <Mark tone="warn" />
      <span className="grow">{status.liveRestore.sentence(snapshot.liveRestore)}</span>
      {/* Only what a reload would take: a key that is gone stays on whatever is reloaded. */}
      {file !== null && (
        <button
          type="button"
          className="button"
          disabled={whyNot(snapshot, 'reload', window.status.whyNot) !== null}
          onClick={() => void actions.begin('reload')}
        >
          {window.actions.reload}
        </button>
      )}
    </p>
  );
}

function Survivors({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { liveRestore: words, actions: labels } = messages.window;
  const { plan, problem, fresh } = useView((view) => view.restart);
  const actions = useActions();
  let tone: Tone = 'off';
  const { state } = snapshot.engine;
  const down = isDown(snapshot.engine);
  const verb = down ? 'start' : 'restart';
  const why = whyNot(snapshot, verb, messages.window.status.whyNot);
  let sentence = down
    ? messages.status.liveRestore.sentence(snapshot.liveRestore)
    : messages.status.engine[shownState(snapshot.engine)].line;
  let gap = '';
  if (state === 'running') {
    sentence = words.asking;
    if (plan && !plan.blocked) {
      const { all, kept } = countVerdicts(plan.containers);
      tone = all === 0 ? 'off' : kept === all ? 'good' : 'warn';
      sentence = all === 0 ? words.noContainers : words.survives(kept, all);
      // That the file is taken first is why they survive although the daemon does not say so yet.
      const first = plan.effect === 'reload-then-restart' ? messages.window.bar.twoPhases : '';
      gap = joined(messages, first, messages.plan.gap(plan.expectedGapMs, plan.expectedGapRangeMs));
    } else if (fresh) {
      const blocked = problem ?? plan?.blocked;
      sentence = blocked ? problemWords(messages, blocked).title : words.cannotTell;
      if (blocked?.kind.startsWith('config.')) tone = 'warn';
    }
  }
  return (
    <div className="hero-line survivors">
      <Mark tone={tone} />
      <p className="grow">
        <strong>{sentence}</strong>
        <span className="dim then">{gap}</span>
      </p>
      {/* Who can still be saved is told above, with the start that saves them. */}
      {snapshot.rescue === null && (
        <button
          type="button"
          className="button"
          disabled={why !== null}
          title={why ?? undefined}
          onClick={() => void actions.begin(verb)}
        >
          {down ? labels.startDaemon : labels.restartDaemon}
        </button>
      )}
    </div>
  );
}
