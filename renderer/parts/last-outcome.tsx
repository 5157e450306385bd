// The last action with its proof: what came of it, how long each step took, which containers fared otherwise.
import type { Outcome } from '@contract/outcome.ts';
import { gapIn, outcomeWords } from '../sentences.ts';
import { useMessages, useTitles } from '../view.tsx';
import { AuditWords } from './audit-words.tsx';
import { LogLines } from './note.tsx';
import { Section } from './row.tsx';

export function LastOutcome({ outcome }: { readonly outcome: Outcome }) {
  const messages = useMessages();
  const titles = useTitles();
  const { status: words } = messages.window;
  const { title, detail, lines } = outcomeWords(messages, titles, outcome);
  const when = new Date(outcome.startedAt);
  return (
    <Section
      title={words.last}
      part="outcome"
      aside={
        <time className="dim" dateTime={when.toISOString()}>
          {messages.history.time(outcome.startedAt)}
        </time>
      }
    >
      <div className="card-text">
        <p>
          <strong>{title}</strong>
          {gapIn(messages)}
          {detail}
        </p>
        {outcome.audit && <AuditWords audit={outcome.audit} />}
        <LogLines lines={lines} />
        {outcome.timings.length > 0 && (
          <details>
            <summary>{words.timings}</summary>
            <dl className="facts plain">
              {outcome.timings.map(({ step, ms }, i) => (
                // A step can come twice, in two phases.
                <div className="fact" key={`${step}${i}`}>
                  <dt>{messages.plan.steps[step]}</dt>
                  <dd className="number">{words.milliseconds(ms)}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </Section>
  );
}
