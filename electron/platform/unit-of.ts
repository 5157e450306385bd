// Tells which systemd unit a daemon is: the one in whose control group it runs, if systemd says that it is what it runs.
import { ancestorsOf, type ProcessView } from './processes.ts';
import { leads } from './rootlesskit.ts';
import { readUnit, type SystemdUnit, type UnitView } from './systemd.ts';

export type Shown = { readonly unit: SystemdUnit; readonly view: UnitView };

/** Null where it is no unit's, or only something that a unit has started: that one is not ours to restart. */
export async function unitOf(
  daemon: ProcessView,
  read: (unit: SystemdUnit) => Promise<UnitView | null> = readUnit,
): Promise<Shown | null> {
  const shown = await shownAround(daemon, read);
  return shown !== null && leads(shown.view.mainPid ?? 0, [daemon, ...ancestorsOf(daemon)]) ? shown : null;
}

/**
 * The unit whose script runs this daemon, with nothing but shells in between; null where there is none. When the daemon
 * ends, so may the script, and then systemd ends whatever else is in the unit's group: the shims of all containers.
 */
export async function unitAround(
  daemon: ProcessView,
  read: (unit: SystemdUnit) => Promise<UnitView | null> = readUnit,
): Promise<string | null> {
  const shown = await shownAround(daemon, read);
  const line = ancestorsOf(daemon);
  const at = line.findIndex(({ pid }) => pid === shown?.view.mainPid);
  return shown !== null && at !== -1 && isRunBy(line.slice(0, at)) ? shown.unit.unit : null;
}

/** Whoever is between them waits, and does nothing else. */
export const isRunBy = (between: readonly ProcessView[]): boolean =>
  between.every(({ name }) => /^(sh|dash|ash|bash|zsh|ksh|busybox)$/.test(name));

async function shownAround(
  { cgroups }: ProcessView,
  read: (unit: SystemdUnit) => Promise<UnitView | null>,
): Promise<Shown | null> {
  const unit = unitIn(cgroups, process.getuid?.() ?? 0);
  const view = unit && (await read(unit));
  return unit && view && view.mainPid !== null ? { unit, view } : null;
}

/**
 * The innermost unit of the group that systemd itself keeps. On version 1 every controller has a group of its own, and
 * those of a user's unit often end at the user's manager: those tell of another unit.
 */
export function unitIn(cgroups: readonly string[], ownUid: number): SystemdUnit | null {
  const parts = (cgroups[0] ?? '').split('/');
  const at = parts.findLastIndex((part) => part.endsWith('.service'));
  const unit = parts[at];
  if (unit === undefined) return null;
  const manager = parts.slice(0, at).find((part) => /^user@\d+\.service$/.test(part));
  if (manager === undefined) return { unit, user: false };
  // Another user's manager is not the one that answers us.
  return manager === `user@${ownUid}.service` ? { unit, user: true } : null;
}
