// The unit is started no more by systemd until its failures are forgotten.
import { anyVersion, check } from './check.ts';

export const startLimit = check({
  id: 'start-limit',
  source: 'for-linux#165, moby#44901; measured under systemd 252',
  versions: anyVersion,
  severity: 'error',
  find({ facts, machine: { unit } }) {
    if (facts !== null || unit?.limited !== true) return [];
    return [{ check: 'start-limit', unit: unit.name, sockets: unit.sockets }];
  },
});
