// Puts a text right that is no JSON for small reasons, byte for byte: comments, commas too many, keys that stand twice.
import { withoutMember } from './config-splice.ts';
import { readTree, type Node } from './config-tree.ts';

/** More slips than anybody makes by hand; then it is another kind of file. */
const limit = 1_000;

/** The repaired text; null where it cannot be repaired without guessing. The last of equal keys stays, as for dockerd. */
export function repairedText(text: string): string | null {
  let now = text;
  for (let round = 0; round < limit; round++) {
    if (now.trim() === '') return now;
    const tree = readTree(now, /^\s*/.exec(now)?.[0].length ?? 0);
    if (!('fault' in tree)) {
      const rest = withoutComments(now, tree.root.end);
      const once = tree.duplicates.length === 0 ? rest : withoutFirstRepeated(rest, tree.root);
      if (once === now) return rest.slice(tree.root.end).trim() === '' ? now : null;
      now = once;
      continue;
    }
    const { fault, offset } = tree;
    if (fault === 'trailing-comma') now = now.slice(0, offset) + now.slice(offset + 1);
    else if (fault === 'comment') now = now.slice(0, offset) + now.slice(endOfComment(now, offset));
    else return null;
  }
  return null;
}

/**
 * The text of a file that cannot be read, repaired; without options where nothing but comments stood in it. Null where
 * that would be a guess: bytes that are no UTF-8 mean something that nobody knows.
 */
export function repairedBytes(bytes: Uint8Array): string | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const repaired = repairedText(text);
  return repaired?.trim() === '' ? '{}\n' : repaired;
}

/** A line's comment ends before the line does. */
function endOfComment(text: string, offset: number): number {
  const [open, close] = text.startsWith('/*', offset) ? ['/*', '*/'] : ['', '\n'];
  const found = text.indexOf(close, offset + open.length);
  if (found === -1) return text.length;
  return close === '\n' ? found : found + close.length;
}

function withoutComments(text: string, from: number): string {
  let now = text;
  for (;;) {
    const found = /^\s*(?=#|\/\/|\/\*)/.exec(now.slice(from));
    if (found === null) return now;
    const offset = from + found[0].length;
    now = now.slice(0, offset) + now.slice(endOfComment(now, offset));
  }
}

/** The first of the members whose key stands again in the same object is taken away. */
function withoutFirstRepeated(text: string, node: Node): string {
  if (node.kind === 'scalar') return text;
  if (node.kind === 'array') return firstChange(text, node.items);
  const index = node.members.findIndex(({ key }, i) => node.members.findLastIndex((other) => other.key === key) !== i);
  if (index !== -1) return withoutMember(text, node, index);
  return firstChange(
    text,
    node.members.map(({ value }) => value),
  );
}

function firstChange(text: string, nodes: readonly Node[]): string {
  for (const node of nodes) {
    const changed = withoutFirstRepeated(text, node);
    if (changed !== text) return changed;
  }
  return text;
}
