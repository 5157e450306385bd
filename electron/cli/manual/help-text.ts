// Reads the help of the command line back into its parts, so that man page and completions say the very same.

/** A word of the command line and what it means. */
export type Term = { readonly term: string; readonly text: string };

export type HelpPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'terms'; readonly heading: string; readonly terms: readonly Term[] }
  | { readonly kind: 'verbatim'; readonly heading: string; readonly lines: readonly string[] };

export type HelpText = {
  /** Without the word in front of it: `afloat check [FILE|-] [OPTIONS]`. */
  readonly usage: string;
  readonly parts: readonly HelpPart[];
};

const headingEnd = /[:：]$/;

export function readHelp(help: string): HelpText {
  const [first = '', ...blocks] = help.trimEnd().split(/\n{2,}/);
  return { usage: unwrapped(first.slice(first.search(/\bafloat\b/))), parts: blocks.map(readPart) };
}

const withinJapanese =
  /(?<=[\u3000-\u303F\uFF00-\uFFEF])\n *|(?<=[\u3000-\u9FFF\uFF00-\uFFEF])\n *(?=[\u3000-\u9FFF\uFF00-\uFFEF])/g;

/** Lines as one: a line break is a space, but not within Japanese or behind its punctuation, which have none. */
const unwrapped = (text: string): string => text.replaceAll(withinJapanese, '').replaceAll(/\n */g, ' ');

function readPart(block: string): HelpPart {
  const [first = '', ...lines] = block.split('\n');
  if (!headingEnd.test(first) || !lines.every((line) => line.startsWith('  '))) {
    return { kind: 'text', text: unwrapped(block) };
  }
  const heading = first.replace(headingEnd, '');
  const terms = readTerms(lines);
  return terms === null
    ? { kind: 'verbatim', heading, lines: lines.map((line) => line.slice(2)) }
    : { kind: 'terms', heading, terms };
}

/** Null where the lines are no list of terms: examples, or a table of more columns. */
function readTerms(lines: readonly string[]): readonly Term[] | null {
  const terms: Term[] = [];
  for (const line of lines) {
    const [, term, text = ''] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    const more = /^ {6,}(\S.*)$/.exec(line)?.[1];
    const last = terms.at(-1);
    if (/\S {3,}\S/.test(text || (more ?? ''))) return null;
    if (term !== undefined) terms.push({ term, text });
    else if (more !== undefined && last)
      terms[terms.length - 1] = { ...last, text: unwrapped(`${last.text}\n${more}`) };
    else return null;
  }
  return terms;
}

/** The option that a term is about: `--help` of `-h, --help`, `--host` of `--host URL`; null where it is none. */
export const optionOf = ({ term }: Term): string | null => /--[\w-]+/.exec(term)?.[0] ?? null;
