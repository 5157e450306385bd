// The button that helps with a problem, chosen by its kind; none where no click of ours helps.
import type { Problem, ProblemKind } from '@contract/problem.ts';
import { whyNot } from '../why-not.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { FixTextButton } from './fix-text-button.tsx';

type Help = 'look' | 'start' | 'edit' | 'reveal' | 'refresh' | 'log';

const help: Partial<Record<ProblemKind, Help>> = {
  'engine.not-running': 'start',
  'daemon.not-up': 'start',
  'reload.killed-daemon': 'start',
  'config.invalid': 'edit',
  'config.faulty': 'edit',
  'config.rejected': 'edit',
  'change.conflicts-with-flag': 'edit',
  'rescue.would-lose': 'edit',
  'config.unreadable': 'reveal',
  'config.not-writable': 'reveal',
  'engine.hanging': 'refresh',
  'engine.unreachable': 'refresh',
  'daemon.silent': 'refresh',
  'put-back.silent': 'refresh',
  'target.changed': 'refresh',
  'sandbox.failed': 'log',
  internal: 'log',
};

export function Remedy({ problem }: { readonly problem: Problem }) {
  const actions = useActions();
  const { actions: labels } = useMessages().window;
  const inJson = useView((view) => view.place === 'daemon/json');
  const { rights } = useMessages();
  const canLook = useView((view) => view.snapshot?.rights.step === 'installed');
  const isDenied = problem.kind === 'config.unreadable' && problem.cause === 'denied';
  const kind = isDenied && canLook ? 'look' : help[problem.kind];
  const { whyNot: words } = useMessages().window.status;
  const canStart = useView((view) => view.snapshot !== null && whyNot(view.snapshot, 'start', words) === null);
  if (kind === undefined || (kind === 'edit' && inJson) || (kind === 'start' && !canStart)) return null;
  const buttons: Record<Help, readonly [string, () => void]> = {
    look: [rights.look, () => void actions.look()],
    start: [labels.startDaemon, () => void actions.begin('start')],
    edit: [
      problem.kind === 'config.invalid' ? labels.editLine(problem.place.line) : labels.editJson,
      () => (problem.kind === 'config.invalid' ? actions.showInJson(problem.place) : actions.show('daemon/json')),
    ],
    reveal: [labels.reveal, () => void actions.revealConfig()],
    refresh: [labels.refresh, () => void actions.refresh()],
    log: [labels.revealLog, () => void actions.revealLog()],
  };
  const [label, act] = buttons[kind];
  return (
    <>
      {problem.kind === 'config.invalid' && <FixTextButton />}
      <button type="button" className="button" onClick={act}>
        {label}
      </button>
    </>
  );
}
