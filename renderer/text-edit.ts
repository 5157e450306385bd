// Setting one option inside a text that is being edited by hand; loaded only when a field meets such a draft.
import { applyEdits, modify } from 'jsonc-parser';
import type { Json } from '@contract/json.ts';

/** The text with the value at this path set, or removed; everything else stays as typed. The text must be valid. */
export function textWith(text: string, path: readonly string[], value: Json | undefined): string {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const start = text.trim() === '' ? `{}${formattingOptions.eol}` : text;
  return applyEdits(start, modify(start, [...path], value, { formattingOptions }));
}
