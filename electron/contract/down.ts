// A daemon that is down, as a service manager or the connection sees it.
import type { EngineState } from './snapshot.ts';

/** True where no daemon runs and none is on its way. */
export const isDown = ({ state }: { readonly state: EngineState | 'unknown' }): boolean =>
  state === 'stopped' || state === 'armed' || state === 'failed';
