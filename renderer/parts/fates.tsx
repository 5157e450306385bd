// What becomes of the containers, the worst first: one line for all that fare alike, and their names below it.
import { useId, useRef, useState } from 'react';
import type { ContainerVerdict, Verdict } from '@contract/plan.ts';
import { reasonsWords, verdictTone } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { Mark } from './mark.tsx';

type Containers = readonly ContainerVerdict[];

const worst: readonly Verdict[] = ['lost', 'hidden', 'stops', 'interrupted', 'keeps-running'];

/** So many names are shown at once, the others when they are asked for. */
const few = 8;

export function Fates({ verdicts }: { readonly verdicts: Containers }) {
  return (
    <ul className="fates">
      {worst.map((verdict) => {
        const such = verdicts.filter((container) => container.verdict === verdict);
        return such.length > 0 && <Fate key={verdict} verdict={verdict} such={such} all={verdicts.length} />;
      })}
    </ul>
  );
}

type FateProps = { readonly verdict: Verdict; readonly such: Containers; readonly all: number };

function Fate({ verdict, such, all }: FateProps) {
  const messages = useMessages();
  const id = useId();
  const whyOf = (container: ContainerVerdict): string => reasonsWords(messages, container);
  const whys = [...new Set(such.map(whyOf))];
  // What all of them have in common stands beside the verdict, once.
  const common = whys.length === 1;
  return (
    <li>
      <p className="fate-head" id={id}>
        <Mark tone={verdictTone(verdict)} />
        <span>
          <span className="fate-word">{messages.plan.verdicts[verdict]}</span>
          {common && <span className="fate-why">{whys[0]}</span>}
        </span>
        {such.length < all && <span className="fate-count">{messages.window.bar.count(such.length)}</span>}
      </p>
      {whys.map((why) => (
        <div className="fate-group" key={why}>
          <Names containers={such.filter((container) => whyOf(container) === why)} labelledBy={id} />
          {!common && <p className="fate-why">{why}</p>}
        </div>
      ))}
    </li>
  );
}

type NamesProps = {
  readonly containers: readonly Pick<ContainerVerdict, 'id' | 'name'>[];
  readonly labelledBy: string;
};

/** The names of those who share what the line above says. */
export function Names({ containers, labelledBy }: NamesProps) {
  const { bar } = useMessages().window;
  const [whole, setWhole] = useState(false);
  const shown = whole ? containers : containers.slice(0, few);
  const others = containers.length - shown.length;
  const list = useRef<HTMLUListElement>(null);
  const showAll = (): void => {
    setWhole(true);
    // The button goes: the focus stays with what it has shown.
    list.current?.focus();
  };
  return (
    <ul className="fate-names" ref={list} tabIndex={-1} aria-labelledby={labelledBy}>
      {shown.map(({ id, name }) => (
        <li className="fate-name" key={id} title={name}>
          {name}
        </li>
      ))}
      {others > 0 && (
        <li>
          <button type="button" className="button quiet" onClick={showAll}>
            {bar.more(others)}
          </button>
        </li>
      )}
    </ul>
  );
}
