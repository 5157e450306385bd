// Which daemon was found: its version, where it listens, who manages it, its file; and which other ones there are.
import { useId } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { toneOf } from '../engine-tone.ts';
import { Choice } from '../fields/choice.tsx';
import { foundBy, stateWord } from '../sentences.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import type { WelcomeWords } from '../welcome-part.ts';
import { Mark } from './mark.tsx';
import { Section } from './row.tsx';

type FoundDaemonProps = { readonly snapshot: Snapshot; readonly words: WelcomeWords };

export function FoundDaemon({ snapshot, words }: FoundDaemonProps) {
  const messages = useMessages();
  const { status, window } = messages;
  const { facts: names, noFile } = window.status;
  const { engine, target, config, candidates } = snapshot;
  if (engine.state === 'connecting' || engine.state === 'absent') return null;
  const manager = status.managers[target.manager];
  return (
    <Section title={words.found}>
      {candidates.length > 1 && <Others snapshot={snapshot} words={words} />}
      <dl className="facts found">
        <dt>{names.state}</dt>
        <dd>
          <span className="marked">
            <Mark tone={toneOf(engine.state)} />
            {stateWord(messages, engine)}
          </span>
        </dd>
        {'facts' in engine && (
          <>
            <dt>{names.version}</dt>
            <dd>Docker Engine {engine.facts.version}</dd>
          </>
        )}
        <dt>{names.endpoint}</dt>
        <dd>
          <code>{target.endpoint}</code>
        </dd>
        {target.manager !== 'none' && (
          <>
            <dt>{names.manager}</dt>
            <dd>
              {target.unit ? `${target.unit} (${manager.name})` : manager.name}
              {/* Docker advises against it. */}
              {target.manager === 'bare-process' && <span className="found-more">{manager.line}</span>}
            </dd>
          </>
        )}
        {target.configPath !== null && (
          <>
            <dt>{names.config}</dt>
            <dd>
              <code>{target.configPath}</code>
              {config.state === 'absent' && ` (${noFile})`}
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

/** More than one: which of them this is about, and the way to another. */
function Others({ snapshot, words }: FoundDaemonProps) {
  const id = useId();
  const messages = useMessages();
  const actions = useActions();
  const locked = useView((view) => view.draft !== null || view.acting || view.snapshot?.operation.kind === 'running');
  const { candidates, target } = snapshot;
  const shown = candidates.map((candidate) => {
    const { endpoint } = candidate;
    return [endpoint, `${endpoint} (${foundBy(messages, candidate)})`] as const;
  });
  return (
    <div className="found-others">
      <label htmlFor={id}>{words.several(candidates.length)}</label>
      <Choice
        id={id}
        value={target.endpoint}
        choices={shown}
        disabled={locked}
        whole={target.endpoint}
        onChange={(endpoint) => void actions.choose(endpoint)}
      />
    </div>
  );
}
