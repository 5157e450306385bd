// The pages on the left, and below them which daemon this is and how it is.
import type { PlaceName } from '@contract/ipc.ts';
import { useMessages, useSnapshot } from '../view.tsx';
import { toneOf } from '../engine-tone.ts';
import { stateWord } from '../sentences.ts';
import { AboutIcon, DaemonIcon, GeneralIcon, HistoryIcon, StatusIcon } from './icons.tsx';
import { Mark } from './mark.tsx';

const entries = [
  { page: 'general', place: 'general', Icon: GeneralIcon },
  { page: 'daemon', place: 'daemon/advanced', Icon: DaemonIcon },
  { page: 'status', place: 'status', Icon: StatusIcon },
  { page: 'history', place: 'history', Icon: HistoryIcon },
  { page: 'about', place: 'about', Icon: AboutIcon },
] as const;

export function Sidebar({ place }: { readonly place: PlaceName }) {
  const { window: words } = useMessages();
  const snapshot = useSnapshot();
  const count = snapshot?.findings.filter(({ severity }) => severity !== 'info').length ?? 0;
  return (
    <div className="sidebar">
      <nav aria-label={words.navigation}>
        {entries.map(({ page, place: to, Icon }) => (
          <a
            key={page}
            href={`#${to}`}
            aria-current={place.startsWith(page) ? 'page' : undefined}
            aria-describedby={page === 'status' && count > 0 ? 'problem-count' : undefined}
          >
            <Icon />
            <span>{words.pages[page]}</span>
            {page === 'status' && count > 0 && (
              <span className="badge" aria-hidden="true">
                {count}
              </span>
            )}
          </a>
        ))}
        {count > 0 && (
          <span className="unseen" id="problem-count">
            {words.problems(count)}
          </span>
        )}
      </nav>
      <EngineBlock />
    </div>
  );
}

function EngineBlock() {
  const messages = useMessages();
  const snapshot = useSnapshot();
  if (snapshot === null) return <div className="engine" />;
  const { engine, target } = snapshot;
  const version = 'facts' in engine ? engine.facts.version : null;
  const { managers } = messages.status;
  return (
    <section className="engine" aria-label={messages.window.engine}>
      <p className="engine-state">
        <Mark tone={toneOf(engine.state)} />
        <span>{stateWord(messages, engine)}</span>
      </p>
      {version && <p>Docker Engine {version}</p>}
      {engine.state !== 'absent' && engine.state !== 'connecting' && (
        <p>{target.unit ?? managers[target.manager].name}</p>
      )}
      <p className="engine-endpoint">{target.endpoint.replace(/^unix:\/\//, '')}</p>
    </section>
  );
}
