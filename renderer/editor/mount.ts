// The editor itself, on CodeMirror, in a shadow root: there its styles are objects, which `style-src 'self'` lets through.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentMore } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, type Text, type Transaction } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Fix } from '../draft.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { Place } from '@contract/problem.ts';
import type { Titles } from '../fields/titles.ts';
import { changeGutter, showChanges, showFaults } from './gutter.ts';
import { completionsFor, infoOf } from './completion.ts';
import { editorLook } from './look.ts';
import { diagnosticOf, fixAt, offsetOf } from './diagnostics.ts';
import { find, finding, findPhrases } from './find.ts';
import type { Mark } from './marks.ts';
import { factsAbout, type Daemon } from './option-facts.ts';
import { replacement, shownText, withChanges } from './raw-text.ts';
import { isIn, keyRange, pathAt, rangeFrom } from './text-place.ts';

/** Everything that the editor shows. */
export type Shown = {
  /** As in the file, with its own line ends. */
  readonly text: string;
  readonly readOnly: boolean;
  readonly label: string;
  readonly description: string;
  /** Null: the ones before stay, moved with the text. */
  readonly marks: readonly Mark[] | null;
  /** Numbers of the lines that differ from the file, from 1. */
  readonly changed: readonly number[];
  readonly messages: Messages;
  readonly titles: Titles;
  readonly daemon: Daemon;
};

/** What the editor tells the page. */
export type EditorPorts = {
  /** `run`: as of the history; null for what is a step by itself. */
  readonly onText: (text: string, run: string | null) => void;
  /** The option that the caret is in. */
  readonly onCaret: (path: readonly string[]) => void;
  /** A mark is to be put right. */
  readonly onFix: (fix: Fix) => void;
};

/** An open editor; what it is given by `show` is the truth, what is typed goes to the ports. */
export type Editor = {
  show(shown: Shown): void;
  /** Puts the caret to the key of an option, or where it would be added. */
  jump(path: readonly string[]): void;
  /** Puts the caret to a line and column. */
  jumpTo(place: Place): void;
  /** Opens the search in the text. */
  find(): void;
  close(): void;
};

const fromOutside = Annotation.define<true>();

