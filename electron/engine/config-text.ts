// The daemon configuration file as text: a strict reading, and edits that leave all other bytes alone.
import { valueAt, type Edit, type Patch } from '../contract/change.ts';
import { patched } from '../contract/change.ts';
import { isJsonObject, sameJson, type Json, type JsonObject } from '../contract/json.ts';
import { fail, ok, type Place, type Problem, type Result, type TextFault } from '../contract/problem.ts';
import { decode, encode, type DecodedText, type Encoding } from './config-encoding.ts';
import { withMember, withoutMember, withValue } from './config-splice.ts';
import { readTree, type ObjectNode } from './config-tree.ts';
import { placeAt } from './text-place.ts';

/** A configuration that dockerd can read. */
export type ConfigText = {
  readonly path: string;
  /** Without the byte order mark. */
  readonly text: string;
  /** What dockerd takes from it: of duplicate keys the last; nothing from an empty text or `null`. */
  readonly values: JsonObject;
  readonly encoding: Encoding;
  readonly bom: boolean;
  /** Keys that stand more than once in one object, at each repetition. Such a text can be read but not edited. */
  readonly duplicates: readonly { readonly path: readonly string[]; readonly place: Place }[];
  /** Where text follows the document; only 20.10 reads over that. */
  readonly trailing: Place | null;
};

/** A new file is UTF-8 without a mark. */
export const newText: Pick<DecodedText, 'encoding' | 'bom'> = { encoding: 'utf-8', bom: false };

// White space that 23.0 and newer cut off around the document (Go's unicode.IsSpace); inside, only JSON's own counts.
const outerSpace = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/;
const jsonSpace = /^[\t\n\r ]*/;

/**
 * Reads bytes as this version of dockerd would at its start (null: as the newest). Differences measured on 20.10, 26.1
 * and 28.5: 20.10 refuses an empty file and byte order marks, and reads over what follows the document.
 * Fails with `config.invalid`. Its `detail` is what stands at the place: characters, a byte, or a key.
 */
export function readConfigText(bytes: Uint8Array, path: string, engineVersion: string | null): Result<ConfigText> {
  const old = isBefore23(engineVersion);
  const invalid = (fault: TextFault, place: Place, detail: string): Result<never> =>
    fail({ kind: 'config.invalid', path, fault, place, detail });

  const decoded = decode(bytes, !old);
  if ('fault' in decoded) return invalid(decoded.fault, decoded.place, decoded.detail);
  const { text, encoding, bom } = decoded;
  const space = old ? jsonSpace : outerSpace;
  const from = space.exec(text)?.[0].length ?? 0;
  if (from === text.length) {
    if (old) return invalid('empty', placeAt(text, from), '');
    return ok({ path, text, values: {}, encoding, bom, duplicates: [], trailing: null });
  }
  const tree = readTree(text, from);
  if ('fault' in tree) return invalid(tree.fault, placeAt(text, tree.offset), tree.found);
  const { root, duplicates } = tree;
  const rest = text.slice(root.end);
  const after = root.end + (space.exec(rest)?.[0].length ?? 0);
  const trailing = after === text.length ? null : placeAt(text, after);
  if (trailing && !old)
    return invalid(commentAt(text, after) ? 'comment' : 'trailing-text', trailing, text.slice(after, after + 20));
  const value = JSON.parse(text.slice(root.start, root.end)) as Json;
  return ok({
    path,
    text,
    values: isJsonObject(value) ? value : {},
    encoding,
    bom,
    duplicates: duplicates.map(({ path: keys, offset }) => ({ path: keys, place: placeAt(text, offset) })),
    trailing,
  });
}

/**
 * As `readConfigText`, for checks alone: 20.10 reads over bytes that are no UTF-8 (measured), which could not be written
 * back. `malformed` then says where they are.
 */
export function readAsDaemon(
  bytes: Uint8Array,
  path: string,
  engineVersion: string | null,
): Result<ConfigText & { readonly malformed: Extract<Problem, { kind: 'config.invalid' }> | null }> {
  const read = readConfigText(bytes, path, engineVersion);
  if (read.ok) return ok({ ...read.value, malformed: null });
  const { problem } = read;
  if (!isBefore23(engineVersion) || problem.kind !== 'config.invalid' || problem.fault !== 'encoding') return read;
  const again = readConfigText(Buffer.from(Buffer.from(bytes).toString('utf8')), path, engineVersion);
  return again.ok ? ok({ ...again.value, malformed: problem }) : read;
}

