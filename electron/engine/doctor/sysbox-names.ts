// Containers of sysbox lose name resolution when the daemon is restarted.
import { anyVersion, check } from './check.ts';

export const sysboxNames = check({
  id: 'sysbox-names',
  source: 'sysbox#270',
  versions: anyVersion,
  severity: 'info',
  find({ facts, containers }) {
    if (facts?.liveRestore !== true) return [];
    const names = containers
      .filter(({ pid, details }) => pid > 0 && details?.runtime === 'sysbox-runc')
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'sysbox-names', containers: names }];
  },
});
