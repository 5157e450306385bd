// The steps of what is under way, with the time since it began.
import { useMessages, useSnapshot, useView } from '../view.tsx';
import { useElapsed } from './elapsed.ts';
import { Mark } from './mark.tsx';

export function Progress() {
  const messages = useMessages();
  const operation = useSnapshot()?.operation;
  const steps = useView((view) => view.steps);
  const elapsed = useElapsed(operation?.kind === 'running' ? operation.since : null);
  const { progress } = messages.window;
  return (
    <section className="bar-line" aria-label={progress.label}>
      <ol className="steps">
        {steps.length === 0 && <li aria-current="step">{progress.asking}</li>}
        {steps.map(({ step }, i) => (
          <li key={`${i} ${step}`} aria-current={i === steps.length - 1 ? 'step' : undefined}>
            <Mark tone={i === steps.length - 1 ? 'busy' : 'good'} />
            {messages.plan.steps[step]}
          </li>
        ))}
      </ol>
      <span className="elapsed">{progress.elapsed(elapsed)}</span>
    </section>
  );
}
