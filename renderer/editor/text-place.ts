// Finds the option at a place of a text, and the place of an option; also in text that is only half typed.
import { findNodeAtLocation, getLocation, getNodeValue, parseTree, type JSONPath, type Node } from 'jsonc-parser';

/** Where something stands; offsets of the text. */
export type Range = { readonly from: number; readonly to: number };

/** Keys from the outermost in, up to the first list. */
export function pathAt(text: string, offset: number): readonly string[] {
  const keys: string[] = [];
  for (const part of getLocation(text, offset).path) {
    if (typeof part !== 'string' || part === '') break;
    keys.push(part);
  }
  return keys;
}

/** The key of an option; of what it stands in, where it is not there; null in a text without an object. */
export function keyRange(text: string, path: readonly string[]): Range | null {
  const root = parseTree(text);
  if (root?.type !== 'object') return null;
  for (let length = path.length; length > 0; length -= 1) {
    const key = findNodeAtLocation(root, path.slice(0, length))?.parent?.children?.[0];
    if (key) return rangeOf(key);
  }
  // Not there at all: behind the last member, where it would be added.
  const last = root.children?.at(-1);
  const at = last ? last.offset + last.length : root.offset + 1;
  return { from: at, to: at };
}

/** Whether an option stands in a text. */
export function isIn(text: string, path: readonly string[]): boolean {
  const root = parseTree(text);
  return root !== undefined && findNodeAtLocation(root, [...path]) !== undefined;
}

/** The keys of the object at a path. */
export function keysAt(text: string, path: JSONPath): readonly string[] {
  const root = parseTree(text);
  const object = root && (path.length === 0 ? root : findNodeAtLocation(root, path));
  if (object?.type !== 'object') return [];
  return (object.children ?? []).flatMap((member): readonly string[] => {
    const key: unknown = member.children?.[0]?.value;
    return typeof key === 'string' ? [key] : [];
  });
}

/** The value at a path, as far as the text can be read; undefined where there is none. */
export function valueAt(text: string, path: JSONPath): unknown {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, path);
  return node && getNodeValue(node);
}

/** From a place to the end of the word or text that begins there; one character at least, where there is one. */
export function rangeFrom(text: string, offset: number): Range {
  const at = Math.min(offset, text.length);
  const token = /^(?:"(?:[^"\\\n]|\\.)*"?|[\w.+-]+|\S)/.exec(text.slice(at))?.[0] ?? '';
  const to = at + token.length;
  return to > at ? { from: at, to } : { from: Math.max(0, at - 1), to: at };
}

const rangeOf = ({ offset, length }: Node): Range => ({ from: offset, to: offset + length });
