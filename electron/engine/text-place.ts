// Turns an offset in a text into the line and column that an editor shows.
import type { Place } from '../contract/problem.ts';

/** Line and column of an offset, both from 1; lines end with LF, CRLF or CR, columns count UTF-16 units. */
export function placeAt(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    if (index + end.length > offset) break;
    line += 1;
    start = index + end.length;
  }
  return { line, column: offset - start + 1 };
}
