// Facts of the daemon as a list of names and values; what is not known says so.
import type { ReactNode } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { stateWord } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Section } from './row.tsx';

export function DaemonFacts({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { status: words, liveRestore } = messages.window;
  const { engine, target, config } = snapshot;
  const facts = 'facts' in engine ? engine.facts : null;
  const { effective } = snapshot.liveRestore;
  const since = new Date(engine.since);
  const rows: readonly (readonly [string, ReactNode])[] = [
    [words.facts.state, stateWord(messages, engine)],
    [words.facts.since, <time dateTime={since.toISOString()}>{since.toLocaleString(messages.language)}</time>],
    [words.facts.version, facts?.version],
    [words.facts.api, facts?.apiVersion],
    [words.facts.endpoint, <code>{target.endpoint}</code>],
    [words.facts.manager, target.unit ? `${target.unit} (${words.managers[target.manager]})` : words.managers[target.manager]],
    [words.facts.pid, target.pid],
    [words.facts.config, target.configPath && <><code>{target.configPath}</code>{config.state === 'absent' && ` (${words.noFile})`}</>],
    [words.facts.dataRoot, facts && <code>{facts.dockerRootDir}</code>],
    [words.facts.storage, facts?.storageDriver],
    [words.facts.liveRestore, effective === null ? null : effective ? liveRestore.on : liveRestore.off],
    [words.facts.swarm, facts && words.swarm(facts.swarm.state, facts.swarm.role, facts.swarm.quorum)],
    [words.facts.system, facts?.operatingSystem],
  ];
  return (
    <Section title={words.daemon}>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <Fact key={name} name={name} value={value} unknown={words.unknown} />
        ))}
      </dl>
    </Section>
  );
}

type FactProps = { readonly name: string; readonly value: ReactNode; readonly unknown: string };

const Fact = ({ name, value, unknown }: FactProps) => (
  <>
    <dt>{name}</dt>
    <dd>{value ?? <span className="dim">{unknown}</span>}</dd>
  </>
);
