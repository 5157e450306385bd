// Offers keys and values of the catalogue while a daemon.json is typed, with quotes and commas where they belong.
import { pickedCompletion, startCompletion, type Completion, type CompletionSource } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { getLocation } from 'jsonc-parser';
import type { Messages } from '@contract/messages/page.ts';
import type { Titles } from '../fields/titles.ts';
import { factsAbout, keysFor, valueStart, valuesFor, type Daemon } from './option-facts.ts';
import { keysAt, valueAt } from './text-place.ts';

/** A key with all that is written with it, and where the caret goes. */
export type KeyEdit = { readonly from: number; readonly to: number; readonly insert: string; readonly caret: number };

/** What writing a key does to the text: quotes, colon, the beginning of its value, and the commas on both sides. */
export function keyEdit(
  text: string,
  from: number,
  to: number,
  key: string,
  [open, close]: readonly [string, string],
): KeyEdit {
  const rest = text.slice(to);
  const name = JSON.stringify(key);
  // A key that has its value already only gets its name.
  if (/^\s*:/.test(rest)) return { from, to, insert: name, caret: from + name.length };
  const before = /\S(?=\s*$)/.exec(text.slice(0, from));
  const needsComma = before !== null && !/[{,]/.test(before[0]);
  const start = needsComma && before ? before.index + 1 : from;
  const lead = needsComma ? `,${text.slice(start, from)}` : '';
  const trail = /^\s*["{[\w-]/.test(rest) ? ',' : '';
  const head = `${lead}${name}: ${open}`;
  return { from: start, to, insert: `${head}${close}${trail}`, caret: start + head.length };
}

/** The quote of the text that a place is in; null: it is in none. No text goes over the end of a line. */
function openQuote(text: string, at: number): number | null {
  let open: number | null = null;
  for (let i = text.lastIndexOf('\n', at - 1) + 1; i < at; i += 1) {
    if (text[i] === '"') open = open === null ? i : null;
    else if (text[i] === '\\' && open !== null) i += 1;
  }
  return open;
}

/** The word or text around a place: what a completion replaces. */
function tokenAt(text: string, at: number): { readonly from: number; readonly to: number; readonly quoted: boolean } {
  const start = openQuote(text, at);
  if (start !== null) {
    // A text that is not closed ends with its word.
    const rest = /^(?:[^"\\\n]|\\.)*"/.exec(text.slice(at)) ?? /^[\w.+-]*/.exec(text.slice(at));
    return { from: start, to: at + (rest?.[0].length ?? 0), quoted: true };
  }
  const before = /[\w.+-]*$/.exec(text.slice(0, at))?.[0].length ?? 0;
  const behind = /^[\w.+-]*/.exec(text.slice(at))?.[0].length ?? 0;
  return { from: at - before, to: at + behind, quoted: false };
}

/** Where a token stands; behind a value whose comma is still missing, as if it were there. */
function locationAt(text: string, from: number, pos: number) {
  const lacksComma = /["}\]\w]\s*$/.test(text.slice(0, from)) && !/:\s*$/.test(text.slice(0, from));
  return lacksComma ? getLocation(`${text.slice(0, from)},${text.slice(from)}`, pos + 1) : getLocation(text, pos);
}

/** The log driver that a text names, or the usual one. */
function logDriverIn(text: string): string {
  const named: unknown = valueAt(text, ['log-driver']);
  return typeof named === 'string' && named !== '' ? named : 'json-file';
}

/** Completions at the caret, from the catalogue for this daemon. */
export function completionsFor(messages: () => Messages, titles: () => Titles, daemon: () => Daemon): CompletionSource {
  return ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const { from, to, quoted } = tokenAt(text, pos);
    const { path, isAtPropertyKey } = locationAt(text, from, pos);
    if (!explicit && !quoted && from === pos && isAtPropertyKey) return null;
    const start = quoted ? from + 1 : from;
    if (isAtPropertyKey) {
      const parent = path.slice(0, -1);
      const taken = new Set(keysAt(text, parent));
      const here = path.at(-1) ?? '';
      const offered = keysFor(daemon(), parent, logDriverIn(text)).filter(({ key }) => key === here || !taken.has(key));
      return {
        from: start,
        validFor: /^[\w.-]*$/,
        options: offered.map(({ key, kind }): Completion => {
          const whole = [...parent, key].map(String);
          const about = factsAbout(messages(), titles(), daemon(), whole);
          return {
            label: key,
            detail: kind ? messages().editor.kinds[kind] : messages().editor.group,
            // Of a name inside of an option's value nothing more is known than of the option.
            ...(about?.key === whole.join('.') ? { info: () => infoOf([about.help, ...about.facts]) } : {}),
            type: 'property',
            apply: (view, completion) => {
              const now = tokenAt(view.state.doc.toString(), view.state.selection.main.head);
              write(view, completion, keyEdit(view.state.doc.toString(), now.from, now.to, key, valueStart(kind)));
              if (valuesFor([...parent, key]).length > 0) startCompletion(view);
            },
          };
        }),
      };
    }
    const values = valuesFor(path);
    if (values.length === 0 || (!explicit && values.includes(text.slice(from, to)))) return null;
    return {
      from: start,
      validFor: /^[\w.-]*$/,
      options: values.map((value): Completion => ({
        label: value.replaceAll('"', ''),
        type: 'constant',
        apply: (view, completion) => {
          const now = tokenAt(view.state.doc.toString(), view.state.selection.main.head);
          write(view, completion, { from: now.from, to: now.to, insert: value, caret: now.from + value.length });
        },
      })),
    };
  };
}

function write(view: EditorView, completion: Completion, { from, to, insert, caret }: KeyEdit): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: caret },
    userEvent: 'input.complete',
    annotations: pickedCompletion.of(completion),
    scrollIntoView: true,
  });
}

/** Lines of text in a node of their own; nothing is read as markup. */
export function infoOf(lines: readonly string[]): HTMLElement {
  const info = document.createElement('div');
  info.className = 'cm-facts';
  for (const line of lines.filter(Boolean)) {
    const row = document.createElement('div');
    row.textContent = line;
    info.append(row);
  }
  return info;
}
