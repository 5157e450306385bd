// How a configuration text is laid out, and values written in that layout.
import type { Json } from '../contract/json.ts';
import { isJsonObject } from '../contract/json.ts';
import type { Node, ObjectNode } from './config-tree.ts';

type Layout = {
  /** True where such values stand on one line in this text. */
  readonly inline: boolean;
  /** Blanks inside the brackets of one that stands on one line. */
  readonly pad: string;
};

/** The user's own way of writing JSON. */
export type Style = {
  readonly lineEnd: string;
  /** One step of indentation. */
  readonly unit: string;
  /** From a key to its value. */
  readonly colon: string;
  /** Between values on one line. */
  readonly comma: string;
  readonly object: Layout;
  readonly array: Layout;
};

const lineBreak = /\r\n|\n|\r/;
export const spansLines = (source: string): boolean => lineBreak.test(source);

/** The blanks with which the line of this offset begins. */
export function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Learns the style from what is there; two blanks, LF and `": "` where nothing is. */
export function styleOf(text: string, root: ObjectNode): Style {
  const nodes = [...all(root)];
  const source = (node: Node): string => text.slice(node.start, node.end);
  const inlineRoot = root.members.length > 0 && !spansLines(source(root));
  const member = nodes.flatMap((node) => (node.kind === 'object' ? node.members : []))[0];
  const colon = member ? text.slice(member.keyEnd, member.value.start) : ': ';
  const gap = nodes.flatMap((node) => gapsIn(text, node)).find((between) => !spansLines(between));
  const layout = (kind: 'object' | 'array'): Layout => {
    const sample = nodes.find((node) => node !== root && node.kind === kind && childrenOf(node).length > 0);
    const like = sample ?? (kind === 'object' && inlineRoot ? root : undefined);
    const inline = like !== undefined && !spansLines(source(like));
    return { inline, pad: inline ? text.slice(like.start + 1, childrenOf(like)[0]?.start) : '' };
  };
  return {
    lineEnd: lineBreak.exec(text)?.[0] ?? '\n',
    unit: unitIn(text, nodes) ?? '  ',
    // Columns that were aligned by hand are not continued.
    colon: spansLines(colon) ? ': ' : colon.replace(/[ \t]{2,}/g, ' '),
    comma: gap ?? (/\s$/.test(colon) ? ', ' : ','),
    object: layout('object'),
    array: layout('array'),
  };
}

/** What stands between the children of a value: blanks, a comma, blanks. */
function gapsIn(text: string, node: Node): readonly string[] {
  const children = childrenOf(node);
  return children.slice(1).map((child, index) => text.slice(children[index]?.end, child.start));
}

function unitIn(text: string, nodes: readonly Node[]): string | null {
  for (const node of nodes) {
    const first = childrenOf(node)[0];
    if (!first || !spansLines(text.slice(node.start, first.start))) continue;
    const outer = indentAt(text, node.start);
    const inner = indentAt(text, first.start);
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return null;
}

/** Items of an array, or members of an object, by where they begin and end. */
export function childrenOf(node: Node): readonly { readonly start: number; readonly end: number }[] {
  if (node.kind === 'array') return node.items;
  return node.kind === 'object' ? node.members.map(({ start, value }) => ({ start, end: value.end })) : [];
}

function* all(node: Node): Generator<Node> {
  yield node;
  const inner =
    node.kind === 'array' ? node.items : node.kind === 'object' ? node.members.map(({ value }) => value) : [];
  for (const child of inner) yield* all(child);
}

/** A value in this style. `indent` is that of the line it begins on; `inline` keeps all of it on that line. */
export function rendered(value: Json, style: Style, indent: string, inline: boolean): string {
  const isList = Array.isArray(value);
  if (!isList && !isJsonObject(value)) return JSON.stringify(value);
  const layout = isList ? style.array : style.object;
  const flat = inline || layout.inline;
  const deeper = indent + style.unit;
  const parts = isList
    ? value.map((item: Json) => rendered(item, style, deeper, flat))
    : Object.entries(value).map(
        ([key, item]) => JSON.stringify(key) + style.colon + rendered(item as Json, style, deeper, flat),
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (flat) return open + layout.pad + parts.join(style.comma) + layout.pad + close;
  const line = style.lineEnd + deeper;
  return open + line + parts.join(`,${line}`) + style.lineEnd + indent + close;
}
