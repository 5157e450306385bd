// The one button that helps with a problem, chosen by its kind; none where no click of ours helps.
import type { Problem } from '@contract/problem.ts';
import { useActions, useMessages } from '../view.tsx';

export function Remedy({ problem }: { readonly problem: Problem }) {
  const actions = useActions();
  const { actions: labels } = useMessages().window;
  const button = (label: string, act: () => void) => (
    <button type="button" className="button" onClick={act}>
      {label}
    </button>
  );
  switch (problem.kind) {
    case 'engine.not-running':
    case 'daemon.not-up':
    case 'reload.killed-daemon':
      return button(labels.startDaemon, () => void actions.begin('start'));
    case 'config.invalid':
      return button(labels.editLine(problem.place.line), () => actions.show('daemon/json'));
    case 'config.rejected':
    case 'change.conflicts-with-flag':
      return button(labels.editJson, () => actions.show('daemon/json'));
    case 'config.unreadable':
    case 'config.not-writable':
      return button(labels.reveal, () => void actions.revealConfig());
    case 'engine.hanging':
    case 'engine.unreachable':
    case 'target.changed':
      return button(labels.refresh, () => void actions.refresh());
    case 'internal':
    case 'sandbox.failed':
      return button(labels.revealLog, () => void actions.revealLog());
    default:
      return null;
  }
}
