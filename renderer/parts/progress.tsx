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
          // What is done is only counted, so that the bar keeps its one line; its words are there for those who listen.
          return (
            <li
              key={`${i} ${step}`}
              className={isLast ? undefined : 'unseen'}
              aria-current={isLast ? 'step' : undefined}
            >
              {isLast && <Mark tone="busy" />}
              <span>{messages.plan.steps[step]}</span>
            </li>
          );
        })}
      </ol>
      <span className="elapsed">
        {steps.length > 1 && `${progress.step(steps.length)} · `}
        {progress.elapsed(elapsed)}
      </span>
    </section>
  );
}
