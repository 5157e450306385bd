// Reads a JSON text strictly, as dockerd does, into a tree that remembers where everything stands.
import { createScanner } from 'jsonc-parser';
import type { TextFault } from '../contract/problem.ts';

export type ScalarNode = { readonly kind: 'scalar'; readonly start: number; readonly end: number };
export type ArrayNode = { readonly kind: 'array'; readonly start: number; end: number; readonly items: Node[] };
export type ObjectNode = { readonly kind: 'object'; readonly start: number; end: number; readonly members: Member[] };
export type Node = ScalarNode | ArrayNode | ObjectNode;

/** One `"key": value`; it begins with the key's quote and ends where its value ends. */
export type Member = {
  readonly key: string;
  readonly start: number;
  readonly keyEnd: number;
  readonly value: Node;
};

/** Where a text stops being what dockerd reads, and what stands there. */
export type TreeFault = { readonly fault: TextFault; readonly offset: number; readonly found: string };

export type Duplicate = { readonly path: readonly string[]; readonly offset: number };

export type Tree = {
  /** An object, or the scalar `null`, which dockerd reads as an empty one. */
  readonly root: ScalarNode | ObjectNode;
  /** Keys that stand more than once in one object; dockerd takes the last. */
  readonly duplicates: readonly Duplicate[];
};

/**
 * dockerd stops at 10 000 levels. No option is deeper than a handful, and a value of several thousand levels ends
 * `structuredClone` and `JSON.stringify`, so we stop earlier.
 */
const deepest = 1_000;

// The scanner's kinds of token; its own enum cannot be used with isolated modules.
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  blank: 15,
  unknown: 16,
  end: 17,
} as const;

type Open = {
  readonly node: ObjectNode | ArrayNode;
  readonly keys: Set<string>;
  key: Pick<Member, 'key' | 'start' | 'keyEnd'> | null;
};
type Awaited = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

/** Reads the first document from an offset on; the caller judges what follows it. Not recursive: depth is the user's. */
export function readTree(text: string, from: number): Tree | TreeFault {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  const open: Open[] = [];
  const duplicates: Duplicate[] = [];
  let awaited: Awaited = 'value';
  let comma = -1;

  for (;;) {
    const kind: number = scanner.scan();
    if (kind === token.blank || kind === token.lineBreak) continue;
    const start = scanner.getTokenOffset();
    const end = scanner.getPosition();
    const source = text.slice(start, end);
    const fault = (what: TextFault, offset = start): TreeFault => ({
      fault: what,
      offset,
      found: shown(text, offset, end),
    });
    if (kind === token.lineComment || kind === token.blockComment || source.startsWith('#')) return fault('comment');
    if (kind === token.end) return fault('truncated');
    const wrong = faultInToken(text, kind, start, end, scanner.getTokenError());
    if (wrong) return wrong;
    const top = open.at(-1);

    if (awaited === 'colon') {
      if (kind !== token.colon) return fault('syntax');
      awaited = 'value';
      continue;
    }
    if (awaited === 'key' || (awaited === 'key-or-close' && kind !== token.closeBrace)) {
      if (kind === token.closeBrace) return fault('trailing-comma', comma);
      if (kind !== token.string || !top) return fault('syntax');
      const key = scanner.getTokenValue();
      if (top.keys.has(key)) duplicates.push({ path: [...pathTo(open), key], offset: start });
      top.keys.add(key);
      top.key = { key, start, keyEnd: end };
      awaited = 'colon';
      continue;
    }
    if (awaited === 'comma-or-close' && kind === token.comma) {
      comma = start;
      awaited = top?.node.kind === 'object' ? 'key' : 'value';
      continue;
    }
    const closes = top && kind === (top.node.kind === 'object' ? token.closeBrace : token.closeBracket);
    if (closes && awaited === 'value' && top.node.kind === 'array') return fault('trailing-comma', comma);
    if (closes && awaited !== 'value') {
      top.node.end = end;
      open.pop();
      if (open.length === 0 && top.node.kind === 'object') return { root: top.node, duplicates };
      awaited = 'comma-or-close';
      continue;
    }
    if (awaited === 'comma-or-close' || awaited === 'key-or-close') return fault('syntax');

    const node = begun(kind, start, end);
    if (node === null) return fault('syntax');
    if (!top) {
      if (node.kind === 'array' || (node.kind === 'scalar' && kind !== token.null)) return fault('not-an-object');
      if (node.kind === 'scalar') return { root: node, duplicates };
    } else if (top.node.kind === 'array') top.node.items.push(node);
    else if (top.key) top.node.members.push({ ...top.key, value: node });
    if (node.kind === 'scalar') {
      awaited = 'comma-or-close';
      continue;
    }
    if (open.length === deepest) return fault('too-deep');
    open.push({ node, keys: new Set(), key: null });
    awaited = node.kind === 'object' ? 'key-or-close' : 'value-or-close';
  }
}

function begun(kind: number, start: number, end: number): Node | null {
  if (kind === token.openBrace) return { kind: 'object', start, end, members: [] };
  if (kind === token.openBracket) return { kind: 'array', start, end, items: [] };
  return kind >= token.null && kind <= token.number ? { kind: 'scalar', start, end } : null;
}

/** Keys, and indexes of arrays, on the way to the innermost open value. */
const pathTo = (open: readonly Open[]): readonly string[] =>
  open.slice(0, -1).map(({ node, key }) => (node.kind === 'array' ? String(node.items.length - 1) : (key?.key ?? '')));

/** What the scanner lets pass but dockerd does not. */
function faultInToken(text: string, kind: number, start: number, end: number, error: number): TreeFault | null {
  const source = text.slice(start, end);
  const at = (fault: TextFault, offset: number): TreeFault => ({ fault, offset, found: shown(text, offset, end) });
  const atEnd = end === text.length;
  if (source.includes('\0')) return at('encoding', start + source.indexOf('\0'));
  if (kind === token.string && error !== 0) {
    for (const { index, 0: part } of source
      .slice(1)
      .matchAll(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\\]|[^\u0020-\uffff]/g)) {
      if (part.length === 1 && !(atEnd && /^\\u?[0-9a-fA-F]{0,3}$/.test(source.slice(1 + index))))
        return at('syntax', start + 1 + index);
    }
    return atEnd ? at('truncated', end) : at('syntax', end);
  }
  if (kind === token.number) {
    if (error !== 0) return atEnd ? at('truncated', end) : at('syntax', end);
    // A number that no float holds: dockerd refuses it, JSON.parse makes it Infinity.
    return Number.isFinite(Number(source)) ? null : at('syntax', start);
  }
  if (kind !== token.unknown) return null;
  const begins = ['true', 'false', 'null', '-'].some((word) => word.startsWith(source));
  return at(begins && atEnd ? 'truncated' : 'syntax', start);
}

/** A little of what stands there; characters that cannot be seen by their number. */
function shown(text: string, offset: number, end: number): string {
  const first = text.codePointAt(offset);
  if (first === undefined) return '';
  const visible = /^[^\p{C}\p{Z}]/u.test(String.fromCodePoint(first));
  if (!visible) return `U+${first.toString(16).toUpperCase().padStart(4, '0')}`;
  const source = text.slice(offset, Math.max(end, offset + 1));
  return (/^[^\p{C}\p{Z}]+/u.exec(source)?.[0] ?? source).slice(0, 20);
}
