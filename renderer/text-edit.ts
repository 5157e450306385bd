// Setting one option inside a text that is being edited by hand; loaded only when a field meets such a draft.
import { applyEdits, findNodeAtLocation, modify, parseTree, type Edit } from 'jsonc-parser';
import type { Patch } from '@contract/change.ts';
import type { Json } from '@contract/json.ts';

/** The text with the value at this path set, or removed; all else stays as typed. The text must be valid JSON. */
export function textWith(text: string, path: readonly string[], value: Json | undefined): string {
  const start = text.trim() === '' ? `{}${endOf(text)}` : text;
  const root = parseTree(start);
  const isNew = value !== undefined && root && findNodeAtLocation(root, [...path]) === undefined;
  // Given a style, the library would lay out the neighbors too: without one, it touches nothing but the place itself.
  const edits = modify(start, [...path], value, {});
  return applyEdits(start, isNew ? edits.map((edit) => laidOut(start, edit)) : edits);
}

/** The text with all of these edits. */
export const textWithAll = (text: string, patch: Patch): string =>
  patch.reduce((now, edit) => textWith(now, edit.path, 'set' in edit ? edit.set : undefined), text);

/** A new property on a line of its own, as deep as the one before it. */
function laidOut(text: string, { offset, length, content }: Edit): Edit {
  const [, comma, key, value] = /^(,?)("(?:[^"\\]|\\.)*"):(.*)$/s.exec(content) ?? [];
  if (key === undefined || value === undefined) return { offset, length, content };
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const outer = /^[ \t]*/.exec(line)?.[0] ?? '';
  const step = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const first = comma === '';
  const indent = first ? outer + step : outer || (line.trimStart().startsWith('{') ? step : '');
  const eol = endOf(text);
  const laid = JSON.stringify(JSON.parse(value), null, step).replaceAll('\n', eol + indent);
  const closes = first && /^\s*\}/.test(text.slice(offset)) && !/^\s*\n/.test(text.slice(offset));
  return { offset, length, content: `${comma ?? ''}${eol}${indent}${key}: ${laid}${closes ? eol + outer : ''}` };
}

const endOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
