// Which keys of a configuration are options, and what dockerd makes of those that are not.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import {
  flagNameOf,
  isAtLeast,
  isGroup,
  knownOn,
  optionFor,
  options,
  singularOf,
  takesUnknownNames,
  type Option,
} from '../contract/options.ts';
import type { FindingKind } from '../contract/plan.ts';
import type { Unplaced } from './check-context.ts';
import { nearest } from './nearest.ts';

/** What the keys come to: options to look at further, and findings about the others. */
export type Keys = {
  readonly known: readonly { readonly option: Option; readonly path: readonly string[]; readonly value: Json }[];
  readonly findings: readonly Unplaced[];
};

/** The first version whose options may be unknown here. */
const beyondKnown = '29.8';

const error = (path: readonly string[], about: FindingKind): Unplaced => ({ severity: 'error', path, about });
const warning = (path: readonly string[], about: FindingKind): Unplaced => ({ severity: 'warning', path, about });
const nothing: Keys = { known: [], findings: [] };
const only = (...findings: readonly Unplaced[]): Keys => ({ known: [], findings });
const joined = (parts: readonly Keys[]): Keys => ({
  known: parts.flatMap(({ known }) => known),
  findings: parts.flatMap(({ findings }) => findings),
});

/** Sorts the keys of a whole configuration by what this version of dockerd (null: not known) makes of them. */
export const sortKeys = (values: JsonObject, version: string | null): Keys =>
  joined(Object.entries(values).map(([key, value]) => topLevel(key, value, version)));

function topLevel(key: string, value: Json, version: string | null): Keys {
  const path = [key];
  if (isGroup(key)) return group(path, value, version);
  const option = optionFor(key);
  if (option?.settableInFile && option.path.length === 1) return settable(option, path, value, version);
  const meant = singularOf(key, version);
  if (meant !== null) {
    const inside = isJsonObject(value) ? Object.keys(value).filter((name) => !isTaken(name, version)) : [];
    return only(
      warning(path, { kind: 'singular-key', key, suggestion: meant }),
      // An object is looked through, as every other that is no option.
      ...inside.map((name) => unknown([key, name], name, nearest(name, topLevelNames(version)), version)),
    );
  }
  if (isFlagName(key, version)) {
    // With `validate` dockerd says "configuration OK" and ends, every time it is started (measured on 26.1, 28.5).
    if (key === 'validate' && value === true) return only(error(path, { kind: 'validate-key' }));
    return only(warning(path, { kind: 'ignored-key', key }));
  }
  if (isJsonObject(value)) return wrapper(key, value, version);
  const suggestion = nearest(key, topLevelNames(version));
  return only(unknown(path, key, suggestion, version));
}

function settable(option: Option, path: readonly string[], value: Json, version: string | null): Keys {
  const { key } = option;
  if (!knownOn(option, version)) {
    // Older engines look through an object that they do not know; what was removed is refused whatever it holds.
    if (option.removed === null && isJsonObject(value) && holdsOptions(value, version))
      return wrapper(key, value, version);
    return only(
      version === null
        ? error(path, { kind: 'unknown-key', key, suggestion: null })
        : error(path, { kind: 'unknown-on-version', key, version }),
    );
  }
  if (version !== null && option.ignoredSince !== null && isAtLeast(version, option.ignoredSince)) {
    return only(warning(path, { kind: 'ignored-key', key }));
  }
  return { known: [{ option, path, value }], findings: [] };
}

/** The options in an object such as `features`. A null or a wrong type is judged by the type alone. */
function group(path: readonly string[], value: Json, version: string | null): Keys {
  const key = path.join('.');
  // The one group that is no flag, so that only as an object it is looked through (measured on 20.10, 26.1, 28.5).
  if (value === null && key !== 'proxies') return nothing;
  if (!isJsonObject(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    return only(error(path, { kind: 'wrong-type', key, expected: 'object', found }));
  }
  const lenient = takesUnknownNames(path[0] ?? '');
  const inside = options.filter((option) => option.key.toLowerCase().startsWith(`${key.toLowerCase()}.`));
  if (!lenient && version !== null && !inside.some((option) => knownOn(option, version))) {
    if (holdsOptions(value, version)) return wrapper(key, value, version);
    return only(error(path, { kind: 'unknown-on-version', key, version }));
  }
  return joined(
    Object.entries(value).map(([name, inner]): Keys => {
      const innerPath = [...path, name];
      const innerKey = innerPath.join('.');
      if (isGroup(innerKey)) return group(innerPath, inner, version);
      const option = optionFor(innerKey);
      const misfit = path[0] === 'features' && inner !== null && typeof inner !== 'boolean';
      if (misfit) return only(notBoolean(innerPath, inner));
      if (option && lenient && !knownOn(option, version))
        return only(warning(innerPath, { kind: 'ignored-key', key: innerKey }));
      if (option) return settable(option, innerPath, inner, version);
      const siblings = inside.flatMap((one) => one.path[path.length] ?? []);
      const near = nearest(name, siblings);
      const suggestion = near === null ? null : [...path, near].join('.');
      if (lenient) return only(warning(innerPath, { kind: 'unknown-key', key: innerKey, suggestion }));
      return only(unknown(innerPath, innerKey, suggestion, version));
    }),
  );
}

/** Whatever its name, a feature must be true or false (measured on 20.10, 26.1, 28.5). */
const notBoolean = (path: readonly string[], value: Json): Unplaced =>
  error(path, {
    kind: 'wrong-type',
    key: path.join('.'),
    expected: 'boolean',
    found: Array.isArray(value) ? 'array' : typeof value,
  });

/** An object that is no option: dockerd looks at what is inside as if it stood outside (measured on all three). */
function wrapper(key: string, value: JsonObject, version: string | null): Keys {
  const names = Object.keys(value);
  return only(
    warning([key], { kind: 'wrapped-key', key, inside: names.filter((name) => isTaken(name, version)) }),
    ...names
      .filter((name) => !isTaken(name, version))
      .map((name) => unknown([key, name], name, nearest(name, topLevelNames(version)), version)),
  );
}

const holdsOptions = (value: JsonObject, version: string | null): boolean =>
  Object.keys(value).every((name) => isTaken(name, version));

/** True for every name that dockerd takes as a key, whether it does something with it or not. */
const isTaken = (name: string, version: string | null): boolean =>
  optionOnTop(name, version) || isFlagName(name, version) || singularOf(name, version) !== null;

/** An engine newer than the catalogue may know what we do not. */
function unknown(path: readonly string[], key: string, suggestion: string | null, version: string | null): Unplaced {
  const about: FindingKind = { kind: 'unknown-key', key, suggestion };
  return version !== null && isAtLeast(version, beyondKnown) ? warning(path, about) : error(path, about);
}

function optionOnTop(name: string, version: string | null): boolean {
  const option = optionFor(name);
  return (
    isGroup(name) ||
    (option !== undefined && option.settableInFile && option.path.length === 1 && knownOn(option, version))
  );
}

/** True for names that dockerd takes as keys because they are flags, though the file cannot set them. */
const isFlagName = (name: string, version: string | null): boolean =>
  options.some((option) => !option.settableInFile && flagNameOf(option) === name && knownOn(option, version));

const topLevelNames = (version: string | null): readonly string[] => [
  ...new Set(
    options.flatMap((option) => (option.settableInFile && knownOn(option, version) ? (option.path[0] ?? []) : [])),
  ),
];
