// The file's own text under an editor that knows only \n: every line end that nobody touched stays what it is.

/** One replacement, in offsets of the text with \n. */
export type TextChange = { readonly from: number; readonly to: number; readonly insert: string };

/** The line end that new lines get: the file's first. */
export const lineEndOf = (text: string): '\r\n' | '\n' => (/\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n');

/** The raw text with changes made in its shown form; they must be in order and apart. */
export function withChanges(raw: string, changes: readonly TextChange[]): string {
  const lineEnd = lineEndOf(raw);
  const breaks = [...raw.matchAll(/\r\n/g)].map(({ index }, i) => index - i);
  // Behind a \r\n every shown offset lies one further back than the raw one.
  const rawOffset = (shown: number): number => shown + countBelow(breaks, shown);
  let out = '';
  let at = 0;
  for (const { from, to, insert } of changes) {
    out += raw.slice(at, rawOffset(from)) + insert.replaceAll('\n', lineEnd);
    at = rawOffset(to);
  }
  return out + raw.slice(at);
}

/** What an editor shows of a text. */
export const shownText = (raw: string): string => raw.replaceAll('\r\n', '\n').replaceAll('\r', '\n');

/** The smallest single replacement that makes one text of the other; null where they are the same. */
export function replacement(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
