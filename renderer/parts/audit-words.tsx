// The proof after a restart in words: what is not as it was, container by container, and what became of their logs.
import { isUnforeseen, type Audit, type LogFate } from '@contract/audit.ts';
import { useMessages } from '../view.tsx';
import { Mark, type Tone } from './mark.tsx';

const logTones: Readonly<Record<LogFate['kind'], Tone>> = {
  none: 'good',
  delayed: 'good',
  lost: 'warn',
  'not-known': 'off',
};

export function AuditWords({ audit }: { readonly audit: Audit }) {
  const { audit: words } = useMessages();
  const told = audit.logs.filter(({ log }) => log.kind !== 'none');
  const whole = audit.logs.length - told.length;
  return (
    <>
      <p>{words.summary(audit)}</p>
      {audit.containers.length > 0 && (
        <ul className="audit">
          {audit.containers.map((container) => (
            <Line
              key={container.id}
              tone={isUnforeseen(container) ? 'warn' : 'off'}
              name={container.name}
              said={container.deviations.map(words.deviation)}
            />
          ))}
        </ul>
      )}
      {audit.logs.length > 0 && (
        <details open={told.some(({ log }) => log.kind === 'lost')}>
          <summary>{words.logs}</summary>
          <ul className="audit">
            {told.map(({ id, name, log }) => (
              <Line key={id} tone={logTones[log.kind]} name={name} said={[words.log(log)]} />
            ))}
            {whole > 0 && (
              <li>
                <Mark tone="good" />
                <span className="audit-all">{words.wholeLogs(whole)}</span>
              </li>
            )}
          </ul>
        </details>
      )}
    </>
  );
}

type LineProps = { readonly tone: Tone; readonly name: string; readonly said: readonly string[] };

const Line = ({ tone, name, said }: LineProps) => (
  <li>
    <Mark tone={tone} />
    <span className="audit-name">{name}</span>
    <span>
      {said.map((one) => (
        <span className="audit-said" key={one}>
          {one}
        </span>
      ))}
    </span>
  </li>
);
