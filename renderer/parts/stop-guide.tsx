// A planned outage, step by step: what keeps the containers, what keeps the daemon down, and room for their output.
import { useMessages } from '../view.tsx';
import { Switch } from '../fields/switch.tsx';
import { Mark } from './mark.tsx';

type StopGuideProps = { readonly enlarge: boolean; readonly onEnlarge: (on: boolean) => void };

export function StopGuide({ enlarge, onEnlarge }: StopGuideProps) {
  const { stop: words } = useMessages().outage.pipes;
  return (
    <section className="stop-guide" aria-label={words.title}>
      <ul>
        {[words.inMemory, words.socket, words.watch].map((line) => (
          <li key={line}>
            <Mark tone="good" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
      <div className="rescue-line">
        <div className="row-words">
          <label className="row-title" htmlFor="stop-enlarge">
            {words.enlarge}
          </label>
          <p className="row-help" id="stop-enlarge-help">
            {words.enlargeHelp}
          </p>
        </div>
        <Switch id="stop-enlarge" checked={enlarge} describedBy="stop-enlarge-help" onChange={onEnlarge} />
      </div>
    </section>
  );
}
