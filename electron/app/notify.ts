// Shows notifications: only when wanted, only when the window does not show the same, and never twice for one thing.
import type { Navigation } from '../contract/ipc.ts';
import type { Messages } from '../contract/messages/index.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { noticeFor, type Notice } from './notices.ts';

export type NotifyPorts = {
  readonly watch: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly messages: () => Messages;
  /** Whether the user looks at the window now. */
  readonly watched: () => boolean;
  readonly open: (to: Navigation) => void;
  readonly show: (notice: { readonly title: string; readonly body: string }, clicked: () => void) => void;
};

/** A daemon that is down for less than this was restarted, not lost, ms. */
const graceMs = 3000;

/** Returns the way to stop. */
export function createNotify(ports: NotifyPorts): () => void {
  let before: Snapshot | null = null;
  let waiting: NodeJS.Timeout | null = null;
  let toldDown = false;

  function show(notice: Notice, snapshot: Snapshot): void {
    if (!snapshot.preferences.notifications || ports.watched()) return;
    ports.show(notice, () => ports.open({ place: notice.place, confirm: null }));
  }

  function cancel(): void {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
  }

  const stop = ports.watch((snapshot) => {
    const notice = before === null ? null : noticeFor(before, snapshot, ports.messages());
    before = snapshot;
    if (notice === null) return;
    if (notice.kind === 'outcome') show(notice, snapshot);
    else if (notice.kind === 'down') {
      cancel();
      waiting = setTimeout(() => {
        toldDown = true;
        show(notice, before ?? snapshot);
      }, graceMs);
    } else {
      cancel();
      if (toldDown) show(notice, snapshot);
      toldDown = false;
    }
  });
  return () => {
    stop();
    cancel();
  };
}
