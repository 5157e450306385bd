// Shows what a patch would change in the draft, before it is taken into it.
import { useEffect, useRef, useState } from 'react';
import type { Patch } from '@contract/change.ts';
import type { Plan } from '@contract/plan.ts';
import type { Result } from '@contract/problem.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { Diff } from './diff.tsx';
import { Modal } from './modal.tsx';
import { Trouble } from './note.tsx';
import { Scroll } from './scroll.tsx';

type PatchDialogProps = {
  readonly offer: { readonly title: string; readonly patch: Patch };
  readonly close: () => void;
};

export function PatchDialog({ offer, close }: PatchDialogProps) {
  const { preset: words, window } = useMessages();
  const actions = useActions();
  const cancel = useRef<HTMLButtonElement>(null);
  // Beside an open draft, only what the patch adds to it is shown.
  const drafted = useView(({ draft, forecast }) => (draft && forecast.fresh ? forecast.plan?.text?.after : undefined));
  const [answer, setAnswer] = useState<Result<Plan> | null>(null);
  useEffect(() => {
    let gone = false;
    void actions.foretell(offer.patch).then((told) => {
      if (!gone) setAnswer(told);
    });
    return () => {
      gone = true;
    };
  }, [actions, offer]);
  const plan = answer?.ok ? answer.value : null;
  const problem = answer === null ? null : answer.ok ? answer.value.blocked : answer.problem;
  const take = (): void => {
    void actions.take(offer.patch);
    close();
  };
  return (
    <Modal title={offer.title} safe={cancel} close={close}>
      <Scroll className="confirm-body" label={offer.title}>
        {answer === null && <p className="dim">{window.confirm.asking}</p>}
        {problem && <Trouble problem={problem} />}
        {plan?.text && <Diff text={{ before: drafted ?? plan.text.before, after: plan.text.after }} />}
      </Scroll>
      <div className="buttons">
        <button type="button" className="button" ref={cancel} onClick={close}>
          {window.actions.cancel}
        </button>
        <button type="button" className="button primary" disabled={plan === null} onClick={take}>
          {words.take}
        </button>
      </div>
    </Modal>
  );
}
