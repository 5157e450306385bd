// Collects what was measured, prints it as a table with target and result, and keeps it as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, median } from './numbers.ts';

/** One line of the table. */
export type Row = {
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'kB';
  /** Median of ours. */
  readonly ours: number;
  /** Median of what it is compared with, and how ours relates to it. */
  readonly other: { readonly name: string; readonly value: number; readonly relation: string } | null;
  /** Null: told for information, without a target. */
  readonly target: string | null;
  readonly met: boolean | null;
  readonly runs: number;
  /** Parts of ours by name, medians. */
  readonly parts: Readonly<Record<string, number>>;
  /** Every single measurement; pairs stand at the same index. */
  readonly samples: { readonly ours: readonly number[]; readonly other: readonly number[] };
};

type Told = {
  readonly what: string;
  readonly unit: Row['unit'];
  readonly parts?: Readonly<Record<string, number>>;
};

export type Pairs = readonly (readonly [ours: number, other: number])[];

/** A line that compares with something measured in turn. `limit` is the highest ratio that is good. */
export function ratioRow(told: Told, otherName: string, pairs: Pairs, limit: number | null): Row {
  const { ratio, low, high } = compare(pairs);
  const [ours, other] = [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
  return {
    parts: {},
    ...told,
    ours: median(ours),
    other: {
      name: otherName,
      value: median(other),
      relation: `${ratio.toFixed(2)}x (${low.toFixed(2)} to ${high.toFixed(2)})`,
    },
    target: limit === null ? null : `${limit.toFixed(2)}x`,
    met: limit === null ? null : ratio <= limit,
    runs: pairs.length,
    samples: { ours, other },
  };
}

/** A line that may exceed something measured in turn by a fixed amount. */
export function differenceRow(told: Told, otherName: string, pairs: Pairs, limit: number): Row {
  const [ours, other] = [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
  const difference = median(ours) - median(other);
  const sign = difference < 0 ? '' : '+';
  return {
    parts: {},
    ...told,
    ours: median(ours),
    other: { name: otherName, value: median(other), relation: `${sign}${number(difference)} ${told.unit}` },
    target: `+${number(limit)} ${told.unit}`,
    met: difference <= limit,
    runs: pairs.length,
    samples: { ours, other },
  };
}

/** A line with a fixed limit, or with none. */
export function plainRow(told: Told, samples: readonly number[], limit: number | null): Row {
  const ours = median(samples);
  return {
    parts: {},
    ...told,
    ours,
    other: null,
    target: limit === null ? null : `${number(limit)} ${told.unit}`,
    met: limit === null ? null : ours < limit,
    runs: samples.length,
    samples: { ours: samples, other: [] },
  };
}

const number = (value: number): string => (Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0));

const headings = ['Measured', 'Afloat', 'compared with', 'relation', 'target', 'result', 'runs'];

/** The table as Markdown, which is as readable in a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.flatMap((row) => [cellsOf(row), ...partsOf(row)]);
  const widths = headings.map((heading, i) => Math.max(heading.length, ...lines.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(headings), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(line)].join('\n');
}

function cellsOf({ what, unit, ours, other, target, met, runs }: Row): readonly string[] {
  return [
    what,
    `${number(ours)} ${unit}`,
    other ? `${other.name}: ${number(other.value)} ${unit}` : '',
    other?.relation ?? '',
    target ?? '',
    met === null ? '' : met ? 'met' : 'NOT met',
    String(runs),
  ];
}

const partsOf = ({ parts, unit }: Row): readonly (readonly string[])[] =>
  Object.entries(parts).map(([name, value]) => [`- ${name}`, `${number(value)} ${unit}`, '', '', '', '', '']);

/** Writes everything, with what is needed to judge it later; returns the path. */
export function keep(folder: string, about: Readonly<Record<string, unknown>>, rows: readonly Row[]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(path, `${JSON.stringify({ ...about, rows }, null, 2)}\n`);
  return path;
}
