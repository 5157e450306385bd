// What is wrong with a configuration, beyond what `dockerd --validate` says: would this daemon start, reload, obey?
import { valueAt } from '../contract/change.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { isAtLeast, isGroup, knownOn, optionFor, options, type Option } from '../contract/options.ts';
import type { Finding } from '../contract/plan.ts';
import type { EngineFacts } from '../contract/snapshot.ts';
import { accessFindings, rootlessFindings } from './check-access.ts';
import { builderFindings } from './check-builder.ts';
import { contextOf, fault, type Unplaced } from './check-context.ts';
import { fixOf } from './check-fix.ts';
import { sortKeys, type Keys } from './check-keys.ts';
import { limitFindings } from './check-limits.ts';
import { loggingFindings } from './check-logging.ts';
import { firewallFindings, networkFindings } from './check-network.ts';
import { networkOptionFindings } from './check-network-opts.ts';
import { registryFindings } from './check-registries.ts';
import { runtimeFindings } from './check-runtimes.ts';
import { storageFindings } from './check-storage.ts';
import { wrongTypes } from './check-type.ts';
import { ulimitFindings } from './check-ulimits.ts';
import { configPlaces, type ConfigPlaces } from './config-places.ts';
import { flagValue, givenFlags } from './daemon-flags.ts';
import { isSwarmNode } from './live-restore.ts';
import type { Machine } from './machine.ts';

/** A configuration that can be read, and the daemon it is for. */
export type Checked = {
  readonly text: string;
  readonly values: JsonObject;
  /** Null where it is not known; then nothing is said that holds for some versions only as an error. */
  readonly version: string | null;
  readonly flags: readonly string[];
  /** Where the flags come from, for messages. */
  readonly flagSource: string;
  /** The very places of single flags, where they are known. */
  readonly flagPlaces?: Readonly<Record<string, string>>;
  /** What the daemon said when it was last seen; null: never. */
  readonly facts: EngineFacts | null;
  /** Null: the computer was not looked at, or is another one; then nothing is said about files, users, networks. */
  readonly machine?: Machine | null;
};

/**
 * All findings, in the order of the text. `error` means that the daemon refuses to start or ends at once; it then
 * refuses a reload too, except for `live-restore-with-swarm` and `bridge-with-bip`, which only a start notices.
 */
export function checkConfig(checked: Checked): readonly Finding[] {
  const { values, version } = checked;
  const places = configPlaces(checked.text);
  const keys = sortKeys(values, version);
  const findings: readonly Unplaced[] = [
    ...keys.findings,
    ...keys.known.flatMap(({ option, path, value }) => typeFindings(option, path, value, version, places)),
    ...flagConflicts(checked),
    ...combinations(checked),
    ...valueFindings(checked, keys.known),
  ];
  const placed = findings.map((finding): Finding => {
    const fix = fixOf(finding, values);
    return { ...finding, place: places.placeOf(finding.path), ...(fix === null ? {} : { fix }) };
  });
  const repeated = places.duplicates.map(({ path, place }): Finding => {
    return { severity: 'warning', path, place, about: { kind: 'duplicate-key', key: path.join('.') } };
  });
  // dockerd reads them all, and takes the last: each has to be of the right type.
  const shadowed = places.shadowed.flatMap(({ path, place, value }) => {
    const option = optionFor(path.join('.'));
    const wrong = option && knownOn(option, version) ? wrongTypes(option, value, version, () => null) : [];
    return wrong.map(({ expected, found }): Finding => {
      return { severity: 'error', path, place, about: { kind: 'wrong-type', key: path.join('.'), expected, found } };
    });
  });
  return [...placed, ...repeated, ...shadowed].toSorted(byPlace);
}

/** What is wrong with values of the right type, alone and together, and on this computer. */
function valueFindings(checked: Checked, known: Keys['known']): readonly Unplaced[] {
  // What this version does not read is told already, and is not looked at further.
  const read = new Set(known.map(({ path }) => path[0]));
  const values = Object.fromEntries(Object.entries(checked.values).filter(([key]) => read.has(key)));
  const context = contextOf(values, checked.flags, checked.version, checked.machine ?? null);
  return [
    ...networkFindings(context),
    ...networkOptionFindings(context),
    ...firewallFindings(context),
    ...loggingFindings(context),
    ...registryFindings(context),
    ...runtimeFindings(context),
    ...storageFindings(context),
    ...accessFindings(context),
    ...rootlessFindings(context),
    ...limitFindings(context),
    ...ulimitFindings(context),
    ...builderFindings(context),
  ];
}

/** Whether the daemon starts with a configuration of which this was found. */
export const verdictOf = (findings: readonly Finding[]): 'starts' | 'refuses' =>
  findings.some(({ severity }) => severity === 'error') ? 'refuses' : 'starts';

