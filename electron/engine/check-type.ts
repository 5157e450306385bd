// Whether a value has the form that dockerd reads for its option; where not, dockerd refuses the whole file.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import type { Option, OptionKind } from '../contract/options.ts';

/** A value of the wrong type; `path` goes on from the option's own. */
export type WrongType = { readonly path: readonly string[]; readonly expected: string; readonly found: string };

/**
 * All values of the wrong type in an option's value. `null` passes everywhere: dockerd leaves the default (measured on
 * 20.10, 26.1, 28.5). `sourceOf` gives a number as it is written, because `1e3` and `1.0` are no integers to dockerd.
 */
export function wrongTypes(
  option: Option,
  value: Json,
  sourceOf: (path: readonly string[]) => string | null,
): readonly WrongType[] {
  if (value === null) return [];
  const { kind, key } = option;
  const outer = mismatch(kind, value, sourceOf([]));
  if (outer) return [{ path: [], ...outer }];
  const members = Array.isArray(value)
    ? value.map((item: Json, index): [string, Json] => [String(index), item])
    : Object.entries(isJsonObject(value) ? value : {});
  return members.flatMap(([name, item]) => {
    const inner = innerKind(kind, key);
    const wrong = inner === null || item === null ? null : mismatch(inner, item, sourceOf([name]));
    if (wrong) return [{ path: [name], ...wrong }];
    // Its members are objects of text themselves.
    return key === 'default-network-opts' && isJsonObject(item) ? textOnly(name, item) : [];
  });
}

const textOnly = (name: string, item: JsonObject): readonly WrongType[] =>
  Object.entries(item).flatMap(([inner, value]) => {
    const wrong = value === null ? null : mismatch('string', value, null);
    return wrong ? [{ path: [name, inner], ...wrong }] : [];
  });

/** What the members of a list or an object have to be; null: anything. */
function innerKind(kind: OptionKind, key: string): OptionKind | null {
  if (kind === 'string[]' || kind === 'string-map') return 'string';
  if (kind === 'object[]') return 'object';
  if (kind !== 'object') return null;
  return key === 'runtimes' || key === 'default-ulimits' || key === 'default-network-opts' ? 'object' : null;
}

const largest = 2n ** 63n - 1n;

/** Digits alone, and not more than fit into 64 bits. */
function isInteger(source: string): boolean {
  if (!/^-?\d+$/.test(source)) return false;
  const number = BigInt(source);
  return number <= largest && number >= -largest - 1n;
}

function mismatch(kind: OptionKind, value: Json, source: string | null): Omit<WrongType, 'path'> | null {
  const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const wrong = (expected: string): Omit<WrongType, 'path'> | null => (found === expected ? null : { expected, found });
  switch (kind) {
    case 'boolean':
      return wrong('boolean');
    case 'integer':
      if (typeof value !== 'number') return wrong('integer');
      return isInteger(source ?? value.toString()) ? null : { expected: 'integer', found };
    case 'string':
    case 'size':
    case 'path':
      return wrong('string');
    case 'string[]':
    case 'object[]':
      return wrong('array');
    case 'string-map':
    case 'object':
      return wrong('object');
  }
}
