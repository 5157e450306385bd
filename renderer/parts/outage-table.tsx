// Who runs on while the daemon is down: how full each log pipe is, and when its writer would sleep.
import { useId, useState } from 'react';
import { separators } from '@contract/messages/separators.ts';
import type { LogPipes, Outage, PipedContainer } from '@contract/outage.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { useActions, useMessages } from '../view.tsx';
import { useElapsed } from './elapsed.ts';
import { Names } from './fates.tsx';
import { Mark, type Tone } from './mark.tsx';
import { Section } from './row.tsx';
import { Scroll } from './scroll.tsx';

/** Bytes that each pipe gets: what the kernel lets everybody ask for where nobody has changed it. */
export const ENLARGE_TO = 1024 * 1024;
/** From here on the bar and the time are told with a warning. */
const nearMs = 120_000;

export function OutageTable({ outage, snapshot }: { readonly outage: Outage; readonly snapshot: Snapshot }) {
  const { pipes: words } = useMessages().outage;
  const { containers, notMeasured } = outage;
  // What is still being looked at has its columns from the start, so that nothing moves when it is there.
  const isMeasured = notMeasured === null || notMeasured === 'not-yet';
  return (
    <Section title={words.title} aside={<DownFor since={snapshot.engine.since} />} part="containers">
      {containers.length === 0 ? (
        <p className="card-text dim">{words.nobody}</p>
      ) : !isMeasured ? (
        <RunOn containers={containers} />
      ) : (
        <Table outage={outage} since={snapshot.engine.since} />
      )}
      {containers.length > 0 && <Foot outage={outage} isMeasured={isMeasured} />}
    </Section>
  );
}

/** Where no pipe can be seen all are told to run, once. */
function RunOn({ containers }: Pick<Outage, 'containers'>) {
  const { pipes: words } = useMessages().outage;
  const id = useId();
  return (
    <div className="card-text">
      <p className="fate-head" id={id}>
        <Mark tone="good" />
        <span className="fate-word">{words.running}</span>
      </p>
      <div className="fate-group">
        <Names containers={containers} labelledBy={id} />
      </div>
    </div>
  );
}

function Table({ outage: { containers }, since }: { readonly outage: Outage; readonly since: number }) {
  const { pipes: words } = useMessages().outage;
  const { name, now, pipe, blocks } = words.columns;
  return (
    <Scroll className="table-frame" label={words.title}>
      <table className="outage">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">{now}</th>
            <th scope="col">{pipe}</th>
            <th scope="col" className="number">
              {blocks}
            </th>
          </tr>
        </thead>
        <Lines containers={containers} since={since} />
      </table>
    </Scroll>
  );
}

/** What goes by the clock is drawn each second; all else only when something is new. */
function DownFor({ since }: { readonly since: number }) {
  const { pipes: words } = useMessages().outage;
  return <span className="dim number">{words.downFor(useElapsed(since, 1000))}</span>;
}

type LinesProps = Pick<Outage, 'containers'> & { readonly since: number };

function Lines({ containers, since }: LinesProps) {
  const now = since + useElapsed(since, 1000);
  return (
    <tbody>
      {containers.map((container) => (
        <Line key={container.id} container={container} now={now} />
      ))}
    </tbody>
  );
}

type LineProps = { readonly container: PipedContainer; readonly now: number };

function Line({ container, now }: LineProps) {
  const { pipes: words } = useMessages().outage;
  const { name, pipes } = container;
  const tone: Tone = pipes?.blocked ? 'warn' : 'good';
  const near = pipes !== null && (pipes.blocked || (pipes.blocksAt !== null && pipes.blocksAt - now < nearMs));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <span className="marked">
          <Mark tone={tone} />
          {pipes?.blocked ? words.sleeps : words.running}
        </span>
      </td>
      <td>{pipes && <Bar pipes={pipes} near={near} />}</td>
      <td className={near ? 'number near' : 'number'}>{pipes && remaining(pipes, now, words)}</td>
    </tr>
  );
}

type Words = ReturnType<typeof useMessages>['outage']['pipes'];

function remaining({ blocked, blocksAt, rate }: LogPipes, now: number, words: Words): string {
  if (blocked) return words.now;
  return words.blocksIn(blocksAt === null ? null : Math.max(0, blocksAt - now), rate);
}

function Bar({ pipes, near }: { readonly pipes: LogPipes; readonly near: boolean }) {
  const { language, outage } = useMessages();
  const { pipes: words } = outage;
  const percent = pipes.blocked ? 100 : Math.min(100, Math.round((pipes.bytes / pipes.capacity) * 100));
  const fill = words.fill(pipes.bytes, pipes.capacity);
  return (
    <svg
      className={near ? 'pipe near' : 'pipe'}
      viewBox="0 0 120 6"
      role="img"
      aria-label={[words.share(percent), fill].join(separators[language].words)}
    >
      <title>{fill}</title>
      <rect className="track" width="120" height="6" rx="3" />
      {pipes.bytes > 0 && <rect width={Math.max(2, percent * 1.2)} height="6" rx="3" />}
    </svg>
  );
}

function Foot({ outage, isMeasured }: { readonly outage: Outage; readonly isMeasured: boolean }) {
  const { pipes: words } = useMessages().outage;
  const actions = useActions();
  const [capacity, setCapacity] = useState<number | null>(null);
  const [waiting, setWaiting] = useState(false);
  const enlarge = async (): Promise<void> => {
    setWaiting(true);
    const enlarged = await actions.enlargePipes(ENLARGE_TO);
    setCapacity(enlarged.ok ? enlarged.value : null);
    setWaiting(false);
  };
  const { notMeasured, pipeMaxSize } = outage;
  return (
    <div className="outage-foot">
      <div className="grow">
        <p>{words.meanwhile}</p>
        {notMeasured !== null && <p>{words.notMeasured[notMeasured]}</p>}
        {isMeasured && pipeMaxSize !== null && <p className="dim">{words.limit(pipeMaxSize)}</p>}
        <output className="dim">{capacity !== null && words.enlarged(capacity)}</output>
      </div>
      {isMeasured && (
        <button
          type="button"
          className="button"
          disabled={notMeasured !== null || waiting}
          onClick={() => void enlarge()}
        >
          {words.enlarge}
        </button>
      )}
    </div>
  );
}
