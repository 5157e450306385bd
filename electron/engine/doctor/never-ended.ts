// The unit leaves the daemon alone when it is stopped: every restart fails, because a second one does not start beside it.
import { anyVersion, check } from './check.ts';

export const neverEnded = check({
  id: 'never-ended',
  source: 'moby#21933; measured on 28.5 under systemd 252',
  versions: anyVersion,
  severity: 'error',
  find: ({ machine: { unit } }) =>
    unit?.killMode === 'none' && !unit.execStop ? [{ check: 'never-ended', unit: unit.name }] : [],
});
