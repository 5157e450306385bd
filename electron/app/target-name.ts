// What the daemon is called in the window's title and at the tray.
import type { Messages } from '../contract/messages/index.ts';
import type { Target } from '../contract/snapshot.ts';

/** The context, where one was made for it; else the endpoint, as a path where it is one. Empty while nothing is known. */
export function targetName({ manager, source, context, endpoint }: Target, { tray }: Messages): string {
  if (manager === 'sandbox' || source === 'sandbox') return tray.sandbox;
  if (context !== null && context !== 'default') return context;
  return endpoint.replace(/^unix:\/\//, '');
}
