// The system upgrades the engine by itself, and live restore is off: one morning all containers are stopped.
import { anyVersion, check } from './check.ts';

export const unattendedUpgrades = check({
  id: 'unattended-upgrades',
  source: 'for-linux#813, moby#45646',
  versions: anyVersion,
  severity: 'warning',
  find({ facts, containers, machine: { unattended } }) {
    if (unattended === null || facts === null || facts.liveRestore) return [];
    return containers.some(({ pid }) => pid > 0) ? [{ check: 'unattended-upgrades', packageName: unattended }] : [];
  },
});
