// Keeps the icon at the tray while there is one: made when the desktop shows icons, following the snapshot from then on.
import type { Messages } from '../contract/messages/index.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { State } from './state.ts';
import { trayView, type TrayView } from './tray-view.ts';
import type { AppTray } from './tray.ts';

export type PresencePorts = {
  readonly state: Pick<State, 'get' | 'watch' | 'publishApp'>;
  readonly host: { present(): Promise<boolean>; whenPresent(appeared: () => void): () => void };
  readonly messages: () => Messages;
  readonly create: (view: TrayView, dark: boolean) => AppTray;
};

/** Resolves when it is known, and published, whether this desktop has a tray. Returns the way to end. */
export async function openTray({ state, host, messages, create }: PresencePorts): Promise<() => void> {
  let tray: AppTray | null = null;
  const view = (snapshot: Snapshot): TrayView => trayView(snapshot, messages());

  function begin(): void {
    const now = state.get();
    tray ??= create(view(now), now.app.dark);
    state.publishApp({ tray: true });
  }

  const present = await host.present();
  const stopWaiting = present ? () => undefined : host.whenPresent(begin);
  if (present) begin();
  else state.publishApp({ tray: false });
  const stopWatching = state.watch((snapshot) => tray?.show(view(snapshot), snapshot.app.dark));
  return () => {
    stopWaiting();
    stopWatching();
    tray?.close();
    tray = null;
  };
}
