// Containers that run although the daemon does not manage them, with what to do; each is stopped by hand after a question.
import { useRef, useState } from 'react';
import type { Orphan } from '@contract/audit.ts';
import { useActions, useMessages } from '../view.tsx';
import { Section } from './row.tsx';

export function OrphansCard({ orphans }: { readonly orphans: readonly Orphan[] }) {
  const { title } = useMessages().audit.orphans;
  return (
    <Section title={title}>
      {orphans.map((orphan) => (
        <OrphanRow key={`${orphan.pid} ${orphan.startTicks}`} orphan={orphan} />
      ))}
    </Section>
  );
}

function OrphanRow({ orphan }: { readonly orphan: Orphan }) {
  const messages = useMessages();
  const words = messages.audit.orphans;
  const actions = useActions();
  const [asks, setAsks] = useState(false);
  const [sent, setSent] = useState(false);
  const { pid, startTicks, command, container, name, kind } = orphan;
  // The same one before, while and after it is asked: what else had the focus goes away.
  const first = useRef<HTMLButtonElement>(null);
  const end = async (): Promise<void> => {
    first.current?.focus();
    setAsks(false);
    setSent(true);
    await actions.endOrphan({ pid, startTicks });
    setSent(false);
  };
  return (
    <div className="row orphan">
      <div className="row-words">
        <span className="row-title">{name}</span>
        <p className="row-help">{words.kinds[kind]}</p>
        <p className="row-help">{words.which(pid, container)}</p>
        <code className="orphan-command">{command}</code>
        {asks && (
          <div className="orphan-asks" role="alert">
            <p>
              <strong>{words.ask(name)}</strong>
            </p>
            <p className="row-help">{words.what(orphan)}</p>
          </div>
        )}
      </div>
      <div className="row-control buttons">
        {asks ? (
          <>
            <button type="button" className="button" ref={first} onClick={() => setAsks(false)}>
              {messages.window.actions.cancel}
            </button>
            <button type="button" className="button danger" onClick={() => void end()}>
              {words.confirm}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="button"
            ref={first}
            aria-disabled={sent}
            onClick={() => !sent && setAsks(true)}
          >
            {words.end}
          </button>
        )}
      </div>
    </div>
  );
}
