// Finds keys and values of a configuration in its text, for the places of findings.
import type { Json } from '../contract/json.ts';
import type { Place } from '../contract/problem.ts';
import { readTree, type Member, type Node } from './config-tree.ts';
import { placeAt } from './text-place.ts';

export type ConfigPlaces = {
  /** Where the key at this path stands; null where it is not in the text. */
  placeOf(path: readonly string[]): Place | null;
  /** The value at this path as it is written; null where it is not in the text. */
  sourceOf(path: readonly string[]): string | null;
  /** Keys that stand more than once in one object, at each repetition. */
  readonly duplicates: readonly { readonly path: readonly string[]; readonly place: Place }[];
  /** Values that a later one of the same key stands in for. */
  readonly shadowed: readonly { readonly path: readonly string[]; readonly place: Place; readonly value: Json }[];
};

/** Reads the text once. A text that cannot be read has no places; its fault is told elsewhere. */
export function configPlaces(text: string): ConfigPlaces {
  const tree = readTree(text, text.startsWith('\uFEFF') ? 1 : 0);
  if ('fault' in tree) return { placeOf: () => null, sourceOf: () => null, duplicates: [], shadowed: [] };
  const { root, duplicates } = tree;
  const at = (path: readonly string[]): Found | null => found(root, path);
  return {
    placeOf(path) {
      const start = at(path)?.start;
      return start === undefined ? null : placeAt(text, start);
    },
    sourceOf(path) {
      const value = at(path)?.value;
      return value === undefined ? null : text.slice(value.start, value.end);
    },
    duplicates: duplicates.map(({ path, offset }) => ({ path, place: placeAt(text, offset) })),
    shadowed:
      duplicates.length === 0
        ? []
        : shadowedIn(root, []).map(({ path, member }) => {
            const value = JSON.parse(text.slice(member.value.start, member.value.end)) as Json;
            return { path, place: placeAt(text, member.start), value };
          }),
  };
}

type Shadowed = { readonly path: readonly string[]; readonly member: Member };

/** In objects only: what repeats in a list's members is no option. */
function shadowedIn(node: Node, path: readonly string[]): readonly Shadowed[] {
  if (node.kind !== 'object') return [];
  return node.members.flatMap((member, index) => {
    const here = [...path, member.key];
    const again = node.members.findLastIndex(({ key }) => key === member.key) !== index;
    return [...(again ? [{ path: here, member }] : []), ...shadowedIn(member.value, here)];
  });
}

type Found = Pick<Member, 'start' | 'value'>;

/** Of a key that stands twice the last, because that one counts. */
function found(root: Node, path: readonly string[]): Found | null {
  let now: Found = { start: root.start, value: root };
  for (const part of path) {
    const next: Found | undefined = inside(now.value, part);
    if (next === undefined) return null;
    now = next;
  }
  return now;
}

function inside(node: Node, part: string): Found | undefined {
  if (node.kind === 'object') return node.members.findLast(({ key }) => key === part);
  const item = node.kind === 'array' ? node.items[Number(part)] : undefined;
  return item && { start: item.start, value: item };
}
