// How text looks on a terminal: a few colors, and columns that line up.
import { padded, textWidth } from './text-width.ts';

export type TextStyle = {
  readonly good: (text: string) => string;
  readonly careful: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
};

const plain = (text: string): string => text;
const code =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001B[${on}m${text}\u001B[${off}m`;

/** Without colors every function gives its text back as it is. */
export const createStyle = (colors: boolean): TextStyle =>
  colors
    ? { good: code(32, 39), careful: code(33, 39), bad: code(31, 39), strong: code(1, 22), quiet: code(2, 22) }
    : { good: plain, careful: plain, bad: plain, strong: plain, quiet: plain };

/** Colors only on a terminal that knows them; NO_COLOR says no whatever its value (no-color.org). */
export const wantsColors = (isTty: boolean, env: Readonly<Record<string, string | undefined>>): boolean =>
  isTty && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

/** A column of labels and what stands beside each; further lines of a value stand below its first. */
export function labeled(rows: readonly (readonly [label: string, value: string])[], style: TextStyle): string {
  const width = Math.max(0, ...rows.map(([label]) => textWidth(label))) + 2;
  return rows
    .flatMap(([label, value]) =>
      value
        .split('\n')
        .map((line, i) => `${i === 0 ? style.quiet(padded(label, width)) : ' '.repeat(width)}${line}`.trimEnd()),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Rows whose cells line up; `paint` colors a cell after it was measured. */
export function columns(
  rows: readonly (readonly string[])[],
  paint: (cell: string, row: number, column: number) => string = plain,
): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));
  return rows.map((row, r) =>
    row
      .map(
        (cell, c) =>
          paint(cell, r, c) + (c === row.length - 1 ? '' : ' '.repeat((widths[c] ?? 0) - textWidth(cell) + 2)),
      )
      .join('')
      .trimEnd(),
  );
}

/** All lines moved in by two blanks. */
export const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** Text from outside, harmless on a terminal: control characters show as escapes. Tabs and line ends stay. */
export const visible = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, (sign) =>
    sign === '\r' ? '' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
