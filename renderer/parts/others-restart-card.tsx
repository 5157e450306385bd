// After a restart that somebody else did, or a crash: every container compared with what was last seen before.
import type { OthersRestart } from '@contract/audit.ts';
import { useMessages } from '../view.tsx';
import { AuditWords } from './audit-words.tsx';
import { Section } from './row.tsx';

export function OthersRestartCard({ restart }: { readonly restart: OthersRestart }) {
  const { audit: words, history } = useMessages();
  const when = new Date(restart.at);
  return (
    <Section
      title={words.others.title}
      part="others-restart"
      aside={
        <time className="dim" dateTime={when.toISOString()}>
          {history.time(restart.at)}
        </time>
      }
    >
      <div className="card-text">
        <p>{words.others.away(restart.awayMs)}</p>
        <AuditWords audit={restart.audit} />
      </div>
    </Section>
  );
}
