// What becomes of each container, the worst first.
import type { ContainerVerdict, Verdict } from '@contract/plan.ts';
import { reasonsWords, verdictTone } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Mark } from './mark.tsx';

const worst: readonly Verdict[] = ['lost', 'hidden', 'stops', 'interrupted', 'keeps-running'];

export function Fates({ verdicts }: { readonly verdicts: readonly ContainerVerdict[] }) {
  const messages = useMessages();
  const sorted = verdicts.toSorted((a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict));
  return (
    <ul className="fates">
      {sorted.map((container) => (
        <li key={container.id}>
          <Mark tone={verdictTone(container.verdict)} />
          <span className="fate-name" title={container.name}>
            {container.name}
          </span>
          <span className="fate-word">{messages.plan.verdicts[container.verdict]}</span>
          <span className="fate-why">{reasonsWords(messages, container)}</span>
        </li>
      ))}
    </ul>
  );
}
