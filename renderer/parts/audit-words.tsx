// The proof after a restart in words: what is not as it was, container by container, and what became of their logs.
import type { Audit } from '@contract/audit.ts';
import { separators } from '@contract/messages/separators.ts';
import { useMessages } from '../view.tsx';

export function AuditWords({ audit }: { readonly audit: Audit }) {
  const { audit: words, language } = useMessages();
  const told = audit.logs.filter(({ log }) => log.kind !== 'none');
  const whole = audit.logs.length - told.length;
  return (
    <>
      <p>{words.summary(audit)}</p>
      {audit.containers.length > 0 && (
        <ul>
          {audit.containers.map(({ id, name, deviations }) => (
            <li key={id}>
              {name}: {deviations.map(words.deviation).join(separators[language].clauses)}
            </li>
          ))}
        </ul>
      )}
      {audit.logs.length > 0 && (
        <details open={told.some(({ log }) => log.kind === 'lost')}>
          <summary>{words.logs}</summary>
          <ul>
            {told.map(({ id, name, log }) => (
              <li key={id}>
                {name}: {words.log(log)}
              </li>
            ))}
            {whole > 0 && <li>{words.wholeLogs(whole)}</li>}
          </ul>
        </details>
      )}
    </>
  );
}
