// The difference of two texts as a unified diff, with three lines around each change.

type Op = { readonly mark: ' ' | '-' | '+'; readonly line: string };

const AROUND = 3;
/** Where more lines differ than this, they are shown as one block: exact, only not as short as can be. */
const LARGEST = 1000;

/** Empty where the texts are the same. A missing line end at the end of a text is told as `diff` does it. */
export function unifiedDiff(before: string, after: string, name: string): string {
  if (before === after) return '';
  const ops = opsBetween(linesOf(before), linesOf(after));
  const hunks = hunksOf(ops).map(({ from, to }) => hunk(ops, from, to));
  const old = before === '' ? '/dev/null' : name;
  return [`--- ${old}\n`, `+++ ${name}\n`, ...hunks].join('');
}

/** Lines with their ends, so that a change of line ends shows. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function opsBetween(a: readonly string[], b: readonly string[]): readonly Op[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const marked = (mark: Op['mark'], lines: readonly string[]): readonly Op[] => lines.map((line) => ({ mark, line }));
  const oldMiddle = a.slice(head, a.length - tail);
  const newMiddle = b.slice(head, b.length - tail);
  const middle =
    Math.max(oldMiddle.length, newMiddle.length) > LARGEST
      ? [...marked('-', oldMiddle), ...marked('+', newMiddle)]
      : shortest(oldMiddle, newMiddle);
  return [...marked(' ', a.slice(0, head)), ...middle, ...marked(' ', a.slice(a.length - tail))];
}

/** By the table of the longest common subsequences' lengths. */
function shortest(a: readonly string[], b: readonly string[]): readonly Op[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const common = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
    }
  }
  const ops: Op[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const gone = a[i];
    const fresh = b[j];
    if (gone !== undefined && gone === fresh) {
      ops.push({ mark: ' ', line: gone });
      i += 1;
      j += 1;
    } else if (gone !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      ops.push({ mark: '-', line: gone });
      i += 1;
    } else {
      ops.push({ mark: '+', line: fresh ?? '' });
      j += 1;
    }
  }
  return ops;
}

/** Ranges of ops to show; changes that are near each other share one. */
function hunksOf(ops: readonly Op[]): readonly { readonly from: number; readonly to: number }[] {
  const hunks: { from: number; to: number }[] = [];
  ops.forEach(({ mark }, at) => {
    if (mark === ' ') return;
    const last = hunks.at(-1);
    const to = Math.min(ops.length, at + AROUND + 1);
    if (last && at - AROUND <= last.to) last.to = to;
    else hunks.push({ from: Math.max(0, at - AROUND), to });
  });
  return hunks;
}

function hunk(ops: readonly Op[], from: number, to: number): string {
  const shown = ops.slice(from, to);
  const range = (without: Op['mark']): string => {
    const count = shown.filter(({ mark }) => mark !== without).length;
    const first = ops.slice(0, from).filter(({ mark }) => mark !== without).length + (count === 0 ? 0 : 1);
    return count === 1 ? `${first}` : `${first},${count}`;
  };
  const lines = shown.map(({ mark, line }) =>
    line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}
