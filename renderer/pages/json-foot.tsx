// Below the text: the gravest problem and how to get there, what the option at the caret is, and the way to its row.
import type { Place } from '@contract/problem.ts';
import { bySeverity } from '@contract/severity.ts';
import type { Mark as TextMark } from '../editor/marks.ts';
import { factsAbout, type Daemon } from '../editor/option-facts.ts';
import { Mark } from '../parts/mark.tsx';
import { LockIcon } from '../parts/icons.tsx';
import { useLock } from '../parts/row.tsx';
import { gapIn, joined } from '../sentences.ts';
import { severityTones } from '../severity.ts';
import { useActions, useMessages, useTitles } from '../view.tsx';

type JsonFootProps = {
  readonly marks: readonly TextMark[] | null;
  readonly readOnly: boolean;
  readonly daemon: Daemon;
  /** The option that the caret is in. */
  readonly caret: readonly string[];
  readonly goTo: (place: Place) => void;
};

export function JsonFoot({ marks, readOnly, daemon, caret, goTo }: JsonFootProps) {
  const messages = useMessages();
  const titles = useTitles();
  const actions = useActions();
  const faults = (marks ?? []).filter(({ lock }) => !lock);
  const [first] = faults.toSorted(bySeverity);
  const lock = useLock(caret.length === 0 ? undefined : caret.join('.'));
  const about = factsAbout(messages, titles, daemon, caret);
  const { at } = first ?? {};
  const place = at && 'line' in at ? at : null;
  const fix = readOnly ? undefined : first?.fix;
  return (
    <div className="editor-foot">
      {first && (
        <p className={`editor-fault ${severityTones[first.severity]}`}>
          <Mark tone={severityTones[first.severity]} />
          <span>
            {place && (
              <button type="button" className="link" onClick={() => goTo(place)}>
                {messages.window.json.position(place.line, place.column)}
              </button>
            )}{' '}
            {joined(messages, first.sentence, first.remedy)}
            {gapIn(messages)}
            {fix && (
              <button type="button" className="link" onClick={() => void actions.putRight(fix)}>
                {messages.window.actions.putRight}
              </button>
            )}{' '}
            {faults.length > 1 && <span className="dim">{messages.editor.problems(faults.length)}</span>}
          </span>
        </p>
      )}
      {about ? (
        <div className="editor-option">
          <p>
            <code>{about.key}</code> {about.help} <span className="dim">{about.facts.join('\u00A0· ')}</span>
            {lock && (
              <span className="locked">
                {' '}
                <LockIcon /> {lock}
              </span>
            )}
          </p>
          <button type="button" className="button" onClick={() => actions.showInForm(caret)}>
            {messages.editor.showInForm}
          </button>
        </div>
      ) : (
        <p className="dim small">{messages.editor.help}</p>
      )}
    </div>
  );
}
