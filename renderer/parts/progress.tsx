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
        {steps.map(({ step }, i) => {
          const isLast = i === steps.length - 1;
          // What is done is a mark, so that the bar keeps its one line; its words are there to be asked for.
          return (
            <li
              key={`${i} ${step}`}
              aria-current={isLast ? 'step' : undefined}
              title={isLast ? undefined : messages.plan.steps[step]}
            >
              <Mark tone={isLast ? 'busy' : 'good'} />
              <span className={isLast ? undefined : 'unseen'}>{messages.plan.steps[step]}</span>
            </li>
          );
        })}
      </ol>
      <span className="elapsed">{progress.elapsed(elapsed)}</span>
    </section>
  );
}
