// Splits the text of `--flags` into the daemon's arguments, with the quotes of a shell and nothing else of it.

/** The arguments; null where a quote is not closed. */
export function splitFlags(text: string): readonly string[] | null {
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    let word = '';
    while (rest !== '' && !/^\s/.test(rest)) {
      const part = /^'([^']*)'|^"((?:[^"\\]|\\.)*)"|^((?:[^\s'"\\]|\\.)+)/s.exec(rest);
      if (part === null) return null;
      word += part[1] ?? (part[2] ?? part[3] ?? '').replaceAll(/\\(.)/gs, '$1');
      rest = rest.slice(part[0].length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}
