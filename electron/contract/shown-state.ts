// Under which words a state of the daemon is shown.
import type { EngineState, EngineStatus, Unreached } from './snapshot.ts';

/** Its state; of a daemon elsewhere that is not reached the reason, because nobody knows whether there is one. */
export const shownState = (status: EngineStatus): EngineState | Unreached =>
  status.state === 'absent' ? (status.unreached ?? 'absent') : status.state;
