// Before and after of the file, line by line: by sign, color and, for those who listen, by word.
import type { Plan } from '@contract/plan.ts';
import { useMessages } from '../view.tsx';
import { Scroll } from './scroll.tsx';
import { diffLines, excerpt } from './diff-lines.ts';

const signs = { same: ' ', gone: '−', new: '+' } as const;

export function Diff({ text }: { readonly text: NonNullable<Plan['text']> }) {
  const { bar } = useMessages().window;
  const lines = excerpt(diffLines(text.before, text.after), 2);
  if (lines.every((line) => line === null)) return <p className="dim">{bar.sameText}</p>;
  return (
    <Scroll className="diff" label={bar.diff}>
      {lines.map((line, i) =>
        line === null ? (
          <div className="diff-gap" key={i} aria-hidden="true">
            ⋯
          </div>
        ) : (
          <div className={`diff-line ${line.kind}`} key={i}>
            <span aria-hidden="true">{signs[line.kind]}</span>
            {line.kind !== 'same' && (
              <span className="unseen">{line.kind === 'new' ? bar.addedLine : bar.removedLine}</span>
            )}
            <code>{line.text || ' '}</code>
          </div>
        ),
      )}
    </Scroll>
  );
}
