// The daemon's unit goes down with containerd's: an upgrade of containerd stops the daemon and leaves it down.
import { anyVersion, check } from './check.ts';

export const containerdBound = check({
  id: 'containerd-bound',
  source: 'for-linux#1155, for-linux#813',
  versions: anyVersion,
  severity: 'warning',
  find({ machine: { unit } }) {
    if (unit === null) return [];
    const by = unit.bindsTo.includes('containerd.service')
      ? 'BindsTo'
      : unit.requires.includes('containerd.service')
        ? 'Requires'
        : null;
    return by === null ? [] : [{ check: 'containerd-bound', by, unit: unit.name }];
  },
});
