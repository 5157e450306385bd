// Whether a value has the form that dockerd reads for its option; where not, dockerd refuses the whole file.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { isAtLeast, newestKnownVersion, type Option, type OptionKey, type OptionKind } from '../contract/options.ts';

/** A value of the wrong type; `path` goes on from the option's own. */
export type WrongType = { readonly path: readonly string[]; readonly expected: string; readonly found: string };

/** What a value is read into; `any` takes everything. */
type Shape =
  | 'any'
  | 'boolean'
  | 'integer'
  | 'string'
  | { readonly list: Shape }
  /** An object whose names are anybody's choice. */
  | { readonly map: Shape }
  /** An object with names of dockerd's; others are passed over. */
  | { readonly members: Readonly<Record<string, Shape>> };

const texts = { list: 'string' } as const;

/** [source of 20.10, 26.1, 28.5; measured on all three] */
function shapeOf({ key, kind }: Option, version: string): Shape {
  const isOld = !isAtLeast(version, '23.0');
  const limits = isAtLeast(version, '28.0')
    ? ({ reservedSpace: 'string', maxUsedSpace: 'string', minFreeSpace: 'string' } as const)
    : {};
  const nested: { readonly [key in OptionKey]?: Shape } = {
    'default-address-pools': { list: { members: { base: 'string', size: 'integer' } } },
    'default-network-opts': { map: { map: 'string' } },
    'default-ulimits': { map: { members: { name: 'string', hard: 'integer', soft: 'integer' } } },
    runtimes: {
      map: {
        members: {
          path: 'string',
          runtimeArgs: texts,
          ...(isOld ? {} : { runtimeType: 'string', options: { map: 'any' } }),
        },
      },
    },
    'builder.GC.Policy': { list: { members: { all: 'boolean', keepStorage: 'string', ...limits } } },
    'builder.History': { members: { maxAge: 'string', maxEntries: 'integer' } },
  };
  return nested[key] ?? shapeOfKind[kind];
}

const shapeOfKind: Readonly<Record<OptionKind, Shape>> = {
  boolean: 'boolean',
  integer: 'integer',
  string: 'string',
  size: 'string',
  path: 'string',
  'string[]': texts,
  'object[]': { list: { map: 'any' } },
  'string-map': { map: 'string' },
  object: { map: 'any' },
};

/**
 * All values of the wrong type in an option's value, for a version (null: the newest). `null` passes everywhere: dockerd
 * leaves the default (measured on 20.10, 26.1, 28.5). `sourceOf` gives a number as it is written, because `1e3` and
 * `1.0` are no integers to dockerd.
 */
export function wrongTypes(
  option: Option,
  value: Json,
  version: string | null,
  sourceOf: (path: readonly string[]) => string | null,
): readonly WrongType[] {
  const inside = (shape: Shape, part: Json, path: readonly string[]): readonly WrongType[] => {
    if (part === null || shape === 'any') return [];
    const wrong = mismatch(shape, part, sourceOf(path));
    if (wrong) return [{ path, ...wrong }];
    return partsOf(shape, part).flatMap(([name, one, of]) => inside(of, one, [...path, name]));
  };
  return inside(shapeOf(option, version ?? newestKnownVersion), value, []);
}

/** What is inside of a value of the right type, each with what it is read into. */
function partsOf(shape: Shape, value: Json): readonly (readonly [string, Json, Shape])[] {
  if (typeof shape === 'string') return [];
  if ('list' in shape)
    return Array.isArray(value) ? value.map((item: Json, index) => [String(index), item, shape.list]) : [];
  if (!isJsonObject(value)) return [];
  if ('map' in shape) return Object.entries(value).map(([name, item]) => [name, item, shape.map]);
  return Object.entries(shape.members).flatMap(([name, of]) =>
    membersOf(value, name).map(([written, item]): readonly [string, Json, Shape] => [written, item, of]),
  );
}

/** A name is a member's whatever its case; all that are written are read, one after the other. */
const membersOf = (object: JsonObject, name: string): readonly (readonly [string, Json])[] =>
  Object.entries(object).filter(([written]) => written.toLowerCase() === name.toLowerCase());

/** The member of an object that counts, as it is written: the last one (measured on 20.10, 26.1, 28.5). */
export function memberOf(
  value: Json | undefined,
  name: string,
): { readonly written: string; readonly value: Json } | undefined {
  const found = value !== undefined && isJsonObject(value) ? membersOf(value, name).at(-1) : undefined;
  return found && { written: found[0], value: found[1] };
}

const largest = 2n ** 63n - 1n;

/** Digits alone, and not more than fit into 64 bits. */
function isInteger(source: string): boolean {
  if (!/^-?\d+$/.test(source)) return false;
  const number = BigInt(source);
  return number <= largest && number >= -largest - 1n;
}

function mismatch(shape: Exclude<Shape, 'any'>, value: Json, source: string | null): Omit<WrongType, 'path'> | null {
  const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const expected = typeof shape === 'string' ? shape : 'list' in shape ? 'array' : 'object';
  const fits =
    expected === 'integer' ? typeof value === 'number' && isInteger(source ?? value.toString()) : found === expected;
  return fits ? null : { expected, found };
}
