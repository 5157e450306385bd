// Everything that is known of a draft before it is applied: lines of the file, findings, fate of each container.
import type { Plan } from '@contract/plan.ts';
import { useMessages } from '../view.tsx';
import { Diff } from './diff.tsx';
import { Fates } from './fates.tsx';
import { Findings } from './findings.tsx';

export function ReviewPanel({ plan }: { readonly plan: Plan }) {
  const { bar } = useMessages().window;
  return (
    <>
      {plan.text && (
        <>
          <h2>{bar.diff}</h2>
          <Diff text={plan.text} />
        </>
      )}
      {plan.findings.length > 0 && <Findings findings={plan.findings} />}
      {plan.containers.length > 0 && (
        <>
          <h2>{bar.fates}</h2>
          <Fates verdicts={plan.containers} />
        </>
      )}
    </>
  );
}
