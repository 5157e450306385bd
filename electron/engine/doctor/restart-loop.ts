// The daemon ends again and again, and systemd starts it again each time.
import { anyVersion, check } from './check.ts';

/** Docker's own unit is given up after three starts a minute. */
const many = 3;

export const restartLoop = check({
  id: 'restart-loop',
  source: 'moby#32762, moby#32808',
  versions: anyVersion,
  severity: 'warning',
  find({ machine: { unit } }) {
    if (unit === null || unit.restarts < many) return [];
    return [{ check: 'restart-loop', unit: unit.name, restarts: unit.restarts }];
  },
});
