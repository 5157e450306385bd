// Facts of the daemon as a list of names and values; what is not known is left out.
import type { ReactNode } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { stateWord } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Section } from './row.tsx';

export function DaemonFacts({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { status } = messages;
  const { status: words } = messages.window;
  const manager = status.managers[snapshot.target.manager].name;
  const { engine, target, config } = snapshot;
  const facts = 'facts' in engine ? engine.facts : null;
  const { effective } = snapshot.liveRestore;
  const since = new Date(engine.since);
  const { facts: names } = words;
  return (
    <Section title={words.daemon}>
      <dl className="facts">
        <Fact name={names.state}>{stateWord(messages, engine)}</Fact>
        <Fact name={names.since}>
          <time dateTime={since.toISOString()}>{messages.history.time(engine.since)}</time>
        </Fact>
        <Fact name={names.version}>{facts?.version}</Fact>
        <Fact name={names.api}>{facts?.apiVersion}</Fact>
        <Fact name={names.endpoint}>
          <code>{target.endpoint}</code>
        </Fact>
        <Fact name={names.manager}>
          {target.unit ? `${target.unit} (${manager})` : target.manager === 'none' ? null : manager}
        </Fact>
        <Fact name={names.pid}>{target.pid}</Fact>
        <Fact name={names.config}>
          {target.configPath && <code>{target.configPath}</code>}
          {target.configPath && config.state === 'absent' && ` (${words.noFile})`}
        </Fact>
        <Fact name={names.dataRoot}>{facts && <code>{facts.dockerRootDir}</code>}</Fact>
        <Fact name={names.storage}>{facts?.storageDriver}</Fact>
        <Fact name={names.liveRestore}>
          {effective === null ? null : effective ? status.liveRestore.on : status.liveRestore.off}
        </Fact>
        <Fact name={names.swarm}>{facts && status.swarm(facts.swarm)}</Fact>
        <Fact name={names.system}>{facts?.operatingSystem}</Fact>
      </dl>
    </Section>
  );
}

/** Nothing where there is nothing to tell. */
function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const known = Array.isArray(children) ? children.some(Boolean) : children !== null && children !== undefined;
  return (
    known && (
      <>
        <dt>{name}</dt>
        <dd>{children}</dd>
      </>
    )
  );
}
