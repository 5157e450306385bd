// Before anything else: containers still run, the next start would stop them, and one click saves them all.
import { useState } from 'react';
import { rescueByHand } from '@contract/by-hand.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';
import type { Rescue } from '@contract/outage.ts';
import { gapIn, joined, problemWords } from '../sentences.ts';
import { rescuesByGoingBack } from '../down.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { CopyCommand } from './by-hand.tsx';
import { Diff } from './diff.tsx';
import { Mark } from './mark.tsx';
import { SwitchLine } from './switch-line.tsx';

export function RescueCard({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { rescue } = messages.outage;
  const wayBack = useView((view) => view.wayBack);
  if (snapshot.rescue === null || snapshot.operation.kind === 'running') return null;
  if (rescuesByGoingBack(snapshot, wayBack)) return null;
  const { containers } = snapshot.rescue;
  return (
    <section className="card hero state bad rescue" aria-label={rescue.title(containers.length)}>
      <div className="hero-top">
        <Mark tone="bad" />
        <div className="row-words">
          <h2 className="hero-title">{rescue.title(containers.length)}</h2>
          <p className="row-help">{joined(messages, rescue.names(containers.map(({ name }) => name)), rescue.why)}</p>
        </div>
      </div>
      {snapshot.rescue.blocked ? <Blocked snapshot={snapshot} /> : <Offer rescue={snapshot.rescue} />}
    </section>
  );
}

function Offer({ rescue }: { readonly rescue: Rescue }) {
  const { rescue: words } = useMessages().outage;
  const actions = useActions();
  const [keep, setKeep] = useState(true);
  return (
    <>
      {rescue.text && (
        <details className="rescue-change">
          <summary>{words.change}</summary>
          <Diff text={rescue.text} />
        </details>
      )}
      <SwitchLine id="rescue-keep" title={words.keep} help={words.keepHelp} checked={keep} onChange={setKeep} />
      <div className="hero-line verbs">
        <button type="button" className="button primary" onClick={() => void actions.rescue(rescue.etag, keep)}>
          {words.act}
        </button>
      </div>
    </>
  );
}

/** Why not from here, and how by hand. */
function Blocked({ snapshot: { rescue, target, config } }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { rescue: words } = messages.outage;
  const { configPath } = target;
  if (!rescue?.blocked) return null;
  const command = rescueByHand(rescue, target);
  if (command !== null && configPath !== null) {
    return (
      <div className="rescue-blocked">
        <p>{words.asRoot(configPath)}</p>
        <CopyCommand command={command} />
      </div>
    );
  }
  const { title, detail } = problemWords(messages, rescue.blocked);
  return (
    <div className="rescue-blocked">
      <p>
        {words.blocked} <strong>{title}</strong>
        {gapIn(messages)}
        {detail}
      </p>
      {configPath !== null && <p>{saysIt(config) ? words.byHandBroken(configPath) : words.byHand(configPath)}</p>}
    </div>
  );
}

/** A file that cannot be read as a configuration, but has the line: what is missing is its repair. */
const saysIt = (config: ConfigFile): boolean =>
  config.state === 'unreadable' && /^[^#/]*"live-restore"\s*:\s*true\b/m.test(config.text ?? '');
