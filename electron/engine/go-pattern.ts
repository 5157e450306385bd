// Regular expressions as Go's regexp/syntax reads them, by which log drivers choose labels and variables.

/** The most that a repetition may ask for [source of Go]. */
const mostRepeats = 1000;

const operator = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/;
const escape = /^\\(?:x(?:[\da-f]{2}|\{[\da-f]+\})|p(?:\{\^?\w+\}|\w)|[1-7][0-7]|0|[abcdfnrstvwz]|[^\da-z])/i;
/** Capital letters that stand for something; the others are no escapes. */
const capitals = 'ABDPSWQ';
/** A group that captures, has a name, or sets flags. */
const group = /^\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?[:)])|(?!\?))/;
const set = /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/su;

/** What a repetition would repeat. */
type Before = 'nothing' | 'something' | 'repetition';

/**
 * False for what certainly is no expression: Go has neither looks ahead and behind nor backreferences (measured on 20.10,
 * 26.1, 28.5). What one version of Go takes and another does not passes, and so do names of classes.
 */
export function isPattern(text: string): boolean {
  let rest = text;
  let open = 0;
  let before = 'nothing' as Before;
  const take = (length: number, now: Before): void => {
    rest = rest.slice(length);
    before = now;
  };
  while (rest !== '') {
    const repeat = operator.exec(rest);
    if (repeat !== null) {
      const [all, least, most] = repeat;
      const isRange = most === undefined || most === '' || Number(most) >= Number(least);
      if (before !== 'something' || Number(least ?? 0) > mostRepeats || Number(most ?? 0) > mostRepeats || !isRange)
        return false;
      take(rest[all.length] === '?' ? all.length + 1 : all.length, 'repetition');
    } else if (rest.startsWith('\\Q')) {
      const end = rest.indexOf('\\E', 2);
      take(end === -1 ? rest.length : end + 2, 'something');
    } else if (rest.startsWith('\\')) {
      const [all] = escape.exec(rest) ?? [];
      const letter = rest[1] ?? '';
      if (all === undefined || (/[A-Z]/.test(letter) && !capitals.includes(letter))) return false;
      take(all.length, 'something');
    } else if (rest.startsWith('[')) {
      const [all] = set.exec(rest) ?? [];
      if (all === undefined || isBackwards(all)) return false;
      take(all.length, 'something');
    } else if (rest.startsWith('(')) {
      const [all] = group.exec(rest) ?? [];
      if (all === undefined) return false;
      // Flags alone open nothing.
      if (!all.endsWith(')')) open += 1;
      take(all.length, 'nothing');
    } else if (rest.startsWith(')')) {
      if (open === 0) return false;
      open -= 1;
      take(1, 'something');
    } else {
      take(1, rest.startsWith('|') ? 'nothing' : 'something');
    }
  }
  return open === 0;
}

/** A range whose last character comes before its first, where both are written as they are. */
const isBackwards = (characters: string): boolean =>
  [...characters.replaceAll(/\\.|\[:\^?\w+:\]/gsu, '').matchAll(/([^[\]^-])-([^[\]-])/gu)].some(
    ([, first = '', last = '']) => (first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0),
  );
