// The unit of the daemon ends the shims with it, whatever live restore says.
import { anyVersion, check } from './check.ts';

/** Only where shims stand in the unit itself: with containerd's own service they stand in that (measured, systemd 252). */
export const killMode = check({
  id: 'kill-mode',
  source: 'moby#21933, moby#30308, rootlesskit#355; measured on 20.10 and 28.5 under systemd 252',
  versions: anyVersion,
  severity: 'warning',
  find({ facts, machine: { unit }, shims, containers }) {
    if (unit === null || facts?.liveRestore !== true || unit.killMode === 'process' || unit.killMode === 'none')
      return [];
    const running = new Set(containers.filter(({ pid }) => pid > 0).map(({ id }) => id));
    const inside = (shims ?? []).some((shim) => running.has(shim.id) && shim.units.includes(unit.name));
    return inside && unit.killMode !== '' ? [{ check: 'kill-mode', killMode: unit.killMode, unit: unit.name }] : [];
  },
});
