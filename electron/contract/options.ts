// The catalogue of dockerd's options: what each one takes, needs and risks, and how to find it.
import type { Effect, Risk } from './plan.ts';
import {
  optionRows,
  type EarlierDefault,
  type OptionKey,
  type OptionKind,
  type OptionRow,
  type Reload,
} from './options-data.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

export type { OptionKey, OptionKind } from './options-data.ts';

/** One option of dockerd. Versions are `major.minor`; `since` is 20.10 for everything older. */
export type Option = {
  /** The key in daemon.json; dots go into objects, as in `features.cdi`. */
  readonly key: OptionKey;
  readonly path: readonly string[];
  readonly kind: OptionKind;
  /** Long form first; empty where there is none. */
  readonly flags: readonly string[];
  /** First version with these flags; later than `since` where the key came first. */
  readonly flagsSince: string;
  /** Of the newest versions; `defaultOn` tells that of any. */
  readonly default: Json;
  /** What it was before; null: the same. */
  readonly earlier: EarlierDefault | null;
  readonly since: string;
  /** First version that refuses it as unknown or removed; null: none. */
  readonly removed: string | null;
  /** First version that takes it and does nothing with it; null: none. */
  readonly ignoredSince: string | null;
  readonly settableInFile: boolean;
  readonly platform: 'linux' | 'windows' | 'both';
  /** Which versions apply it on SIGHUP; null: none (it waits for a restart, without a word). */
  readonly reload: Reload | null;
  /** Removing the key and reloading keeps the old value (measured on 20.10, 26.1, 28.5). */
  readonly sticks: boolean;
  /** Where a running daemon shows the value it took: `/info`, its reload event, or nowhere. */
  readonly seenIn: 'info' | 'event' | null;
  /** What changing it can do beside its purpose; `riskOf` of the plan knows the exceptions. */
  readonly risk: Risk;
  /** All values it takes; null: any of its kind. */
  readonly choices: readonly string[] | null;
};

/** The newest engine whose options are known here; what a newer one adds is not called an error. */
export const newestKnownVersion = '29.7';

const oldest = '20.10';

/** All options, by key. */
export const options: readonly Option[] = optionRows.map((row) => completed(row));

function completed(row: OptionRow & { readonly key: OptionKey }): Option {
  const path = row.key.split('.');
  const since = row.since ?? oldest;
  return {
    key: row.key,
    path,
    kind: row.kind,
    flags: row.flags ?? [`--${row.key}`],
    flagsSince: row.flagsSince ?? since,
    default: row.default,
    earlier: row.earlier ?? null,
    since,
    removed: row.removed ?? null,
    ignoredSince: row.ignoredSince ?? null,
    settableInFile: row.settableInFile ?? true,
    platform: row.platform ?? 'both',
    reload: row.reload ?? null,
    sticks: row.sticks ?? false,
    seenIn: row.seenIn ?? null,
    risk: row.risk ?? 'none',
    choices: row.choices ?? null,
  };
}

/** dockerd reads keys below `builder` whatever their case, and only those (measured on 20.10, 26.1, 28.5). */
const normalized = (key: string): string => (key.toLowerCase().startsWith('builder.') ? key.toLowerCase() : key);

const byKey = new Map<string, Option>(options.map((option) => [normalized(option.key), option]));

/** The option with this key; undefined where dockerd has none. */
export const optionFor = (key: string): Option | undefined => byKey.get(normalized(key));

/** What dockerd finds under a name in objects that are no options, and takes as if it stood outside (measured on all). */
export const settingsInWrappers = (values: JsonObject, name: string): readonly Json[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const inside = isJsonObject(value) && !isGroup(key) && optionFor(key) === undefined ? value[name] : undefined;
    return inside === undefined ? [] : [inside];
  });

const groups = new Set(
  options.flatMap(({ path }) => path.slice(1).map((_, i) => normalized(path.slice(0, i + 1).join('.')).toLowerCase())),
);

/** True for objects that hold options of their own: `features`, `builder`, `builder.gc`, `proxies`, `nri-opts`. */
export const isGroup = (key: string): boolean =>
  groups.has(key) || (key.startsWith('builder.') && groups.has(key.toLowerCase()));

/** Inside these, dockerd lets pass names that it does not know (measured on 20.10, 26.1, 28.5). */
export const takesUnknownNames = (key: string): boolean => key === 'features' || key === 'builder';

/** `--host` without its dashes; undefined for options that are only set in the file. */
export const flagNameOf = (option: Option): string | undefined => option.flags[0]?.slice(2);

const bySingular = new Map(
  options.flatMap((option) => {
    const name = flagNameOf(option);
    const key = name === 'feature' ? 'features' : name === 'nri-opts' ? undefined : option.key;
    return name === undefined || key === undefined || name === key || byKey.has(name) ? [] : [[name, { option, key }]];
  }),
);

/**
 * The key that was meant by a flag's name, which dockerd takes as a key and ignores without a word (`label` for `labels`,
 * `http-proxy` for `proxies.http-proxy`; measured on 20.10, 26.1, 28.5). Null where this is no such name on that version.
 */
export function singularOf(name: string, engineVersion: string | null): string | null {
  const found = bySingular.get(name);
  if (!found || !found.option.settableInFile) return null;
  return knownOn({ since: found.option.flagsSince, removed: found.option.removed }, engineVersion) ? found.key : null;
}

/** True where this version knows the option; an unknown version (null) knows all but what every version lost. */
export function knownOn({ since, removed }: Pick<Option, 'since' | 'removed'>, engineVersion: string | null): boolean {
  if (engineVersion === null) return removed === null || removed !== oldest;
  return isAtLeast(engineVersion, since) && (removed === null || !isAtLeast(engineVersion, removed));
}

/** What an option is where nobody sets it; null where that cannot be told, also because the version is not known. */
export function defaultOn({ default: value, earlier }: Option, engineVersion: string | null): Json {
  if (earlier === null) return value;
  if (engineVersion === null) return null;
  return isAtLeast(engineVersion, earlier.until) ? value : earlier.value;
}

/**
 * What the daemon needs to take a change of one option. Removing an option that sticks needs a restart, because a
 * reload keeps the old value; setting it to its default and reloading needs none. Options that are not known are
 * taken to need a restart; an unknown version (null) is taken to be a new one.
 */
export function effectOf(
  key: string,
  act: 'set' | 'remove',
  engineVersion: string | null,
): Exclude<Effect, 'reload-then-restart'> {
  const option = optionFor(key);
  if (!option) return 'restart';
  const version = engineVersion ?? newestKnownVersion;
  if (option.ignoredSince !== null && isAtLeast(version, option.ignoredSince)) return 'none';
  if (takesUnknownNames(option.path[0] ?? '') && !isAtLeast(version, option.since)) return 'none';
  if (option.reload === null) return 'restart';
  if (option.reload.until !== null && isAtLeast(version, option.reload.until)) return 'restart';
  return act === 'remove' && option.sticks ? 'restart' : 'reload';
}

/**
 * Compares engine versions by their numbers: `isAtLeast('20.10.24+dfsg1', '20.10')`. A version without numbers
 * (a build by hand) counts as newer than all.
 */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = numbersOf(version);
  const want = numbersOf(wanted);
  if (have === null || want === null) return have === null;
  const differs = want.findIndex((number, i) => number !== have[i]);
  return differs === -1 || (have[differs] ?? 0) > (want[differs] ?? 0);
}

function numbersOf(version: string): readonly number[] | null {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  return match ? match.slice(1).map((part) => Number(part ?? 0)) : null;
}
