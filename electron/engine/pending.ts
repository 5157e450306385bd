// What the next start will take that the daemon does not have now, told by what the daemon and its shims show of themselves.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { isAtLeast, optionFor } from '../contract/options.ts';
import type { OptionChange } from '../contract/plan.ts';
import type { EngineFacts } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { flagsAtStart, seenFacts, type Circumstances } from './circumstances.ts';
import { flagValue } from './daemon-flags.ts';
import type { Shim } from './ports.ts';

/**
 * The options that hide or lose containers, where what the file and the flags say is another value than the one in force
 * (by hand, or by another program: nobody planned it). What cannot be seen is not told.
 */
export function pendingAtStart(now: Circumstances, values: JsonObject | null): readonly OptionChange[] {
  if (values === null || !now.containers.some(runs)) return [];
  return [...hiding(now, values), ...losing(now, values)];
}

const textOf = (now: Circumstances, values: JsonObject, key: string): string | null => {
  const value = said(now, values, key);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Null where nobody knows, or where it is not told in paths of this system. */
const usualRoot = (now: Circumstances, { osType }: EngineFacts): string | null =>
  osType === 'linux' ? now.usual.dataRoot : null;

/** By flag, else from the file; undefined where neither says anything. */
function said(now: Circumstances, values: JsonObject, key: string): Json | undefined {
  const option = optionFor(key);
  const [group = '', name] = key.split('.');
  const inFile = name === undefined ? values[key] : isJsonObject(values[group]) ? values[group][name] : undefined;
  return (option && flagValue(flagsAtStart(now), option)) ?? inFile;
}

const change = (key: string, from: Json, to: Json, risk: OptionChange['risk']): OptionChange => ({
  key,
  from,
  to,
  effect: 'restart',
  risk,
  waiting: true,
});

/** What `/info` shows of them is the same on 20.10, 26.1 and 28.5. */
function hiding(now: Circumstances, values: JsonObject): readonly OptionChange[] {
  const facts = seenFacts(now);
  if (facts === null) return [];
  const pending: OptionChange[] = [];
  const driver = said(now, values, 'storage-driver');
  if (typeof driver === 'string' && driver !== '' && driver !== facts.storageDriver && !facts.snapshotter)
    pending.push(change('storage-driver', facts.storageDriver, driver, 'hides'));
  // With remapped users the daemon has a folder of its own below the one that was asked for.
  const root = facts.usernsRemap ? facts.dockerRootDir.replace(/\/\d+\.\d+$/, '') : facts.dockerRootDir;
  // A key that is gone means the usual place again.
  const wantedRoot = textOf(now, values, 'data-root') ?? textOf(now, values, 'graph') ?? usualRoot(now, facts);
  if (wantedRoot !== null && root !== '' && !samePath(now, wantedRoot, root))
    pending.push(change('data-root', root, wantedRoot, 'hides'));
  const remap = said(now, values, 'userns-remap');
  const wantsRemap = typeof remap === 'string' && remap !== '';
  if (wantsRemap !== facts.usernsRemap)
    pending.push(change('userns-remap', facts.usernsRemap, wantsRemap ? remap : '', 'hides'));
  const snapshotter = said(now, values, 'features.containerd-snapshotter');
  const asked = typeof snapshotter === 'boolean' ? snapshotter : null;
  // From 29.0 on, what an absent key means depends on what is in the data root.
  const wanted = asked ?? (isAtLeast(facts.version, '29.0') ? facts.snapshotter : false);
  if (wanted !== facts.snapshotter && isAtLeast(facts.version, '23.0'))
    pending.push(change('features.containerd-snapshotter', facts.snapshotter, wanted, 'hides'));
  return pending;
}

/** Shims carry the address and the namespace of the containerd that they belong to (measured on 20.10, 26.1, 28.5). */
function losing(now: Circumstances, values: JsonObject): readonly OptionChange[] {
  const ids = new Set(now.containers.filter(runs).map(({ id }) => id));
  const shim = now.shims.find(({ id }) => ids.has(id));
  if (!shim) return [];
  const pending: OptionChange[] = [];
  const namespace = said(now, values, 'containerd-namespace');
  const wantedNamespace = typeof namespace === 'string' && namespace !== '' ? namespace : 'moby';
  if (shim.namespace !== '' && wantedNamespace !== shim.namespace)
    pending.push(change('containerd-namespace', shim.namespace, wantedNamespace, 'loses'));
  const place = placeChange(now, values, shim);
  if (place) pending.push(place);
  return pending;
}

const ownSocket = '/containerd/containerd.sock';

/** Another containerd, or its own one in another exec-root. */
function placeChange(now: Circumstances, values: JsonObject, { address }: Shim): OptionChange | null {
  const containerd = textOf(now, values, 'containerd');
  if (containerd !== null)
    return samePath(now, containerd, address) ? null : change('containerd', address, containerd, 'loses');
  if (address === '' || samePath(now, address, now.usual.containerd)) return null;
  const execRoot = textOf(now, values, 'exec-root') ?? now.usual.execRoot;
  if (!address.endsWith(ownSocket)) return change('containerd', address, '', 'loses');
  const root = address.slice(0, -ownSocket.length);
  if (execRoot === null || samePath(now, execRoot, root)) return null;
  return change('exec-root', root, execRoot, 'loses');
}

/** Where this daemon's containerd listens and what it calls the daemon's containers, by flags and file. */
export function belongingOf(now: Circumstances, values: JsonObject | null): { addresses: string[]; namespace: string } {
  const known = values ?? {};
  const namespace = said(now, known, 'containerd-namespace');
  const containerd = said(now, known, 'containerd');
  const root = said(now, known, 'exec-root');
  const execRoot = typeof root === 'string' && root !== '' ? root : now.usual.execRoot;
  const own = normal(`${execRoot}${ownSocket}`);
  const isUsual = samePath(now, execRoot, now.usual.execRoot);
  return {
    addresses:
      typeof containerd === 'string' && containerd !== ''
        ? [normal(containerd)]
        : [own, ...(isUsual ? [normal(now.usual.containerd)] : [])],
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'moby',
  };
}

/** `/var/run` is a link to `/run` wherever Docker runs. */
const samePath = ({ realPath = (path) => path }: Circumstances, a: string, b: string): boolean =>
  normal(a) === normal(b) || normal(realPath(a)) === normal(realPath(b));
const normal = (path: string): string => path.replace(/\/+$/, '').replace(/^\/var\/run\//, '/run/');
