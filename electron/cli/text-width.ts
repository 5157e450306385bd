// How many columns of a terminal a text takes: signs of East Asian scripts take two, combining marks none.

/** East Asian Wide and Fullwidth (Unicode Standard Annex #11), in the blocks that text for people uses. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const mark = /\p{Mn}|\p{Me}|\u200D/u;

export const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (mark.test(sign) ? 0 : wide.test(sign) ? 2 : 1), 0);

/** The text, with blanks behind it up to that many columns. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));