const commentAt = (text: string, offset: number): boolean => /^(?:#|\/\/|\/\*)/.test(text.slice(offset, offset + 2));

/** 20.10 and older; a version without a number is taken for a new one. */
const isBefore23 = (version: string | null): boolean => Number(/^v?(\d+)\./.exec(version ?? '')?.[1] ?? 23) < 23;

/** The bytes of a text, encoded like another. */
export const encodeConfigText = (text: string, like: Pick<DecodedText, 'encoding' | 'bom'>): Uint8Array =>
  encode(text, like);

/**
 * The text with the patch applied: its values become `patched(values, patch)`, every byte outside the asked members stays.
 * Fails with `config.invalid` (`duplicate-key`, with the place and the key) where any object holds a key twice: dockerd
 * takes the last, and nobody knows which one was meant.
 */
export function editConfigText(config: ConfigText, patch: Patch): Result<string> {
  if (patch.length === 0) return ok(config.text);
  const twice = config.duplicates[0];
  if (twice) {
    const { path, place } = twice;
    return fail({
      kind: 'config.invalid',
      path: config.path,
      fault: 'duplicate-key',
      place,
      detail: path.at(-1) ?? '',
    });
  }
  const text = patch.reduce(edited, config.text);
  if (!sameJson(valuesIn(text), patched(config.values, patch))) throw new Error('An edit changed more than was asked');
  return ok(text);
}

function edited(text: string, edit: Edit): string {
  if (edit.path.length === 0) return text;
  return 'set' in edit ? set(text, edit.path, edit.set) : remove(text, edit.path);
}

function set(text: string, path: readonly string[], value: Json): string {
  const before = valueAt(valuesIn(text), path);
  if (sameJson(before, value)) return text;
  if (isJsonObject(before) && isJsonObject(value)) {
    // Only the members that differ, so that the rest of the object keeps its form.
    const gone = Object.keys(before).filter((key) => !Object.hasOwn(value, key));
    const without = gone.reduce((now, key) => remove(now, [...path, key]), text);
    return Object.entries(value).reduce((now, [key, inner]) => set(now, [...path, key], inner), without);
  }
  const document = withRoot(text);
  const { objects, rest } = walk(rootOf(document), path);
  const key = rest[0];
  const object = objects.at(-1);
  if (key === undefined || object === undefined) throw new Error('A path to a value ends in no object');
  const wrapped = rest.slice(1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  const there = object.members.find((member) => member.key === key);
  return there ? withValue(document, object, there, wrapped) : withMember(document, object, key, wrapped);
}

function remove(text: string, path: readonly string[]): string {
  if (valueAt(valuesIn(text), path) === undefined) return text;
  const { objects, rest } = walk(rootOf(text), path);
  const object = objects.at(-1);
  const index = object?.members.findIndex((member) => member.key === rest[0]) ?? -1;
  return object && index !== -1 ? withoutMember(text, object, index) : text;
}

/** The objects along a path, and the part of it that begins in the last of them. */
function walk(root: ObjectNode, path: readonly string[]): { objects: readonly ObjectNode[]; rest: readonly string[] } {
  const objects = [root];
  for (const key of path.slice(0, -1)) {
    const inner = objects.at(-1)?.members.find((member) => member.key === key)?.value;
    if (inner?.kind !== 'object') break;
    objects.push(inner);
  }
  return { objects, rest: path.slice(objects.length - 1) };
}

/** The text with an object in it, where it was empty or `null`. */
function withRoot(text: string): string {
  const from = outerSpace.exec(text)?.[0].length ?? 0;
  if (from === text.length) return text === '' ? '{}\n' : `{}${text}`;
  const tree = readTree(text, from);
  if ('fault' in tree || tree.root.kind === 'object') return text;
  return `${text.slice(0, tree.root.start)}{}${text.slice(tree.root.end)}`;
}

function rootOf(text: string): ObjectNode {
  const tree = readTree(text, outerSpace.exec(text)?.[0].length ?? 0);
  if ('fault' in tree || tree.root.kind !== 'object') throw new Error('A text that was read before is no object now');
  return tree.root;
}

function valuesIn(text: string): JsonObject {
  const from = outerSpace.exec(text)?.[0].length ?? 0;
  if (from === text.length) return {};
  const tree = readTree(text, from);
  if ('fault' in tree) throw new Error('A text that was read before cannot be read now');
  const value = JSON.parse(text.slice(tree.root.start, tree.root.end)) as Json;
  return isJsonObject(value) ? value : {};
}
