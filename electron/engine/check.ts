// What is wrong with a configuration, beyond what `dockerd --validate` says: would this daemon start, reload, obey?
import { valueAt } from '../contract/change.ts';
import type { JsonObject } from '../contract/json.ts';
import { isAtLeast, optionFor, options, type Option } from '../contract/options.ts';
import type { Finding } from '../contract/plan.ts';
import type { EngineFacts } from '../contract/snapshot.ts';
import { sortKeys, type Unplaced } from './check-keys.ts';
import { wrongTypes } from './check-type.ts';
import { configPlaces, type ConfigPlaces } from './config-places.ts';
import { flagValue, givenFlags } from './daemon-flags.ts';
import { isSwarmNode } from './live-restore.ts';

/** A configuration that can be read, and the daemon it is for. */
export type Checked = {
  readonly text: string;
  readonly values: JsonObject;
  /** Null where it is not known; then nothing is said that holds for some versions only as an error. */
  readonly version: string | null;
  readonly flags: readonly string[];
  /** Where the flags come from, for messages. */
  readonly flagSource: string;
  /** What the daemon said when it was last seen; null: never. */
  readonly facts: EngineFacts | null;
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
    ...keys.known.flatMap(({ option, path, value }) => typeFindings(option, path, value, places)),
    ...flagConflicts(checked),
    ...combinations(checked),
  ];
  const placed = findings.map((finding): Finding => ({ ...finding, place: places.placeOf(finding.path) }));
  const repeated = places.duplicates.map(({ path, place }): Finding => {
    return { severity: 'warning', path, place, about: { kind: 'duplicate-key', key: path.join('.') } };
  });
  return [...placed, ...repeated].toSorted(byPlace);
}

/** Whether the daemon starts with a configuration of which this was found. */
export const verdictOf = (findings: readonly Finding[]): 'starts' | 'refuses' =>
  findings.some(({ severity }) => severity === 'error') ? 'refuses' : 'starts';

const byPlace = (a: Finding, b: Finding): number =>
  (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);

function typeFindings(
  option: Option,
  path: readonly string[],
  value: Parameters<typeof wrongTypes>[1],
  places: ConfigPlaces,
): readonly Unplaced[] {
  return wrongTypes(option, value, (inner) => places.sourceOf([...path, ...inner])).map((wrong) => {
    const { expected, found } = wrong;
    const where = [...path, ...wrong.path];
    return { severity: 'error', path: where, about: { kind: 'wrong-type', key: where.join('.'), expected, found } };
  });
}

/**
 * Options given both as a flag and in the file, which dockerd refuses even where the values are equal. Only `runtimes`
 * are merged (measured on 20.10, 26.1, 28.5).
 */
function flagConflicts({ values, flags, flagSource }: Checked): readonly Unplaced[] {
  const found = givenFlags(flags).flatMap(({ name }) => {
    const flag = `--${name}`;
    const paths = options.filter((option) => option.flags[0] === flag && option.key !== 'runtimes').map(conflictPath);
    const inFile = paths.filter((path) => valueAt(values, path) !== undefined);
    return inFile.map((path) => ({ flag, path, key: path.join('.') }));
  });
  const once = [...new Map(found.map((one) => [one.key, one])).values()];
  return once.map(({ flag, path, key }) => {
    return { severity: 'error', path, about: { kind: 'conflicts-with-flag', key, flag, where: flagSource } };
  });
}

/** `--feature` and `--nri-opts` stand against the whole object, every other flag against its own key. */
const conflictPath = (option: Option): readonly string[] =>
  option.path[0] === 'features' || option.path[0] === 'nri-opts' ? option.path.slice(0, 1) : option.path;

function combinations({ values, version, flags, facts }: Checked): readonly Unplaced[] {
  const found: Unplaced[] = [];
  if (values['live-restore'] === true && isSwarmNode(facts)) {
    found.push({ severity: 'error', path: ['live-restore'], about: { kind: 'live-restore-with-swarm' } });
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
