// Which truths about live restore can be known: "not set" is said only of what was looked at.
import type { EngineView } from './snapshot.ts';

/** False where null in `liveRestore` means that nobody could look: at the file, or at the arguments of the daemon. */
export const liveRestoreKnown = ({
  config,
  target,
}: Pick<EngineView, 'config' | 'target'>): { readonly file: boolean; readonly flag: boolean } => ({
  file: config.state === 'read' || config.state === 'absent',
  flag: config.state !== 'unknown' || target.pid !== null,
});
