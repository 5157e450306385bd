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
  const verdicts = useView((view) => view.restart.plan?.containers);
  const { containers } = snapshot;
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
                  verdict={verdicts?.find(({ id }) => id === container.id)}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}

type LineProps = { readonly container: Container; readonly verdict: ContainerVerdict | undefined };

function Line({ container, verdict }: LineProps) {
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
      <td>
        {verdict && (
          <span className="marked">
            <Mark tone={verdictTone(verdict.verdict)} />
            {messages.plan.verdicts[verdict.verdict]}
          </span>
        )}
      </td>
      <td className="number">{pid === 0 ? '' : pid}</td>
      <td>
        {ports.map((port) => (
          <code className="port" key={port}>
            {port}
          </code>
        ))}
      </td>
    </tr>
  );
}
