// What is worth a notification between one snapshot and the next: a pure decision; notify.ts shows it.
import type { PlaceName } from '../contract/ipc.ts';
import type { Messages } from '../contract/messages/index.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { EngineStatus, Snapshot } from '../contract/snapshot.ts';

/** `down` is only told if it lasts: a daemon that is restarted by somebody else is back in a moment. */
export type Notice = {
  readonly kind: 'down' | 'back' | 'outcome';
  readonly title: string;
  readonly body: string;
  readonly place: PlaceName;
};

/** Null: nothing to tell. `down` and `back` come in turn, and only for what nobody asked for here. */
export function noticeFor(before: Snapshot, now: Snapshot, messages: Messages): Notice | null {
  const { notices } = messages.tray;
  const outcome = now.lastOutcome;
  if (outcome !== null && outcome.startedAt !== before.lastOutcome?.startedAt) return ofOutcome(outcome, messages);
  if (now.target.endpoint !== before.target.endpoint || now.operation.kind === 'running') return null;
  if (before.operation.kind === 'idle' && isUp(before.engine) && isGone(now.engine)) {
    const running = before.containers?.counts.running ?? null;
    return { kind: 'down', title: notices.down.title, body: notices.down.body(running), place: 'status' };
  }
  if (!isUp(before.engine) && isUp(now.engine)) {
    const running = now.containers?.counts.running ?? null;
    return { kind: 'back', title: notices.back.title, body: notices.back.body(running), place: 'status' };
  }
  return null;
}

const isUp = ({ state }: EngineStatus): boolean => state === 'running' || state === 'reloading';

const isGone = ({ state }: EngineStatus): boolean =>
  state === 'stopped' || state === 'armed' || state === 'failed' || state === 'hanging' || state === 'absent';

function ofOutcome({ verb, result, containers }: Outcome, { tray: { notices } }: Messages): Notice | null {
  const told = (title: string, body: string): Notice => ({ kind: 'outcome', title, body, place: 'status' });
  switch (result) {
    case 'applied':
      return told(notices.applied.title(verb), notices.applied.body(containers.kept, containers.before));
    case 'rolled-back':
      return told(notices.rolledBack.title(verb), notices.rolledBack.body);
    case 'failed':
      return told(notices.failed.title(verb), notices.failed.body);
    case 'refused':
      return told(notices.refused.title(verb), notices.refused.body);
    case 'nothing':
      return null;
  }
}