/** Whether a running daemon takes it by SIGHUP: it reads the whole file, but starts nothing anew. */
export const reloadVerdictOf = (findings: readonly Finding[]): 'takes' | 'refuses' =>
  findings.some(stopsReload) ? 'refuses' : 'takes';

/** True for what makes a running daemon refuse the file. */
export function stopsReload({ severity, about }: Finding): boolean {
  if ('hurts' in about) return about.hurts === 'always' || about.hurts === 'reload';
  if (about.kind === 'validate-key' || about.kind === 'live-restore-with-swarm' || about.kind === 'bridge-with-bip')
    return false;
  return severity === 'error' || about.kind === 'userland-proxy-true-blocks-reload';
}

const byPlace = (a: Finding, b: Finding): number =>
  (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);

function typeFindings(
  option: Option,
  path: readonly string[],
  value: Json,
  version: string | null,
  places: ConfigPlaces,
): readonly Unplaced[] {
  return wrongTypes(option, value, version, (inner) => places.sourceOf([...path, ...inner])).map((wrong) => {
    const { expected, found } = wrong;
    const where = [...path, ...wrong.path];
    return { severity: 'error', path: where, about: { kind: 'wrong-type', key: where.join('.'), expected, found } };
  });
}

/**
 * Options given both as a flag and in the file, which dockerd refuses even where the values are equal. Only `runtimes`
 * are merged (measured on 20.10, 26.1, 28.5).
 */
function flagConflicts({ values, flags, flagSource, flagPlaces }: Checked): readonly Unplaced[] {
  const found = givenFlags(flags).flatMap(({ name }) => {
    const flag = `--${name}`;
    const paths = options.filter((option) => option.flags[0] === flag && option.key !== 'runtimes').map(conflictPath);
    const inFile = paths.filter((path) => valueAt(values, path) !== undefined);
    const inside = wrapped(values).filter((one) =>
      paths.some((path) => path.length === 1 && path[0] === one.path.at(-1)),
    );
    return [...inFile, ...inside.map(({ path }) => path)].map((path) => ({ flag, path, key: path.join('.') }));
  });
  const once = [...new Map(found.map((one) => [one.key, one])).values()];
  return once.map(({ flag, path, key }) => {
    return {
      severity: 'error',
      path,
      about: { kind: 'conflicts-with-flag', key, flag, where: flagPlaces?.[flag] ?? flagSource },
    };
  });
}

/** What stands in objects that are no options: dockerd reads it as if it stood outside (measured on all three). */
const wrapped = (values: JsonObject): readonly { readonly path: readonly string[]; readonly value: Json }[] =>
  Object.entries(values).flatMap(([key, value]) =>
    isJsonObject(value) && !isGroup(key) && optionFor(key) === undefined
      ? Object.entries(value).map(([name, inner]) => ({ path: [key, name], value: inner }))
      : [],
  );

/** `--feature` and `--nri-opts` stand against the whole object, every other flag against its own key. */
const conflictPath = (option: Option): readonly string[] =>
  option.path[0] === 'features' || option.path[0] === 'nri-opts' ? option.path.slice(0, 1) : option.path;

function combinations({ values, version, flags, facts }: Checked): readonly Unplaced[] {
  const found: Unplaced[] = [];
  const hidden = wrapped(values).find(({ path, value }) => path[1] === 'live-restore' && value === true);
  const path = values['live-restore'] === true ? ['live-restore'] : hidden?.path;
  if (path !== undefined && isSwarmNode(facts)) {
    found.push({ severity: 'error', path, about: { kind: 'live-restore-with-swarm' } });
  }
  // Refused as live restore is, by the start alone [source: moby's Config.IsSwarmCompatible, from 29.0 on].
  const writesRules = valueOf('iptables', values, flags) !== false;
  if (values['firewall-backend'] === 'nftables' && writesRules && isSwarmNode(facts)) {
    found.push(fault(['firewall-backend'], 'nftables', 'not-on-swarm-node', 'start'));
  }
  // Written out, it makes every reload fail; the start is fine (measured on 26.1 and 28.5, not so on 20.10).
  const proxyPath = values['userland-proxy-path'];
  const without = proxyPath === undefined || proxyPath === null || proxyPath === '';
  if (values['userland-proxy'] === true && without && (version === null || isAtLeast(version, '26.0'))) {
    found.push({ severity: 'warning', path: ['userland-proxy'], about: { kind: 'userland-proxy-true-blocks-reload' } });
  }
  if (isText(valueOf('bridge', values, flags)) && isText(valueOf('bip', values, flags))) {
    found.push({
      severity: 'error',
      path: values['bip'] === undefined ? ['bridge'] : ['bip'],
      about: { kind: 'bridge-with-bip' },
    });
  }
  return found;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function valueOf(key: string, values: JsonObject, flags: readonly string[]) {
  const option = optionFor(key);
  return (option && flagValue(flags, option)) ?? values[key];
}
