// A unit with mounts of its own: what the daemon mounts for a container is not seen outside of it, nor let go.
import { anyVersion, check } from './check.ts';

export const mountFlags = check({
  id: 'mount-flags',
  source: 'moby#35873; measured on 20.10 and 28.5 under systemd 252',
  versions: anyVersion,
  severity: 'warning',
  find({ facts, machine: { unit } }) {
    if (unit === null || facts?.liveRestore !== true) return [];
    const flags = unit.mountFlags !== '' && unit.mountFlags !== 'shared' ? `MountFlags=${unit.mountFlags}` : '';
    const own = unit.privateMounts ? 'PrivateMounts=yes' : '';
    const said = flags || own;
    return said === '' ? [] : [{ check: 'mount-flags', flags: said, unit: unit.name }];
  },
});
