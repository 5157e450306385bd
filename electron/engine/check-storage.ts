// Where images and containers lie, and by which driver.
import { isJsonObject } from '../contract/json.ts';
import {
  clash,
  fault,
  isOld,
  items,
  lacking,
  since,
  textInForce,
  type Context,
  type Unplaced,
} from './check-context.ts';
import { isBoolean } from './go-values.ts';
import { foldersOf } from './machine.ts';

const driversOld = ['overlay2', 'overlay', 'aufs', 'btrfs', 'devicemapper', 'zfs', 'vfs', 'fuse-overlayfs'];
const drivers = ['overlay2', 'btrfs', 'zfs', 'vfs', 'fuse-overlayfs'];
/** Gone in 24 and 25 [source]. */
const gone = ['aufs', 'overlay', 'devicemapper'];
/** Their own file systems have to be below the data root. */
const needsBacking = ['btrfs', 'zfs'];

/** What each driver takes, by its own names [source of 20.10, 26.1, 28.5]. */
const driverOptions: Readonly<Record<string, readonly string[]>> = {
  overlay2: ['overlay2.size'],
  vfs: ['size', 'vfs.xattrs'],
  btrfs: ['btrfs.min_space'],
  zfs: ['zfs.fsname'],
  'fuse-overlayfs': [],
};

export const storageFindings = (context: Context): readonly Unplaced[] => [
  ...driver(context),
  ...options(context),
  ...folders(context),
];

/** With containerd's image store the names are those of its snapshotters. */
export function usesSnapshotter(context: Context): boolean {
  const features = context.values['features'];
  return since(context, '24.0') && isJsonObject(features) && features['containerd-snapshotter'] === true;
}

function driver(context: Context): readonly Unplaced[] {
  const name = textInForce(context, 'storage-driver');
  const path = ['storage-driver'];
  if (context.values['storage-driver'] === undefined || name === '') return [];
  if (usesSnapshotter(context)) {
    // Only who pulls or runs something hears of a wrong one (measured on 28.5).
    return ['overlayfs', 'native'].includes(name) ? [] : [fault(path, name, 'unknown-storage-driver', 'containers')];
  }
  if (isOld(context) ? !driversOld.includes(name) : !drivers.includes(name))
    return [fault(path, name, gone.includes(name) ? 'removed-storage-driver' : 'unknown-storage-driver', 'start')];
  const { machine } = context;
  if (machine === null) return [];
  if (needsBacking.includes(name) && machine.backing !== null && machine.backing !== name)
    return [lacking(path, name, 'not-in-kernel', 'start')];
  const isThere = (program: string): boolean => (machine.paths[program]?.type ?? 'unknown') !== 'missing';
  const fuse = isThere('/dev/fuse') && (isThere('/usr/bin/fuse-overlayfs') || isThere('/usr/local/bin/fuse-overlayfs'));
  if (name === 'fuse-overlayfs' && !fuse) return [lacking(path, name, 'not-in-kernel', 'start')];
  return [];
}

function options(context: Context): readonly Unplaced[] {
  const name = textInForce(context, 'storage-driver') || 'overlay2';
  const known = driverOptions[name];
  if (usesSnapshotter(context) || known === undefined) return [];
  return items(context, 'storage-opts').flatMap(([text, index]): readonly Unplaced[] => {
    const path = ['storage-opts', String(index)];
    const cut = text.indexOf('=');
    if (cut === -1) return [fault(path, text, 'not-an-option-pair', 'start')];
    const key = text.slice(0, cut).trim().toLowerCase();
    const value = text.slice(cut + 1).trim();
    if (key === 'overlay2.override_kernel_check' && isOld(context))
      return isBoolean(value) ? [] : [fault(path, text, 'bad-storage-option', 'start')];
    if (!known.includes(key)) return [fault(path, key, 'unknown-storage-option', 'start')];
    if (key === 'vfs.xattrs') return [fault(path, text, 'bad-storage-option', 'start')];
    if ((key === 'overlay2.size' || key === 'size') && context.machine !== null && context.machine.backing !== 'xfs')
      return [clash(path, 'data-root', 'needs-other', 'start')];
    return value === '' ? [fault(path, text, 'bad-storage-option', 'start')] : [];
  });
}

/** A file where a folder has to be, at its place or above. */
function folders(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  if (machine === null) return [];
  return ['data-root', 'exec-root', 'graph'].flatMap((key): readonly Unplaced[] => {
    const path = values[key];
    if (typeof path !== 'string' || path === '') return [];
    if (!path.startsWith('/')) return [fault([key], path, 'not-absolute', 'nothing')];
    const blocked = [path, ...foldersOf(path)].find((one) => {
      const type = machine.paths[one]?.type;
      return type !== undefined && type !== 'folder' && type !== 'missing' && type !== 'unknown';
    });
    return blocked === undefined ? [] : [lacking([key], blocked, 'not-a-folder', 'start')];
  });
}
