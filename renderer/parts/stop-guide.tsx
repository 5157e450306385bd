// A planned outage, step by step: what keeps the containers, what keeps the daemon down, and room for their output.
import { useMessages } from '../view.tsx';
import { Mark } from './mark.tsx';
import { SwitchLine } from './switch-line.tsx';

type StopGuideProps = {
  /** systemd holds its socket, and would start it for whoever connects. */
  readonly socket: boolean;
  readonly enlarge: boolean;
  readonly onEnlarge: (on: boolean) => void;
};

export function StopGuide({ socket, enlarge, onEnlarge }: StopGuideProps) {
  const { stop: words } = useMessages().outage.pipes;
  return (
    <section className="stop-guide" aria-label={words.title}>
      <ul>
        {[...(socket ? [words.socket] : []), words.watch].map((line) => (
          <li key={line}>
            <Mark tone="good" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
      <SwitchLine
        id="stop-enlarge"
        title={words.enlarge}
        help={words.enlargeHelp}
        checked={enlarge}
        onChange={onEnlarge}
      />
    </section>
  );
}
