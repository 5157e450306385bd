// All containers, live, each with what a restart of the daemon would mean for it.
import type { Container, Snapshot } from '@contract/snapshot.ts';
import type { ContainerVerdict } from '@contract/plan.ts';
import { verdictTone } from '../sentences.ts';
import { useMessages, useView } from '../view.tsx';
import { Mark, type Tone } from './mark.tsx';
import { Scroll } from './scroll.tsx';
import { Section } from './row.tsx';

const tones: Readonly<Record<Container['state'], Tone>> = {
  running: 'good',
  paused: 'off',
  restarting: 'busy',
  created: 'off',
  exited: 'off',
  dead: 'bad',
  removing: 'busy',
};

export function ContainerTable({ snapshot }: { readonly snapshot: Snapshot }) {
  const { status, window } = useMessages();
  const words = window.status;
  const { plan, fresh } = useView((view) => view.restart);
  const { containers, engine } = snapshot;
  const isAsked = plan === null && !fresh && (engine.state === 'running' || engine.state === 'reloading');
  const counts = containers?.counts;
  const aside = counts && <span className="dim">{status.containers(counts)}</span>;
  const empty = containers === null ? words.containersDown : containers.list.length === 0 ? words.noContainers : null;
  return (
    <Section title={words.containers} aside={aside} part="containers">
      {empty ? (
        <p className="card-text dim">{empty}</p>
      ) : (
        <Scroll className="table-frame" label={words.containers}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">{words.columns.fate}</th>
                <th scope="col" className="number">
                  {words.columns.pid}
                </th>
                <th scope="col">{words.columns.ports}</th>
              </tr>
            </thead>
            <tbody>
              {containers?.list.map((container) => (
                <Line
                  key={container.id}
                  container={container}
                  verdict={plan?.containers.find(({ id }) => id === container.id)}
                  isAsked={isAsked}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}

type LineProps = {
  readonly container: Container;
  readonly verdict: ContainerVerdict | undefined;
  /** What a restart would do is being found out. */
  readonly isAsked: boolean;
};

/** Those that a restart can harm. */
const lives: ReadonlySet<Container['state']> = new Set(['running', 'paused', 'restarting']);

/** `0.0.0.0:8080->80/tcp` as it is read: what is not said is TCP. A narrow column breaks it before the arrow. */
const portWords = (port: string): string => port.replace(/\/tcp$/, '').replace('->', ' →\u00a0');

function Line({ container, verdict, isAsked }: LineProps) {
  const messages = useMessages();
  const { status: words } = messages.window;
  const { name, image, state, exitCode, pid, ports, health } = container;
  return (
    <tr>
      <th scope="row">
        {name}
        <small title={image}>{image}</small>
      </th>
      <td>
        <span className="marked">
          <Mark tone={tones[state]} />
          {words.containerStates[state]}
        </span>
        {state === 'exited' ? <small>{words.exitCode(exitCode)}</small> : health && <small>{health}</small>}
      </td>
      <td className="fate-of">
        {verdict ? (
          <span className="marked">
            <Mark tone={verdictTone(verdict.verdict)} />
            {messages.plan.verdicts[verdict.verdict]}
          </span>
        ) : (
          isAsked && lives.has(state) && <span className="dim">…</span>
        )}
      </td>
      <td className="number">{pid === 0 ? '' : pid}</td>
      <td>
        {ports.map((port) => (
          <code className="port" key={port}>
            {portWords(port)}
          </code>
        ))}
      </td>
    </tr>
  );
}
