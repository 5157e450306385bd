// Finds keys and values of a configuration in its text, for the places of findings.
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
};

/** Reads the text once. A text that cannot be read has no places; its fault is told elsewhere. */
export function configPlaces(text: string): ConfigPlaces {
  const tree = readTree(text, text.startsWith('\uFEFF') ? 1 : 0);
  if ('fault' in tree) return { placeOf: () => null, sourceOf: () => null, duplicates: [] };
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
  };
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
