// Reads the place of a value in daemon.json as it is typed: `log-opts.max-size`, `a."b.c"`.

/** Why a KEY or KEY=VALUE cannot be read. */
export type KeyFault = 'no-equals' | 'empty-key' | 'quotes';

export type KeyRead =
  | {
      readonly ok: true;
      readonly path: readonly string[];
      /** What stands behind the first `=` outside quotes; null: none. */ readonly value: string | null;
    }
  | { readonly ok: false; readonly fault: KeyFault };

const broken = (fault: KeyFault): KeyRead => ({ ok: false, fault });

/** Reads `KEY` or `KEY=VALUE`. Dots part the segments; a segment with dots or `=` in it stands in JSON quotes. */
export function readKey(word: string): KeyRead {
  const path: string[] = [];
  let rest = word;
  for (;;) {
    const segment = readSegment(rest);
    if (segment === null) return broken('quotes');
    if (segment.name === '') return broken('empty-key');
    path.push(segment.name);
    rest = segment.rest;
    if (rest === '') return { ok: true, path, value: null };
    if (rest.startsWith('=')) return { ok: true, path, value: rest.slice(1) };
    if (!rest.startsWith('.')) return broken('quotes');
    rest = rest.slice(1);
  }
}

function readSegment(text: string): { readonly name: string; readonly rest: string } | null {
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (quoted !== undefined) {
    const name = jsonText(quoted);
    return name === null ? null : { name, rest: text.slice(quoted.length) };
  }
  const name = /^[^.="]*/.exec(text)?.[0] ?? '';
  return text[name.length] === '"' ? null : { name, rest: text.slice(name.length) };
}

function jsonText(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted));
  } catch {
    // A wrong escape within the quotes: the caller tells.
    return null;
  }
}
