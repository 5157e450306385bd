// Puts one member into a configuration text, changes it or takes it out; every other byte stays.
import { sameJson, type Json } from '../contract/json.ts';
import { childrenOf, indentAt, rendered, spansLines, styleOf } from './config-style.ts';
import { readTree, type ArrayNode, type Member, type ObjectNode } from './config-tree.ts';

const splice = (text: string, start: number, end: number, put: string): string =>
  text.slice(0, start) + put + text.slice(end);

/** The text with a new last member in this object, laid out like the members before it. */
export function withMember(text: string, object: ObjectNode, key: string, value: Json): string {
  const root = rootOf(text);
  const style = styleOf(text, root);
  const write = (indent: string, inline: boolean): string =>
    JSON.stringify(key) + style.colon + rendered(value, style, indent, inline);
  const last = object.members.at(-1);
  if (last) {
    const gap = gapAfter(text, object, style.comma);
    return splice(text, last.value.end, last.value.end, gap + write(indentAt(text, last.start), !spansLines(gap)));
  }
  const isRoot = object.start === root.start;
  if (!isRoot && (style.object.inline || !spansLines(text.slice(root.start, root.end)))) {
    const { pad } = style.object;
    return splice(text, object.start, object.end, `{${pad}${write('', true)}${pad}}`);
  }
  const outer = indentAt(text, object.start);
  const inner = outer + style.unit;
  const { lineEnd } = style;
  return splice(text, object.start, object.end, `{${lineEnd}${inner}${write(inner, false)}${lineEnd}${outer}}`);
}

/** The text with another value for a member; what an array keeps stays as it was written. */
export function withValue(text: string, object: ObjectNode, member: Member, value: Json): string {
  const style = styleOf(text, rootOf(text));
  const { start, end, kind } = member.value;
  const old = text.slice(start, end);
  if (member.value.kind === 'array' && member.value.items.length > 0 && Array.isArray(value) && value.length > 0) {
    return splice(text, start, end, withItems(text, member.value, value));
  }
  const inline =
    kind === 'scalar' || /^.\s*.$/.test(old) ? !spansLines(text.slice(object.start, object.end)) : !spansLines(old);
  return splice(text, start, end, rendered(value, style, indentAt(text, member.start), inline));
}

/**
 * The text without one member, its comma and its line. Of the two gaps beside it the one with fewer line breaks goes, so
 * that blank lines between groups stay. The last of all leaves `{}`.
 */
export function withoutMember(text: string, object: ObjectNode, index: number): string {
  const children = childrenOf(object);
  const [before, own, after] = [children[index - 1], children[index], children[index + 1]];
  if (!own) return text;
  if (!before && !after) return splice(text, object.start, object.end, '{}');
  const gapBefore = before ? linesIn(text.slice(before.end, own.start)) : Infinity;
  const gapAfterwards = after ? linesIn(text.slice(own.end, after.start)) : Infinity;
  return before && gapBefore <= gapAfterwards
    ? splice(text, before.end, own.end, '')
    : splice(text, own.start, after?.start ?? own.end, '');
}

const linesIn = (source: string): number => source.match(/\r\n|\n|\r/g)?.length ?? 0;

/** The array's own text with other items: its layout, and the writing of equal items at both ends, stay. */
function withItems(text: string, array: ArrayNode, wanted: readonly Json[]): string {
  const { items, start, end } = array;
  const style = styleOf(text, rootOf(text));
  const had = items.map((item) => JSON.parse(text.slice(item.start, item.end)) as Json);
  let head = 0;
  while (head < had.length && head < wanted.length && sameJson(had[head], wanted[head])) head += 1;
  let tail = 0;
  while (tail < Math.min(had.length, wanted.length) - head && sameJson(had.at(-1 - tail), wanted.at(-1 - tail)))
    tail += 1;

  const inline = !spansLines(text.slice(start, end));
  const indent = indentAt(text, items[0]?.start ?? start);
  const shift = had.length - wanted.length;
  /** The old item that stands at this place now; undefined where the item is new. */
  const keptAt = (index: number): number | undefined =>
    index < head ? index : index >= wanted.length - tail ? index + shift : undefined;
  const gap = gapAfter(text, array, style.comma);
  const parts = wanted.map((value, index) => {
    const kept = keptAt(index);
    const next = keptAt(index + 1);
    const item = kept === undefined ? undefined : items[kept];
    const nextItem = next === undefined ? undefined : items[next];
    const own = item ? text.slice(item.start, item.end) : rendered(value, style, indent, inline);
    if (index === wanted.length - 1) return own;
    return own + (item && nextItem && next === (kept ?? 0) + 1 ? text.slice(item.end, nextItem.start) : gap);
  });
  return text.slice(start, items[0]?.start) + parts.join('') + text.slice(items.at(-1)?.end, end);
}

/** What to put between the last child and a new one: as between the two before, without blank lines. */
function gapAfter(text: string, node: ObjectNode | ArrayNode, comma: string): string {
  const children = childrenOf(node);
  const [last, before] = [children.at(-1), children.at(-2)];
  if (!last) return '';
  if (before) {
    const [left = '', right = ''] = text.slice(before.end, last.start).split(',');
    return `${oneBreak(left)},${oneBreak(right)}`;
  }
  const lead = text.slice(node.start + 1, last.start);
  return spansLines(lead) ? `,${oneBreak(lead)}` : comma;
}

/** Blanks with at most one line break: the last one, with the indentation after it. */
const oneBreak = (blanks: string): string => /(?:\r\n|\n|\r)[ \t]*$/.exec(blanks)?.[0] ?? blanks;

function rootOf(text: string): ObjectNode {
  const tree = readTree(text, text.search(/\{/));
  if ('fault' in tree || tree.root.kind !== 'object') throw new Error('There is no object to splice');
  return tree.root;
}