/** Opens an editor in this root; what is typed goes to the ports, and comes back through `show`. */
export function openEditor(root: ShadowRoot, parent: HTMLElement, first: Shown, ports: EditorPorts): Editor {
  let shown = first;
  let raw = first.text;
  let runs = 0;
  const attributes = new Compartment();
  const language = new Compartment();

  const keys = [
    // Leaving: Escape lets the next Tab go on as everywhere, until the focus is gone.
    { key: 'Tab', run: indent },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    { key: 'Mod-.', run: putRight },
    { key: 'Escape', run: letGo },
    ...defaultKeymap,
  ];
  const view = new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: shownText(raw),
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        changeGutter,
        highlightSpecialChars(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        autocompletion({
          override: [
            completionsFor(
              () => shown.messages,
              () => shown.titles,
              () => shown.daemon,
            ),
          ],
          icons: false,
        }),
        hoverTooltip((inside, at) => hover(inside, at)),
        finding(() => shown.messages.editor),
        keymap.of(keys),
        editorLook,
        attributes.of(attributesOf(first)),
        language.of(phrasesOf(first)),
        EditorView.domEventHandlers({ blur: (_, inside) => inside.setTabFocusMode(false) }),
        EditorView.updateListener.of((update) => {
          for (const transaction of update.transactions) if (transaction.docChanged) typed(transaction);
          if (update.selectionSet || update.docChanged) tellCaret(update.state);
        }),
      ],
    }),
  });

  function typed(transaction: Transaction): void {
    if (transaction.annotation(fromOutside)) return;
    const changes: { from: number; to: number; insert: string }[] = [];
    transaction.changes.iterChanges((from, to, _, __, inserted: Text) =>
      changes.push({ from, to, insert: inserted.toString() }),
    );
    raw = withChanges(raw, changes);
    const kind = transaction.isUserEvent('input.type') ? 'type' : transaction.isUserEvent('delete') ? 'delete' : null;
    // Typing on at the same place is one run; a new line, a jump or another kind begins the next.
    const [only] = changes;
    const start = transaction.startState.selection.main;
    const isOn = kind !== null && changes.length === 1 && start.empty && !(only?.insert.includes('\n') ?? false);
    if (!isOn) runs += 1;
    ports.onText(raw, kind === null ? null : `text ${kind} ${runs}`);
  }

  function tellCaret({ doc, selection }: EditorState): void {
    ports.onCaret(pathAt(doc.toString(), selection.main.head));
  }

  function hover(inside: EditorView, at: number) {
    const text = inside.state.doc.toString();
    const about = factsAbout(shown.messages, shown.titles, shown.daemon, pathAt(text, at));
    const token = rangeFrom(text, at);
    if (about === null || !/\S/.test(text.slice(at, at + 1))) return null;
    const create = () => ({ dom: infoOf([about.key, about.help, ...about.facts]) });
    return { pos: token.from, end: token.to, above: true, create };
  }

  function follow(fix: Fix): void {
    // What is being judged anew may need another fix by now.
    if (shown.marks !== null && !shown.readOnly) ports.onFix(fix);
  }

  function putRight({ state }: EditorView): boolean {
    const fix = fixAt(state);
    if (fix !== null) follow(fix);
    return fix !== null;
  }

  function put(next: Shown): void {
    const change = replacement(view.state.doc.toString(), shownText(next.text));
    raw = next.text;
    if (change) view.dispatch({ changes: change, annotations: fromOutside.of(true) });
  }

  function mark(next: Shown): void {
    if (next.marks === null) return;
    const text = view.state.doc.toString();
    // A lock on what is not in the text has no place in it.
    const standing = next.marks.filter(({ lock, at }) => !lock || ('line' in at ? true : isIn(text, at)));
    const diagnostics = standing.map((one) => diagnosticOf(one, view.state.doc, text, next.messages, follow));
    view.dispatch(setDiagnostics(view.state, diagnostics));
    view.dispatch({ effects: showFaults.of(diagnostics.filter(({ severity }) => severity === 'error')) });
  }

  put(first);
  mark(first);
  view.dispatch({ effects: showChanges.of(first.changed) });

  return {
    show(next) {
      const before = shown;
      shown = next;
      // What is typed comes back unchanged; anything else is an edit made elsewhere.
      if (next.text !== raw) put(next);
      if (next.marks !== before.marks) mark(next);
      if (next.changed.join() !== before.changed.join()) view.dispatch({ effects: showChanges.of(next.changed) });
      const same =
        next.readOnly === before.readOnly && next.label === before.label && next.description === before.description;
      if (!same) view.dispatch({ effects: attributes.reconfigure(attributesOf(next)) });
      if (next.messages !== before.messages) view.dispatch({ effects: language.reconfigure(phrasesOf(next)) });
    },
    jump(path) {
      const range = keyRange(view.state.doc.toString(), path);
      if (range) select(view, range.from, range.to);
    },
    jumpTo(place) {
      const at = offsetOf(view.state.doc, place);
      select(view, at, at);
    },
    find: () => void find(view),
    close: () => view.destroy(),
  };
}

function select(view: EditorView, from: number, to: number): void {
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  });
  view.focus();
}

/** Indents by the file's own step; not where nothing can be typed, so that Tab goes on. */
function indent(view: EditorView): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  if (!state.selection.main.empty) return indentMore(view);
  view.dispatch(state.replaceSelection(state.facet(indentUnit)), { userEvent: 'input.indent', scrollIntoView: true });
  return true;
}

function letGo(view: EditorView): boolean {
  view.setTabFocusMode(true);
  return false;
}

function attributesOf({ text, label, description, readOnly }: Shown): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    indentUnit.of(/^\t/m.test(text) ? '\t' : (/^( {1,8})\S/m.exec(text)?.[1] ?? '  ')),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-description': description,
      'aria-readonly': String(readOnly),
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
  ];
}

/** The packages' own words, by the names that they have there. */
const phrasesOf = ({ messages: { editor: words } }: Shown): Extension =>
  EditorState.phrases.of({
    Completions: words.completions,
    Diagnostics: words.diagnostics,
    'No diagnostics': words.noDiagnostics,
    close: words.close,
    ...findPhrases(words),
  });
