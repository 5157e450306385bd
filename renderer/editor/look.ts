// How the editor looks: the window's own tokens, which also reach into its shadow root.
import { syntaxTree } from '@codemirror/language';
import type { Extension, Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

// The packages' own squiggles are pictures in data addresses, which the content security policy refuses.
const squiggle = (color: string) => ({
  backgroundImage: 'none',
  paddingBottom: 0,
  textDecoration: `underline wavy var(${color})`,
  textUnderlineOffset: '3px',
  textDecorationSkipInk: 'none',
});

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '0.8125rem/1.25rem var(--mono)', overflow: 'auto' },
  '.cm-content': { padding: 'var(--gap-3) 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 var(--gap-3) 0 var(--gap-2)' },
  '.cm-gutters': { color: 'var(--dim)', backgroundColor: 'transparent', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.25rem', padding: '0 var(--gap-1) 0 var(--gap-2)' },
  '.cm-changes': { width: '3px' },
  '.cm-changed': { height: '100%', backgroundColor: 'var(--accent)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-gutterElement.cm-activeLineGutter': { color: 'var(--text)', fontWeight: '600' },
  '.cm-fault': { backgroundColor: 'var(--bad-soft)' },
  '.cm-gutterElement.cm-fault': { color: 'var(--bad)', fontWeight: '700' },
  '.cm-lintRange-error': squiggle('--bad'),
  '.cm-lintRange-warning': squiggle('--warn'),
  '.cm-lintRange-info': { ...squiggle('--dim'), textDecorationStyle: 'dotted' },
  '.cm-lintRange-active': { backgroundColor: 'var(--sunken)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)' },
  '.cm-tooltip': {
    font: '0.8125rem/1.25rem var(--font)',
    color: 'var(--text)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--round-control)',
    overflow: 'hidden',
    zIndex: 20,
  },
  '.cm-tooltip .cm-facts': { maxWidth: '22rem', padding: 'var(--gap-2) var(--gap-3)' },
  '.cm-facts div + div': { color: 'var(--dim)' },
  '.cm-facts strong': { fontFamily: 'var(--mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '0.8125rem/1.25rem var(--mono)', maxHeight: '14rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px var(--gap-3)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
  '.cm-completionDetail': { font: '0.75rem/1.25rem var(--font)', fontStyle: 'normal', opacity: '0.8' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { padding: 'var(--gap-2) var(--gap-3)', borderLeft: '3px solid var(--dim)', maxWidth: '26rem' },
  '.cm-putRight': {
    margin: '0 0 0 var(--gap-3)',
    padding: '2px 10px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--round-control)',
    font: '500 0.8125rem/1.25rem var(--font)',
    color: 'var(--text)',
    backgroundColor: 'var(--card)',
  },
  '.cm-putRight:hover': { backgroundColor: 'var(--sunken)' },
  '.cm-putRight:focus-visible': { outline: '2px solid var(--accent)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--raised)', borderTop: '1px solid var(--line)' },
  '.cm-panels.cm-panels-top': { borderTop: '0', borderBottom: '1px solid var(--line)' },
  '.cm-find': {
    display: 'flex',
    gap: 'var(--gap-1)',
    alignItems: 'center',
    padding: 'var(--gap-2) var(--gap-3)',
    font: '0.8125rem/1.25rem var(--font)',
  },
  '.cm-find input': {
    flex: '0 1 16rem',
    minWidth: '0',
    padding: '3px 10px',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--round-control)',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'var(--card)',
  },
  '.cm-find input::-webkit-search-cancel-button': { display: 'none' },
  '.cm-find-count': { flex: '1', padding: '0 var(--gap-2)', color: 'var(--dim)' },
  '.cm-find button': {
    minWidth: '1.75rem',
    minHeight: '1.75rem',
    border: '0',
    borderRadius: 'var(--round-control)',
    font: 'inherit',
    color: 'var(--text)',
    backgroundColor: 'transparent',
  },
  '.cm-find button:hover:enabled': { backgroundColor: 'var(--sunken)' },
  '.cm-find button:disabled': { color: 'var(--faint)' },
  '.cm-find :focus-visible': { outline: '2px solid var(--accent)', outlineOffset: '0' },
  '.cm-searchMatch': {
    backgroundColor: 'color-mix(in oklab, var(--warn-soft), var(--warn) 15%)',
    outline: '1px solid var(--warn)',
  },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-json-key': { color: 'var(--accent-strong)' },
  '.cm-json-text': { color: 'var(--good)' },
  '.cm-json-word': { color: 'var(--warn)' },
  '.cm-specialChar': { color: 'var(--bad)' },
});

/** Where the system's colors rule, what is marked is marked by lines. */
const forced = EditorView.baseTheme({
  '@media (forced-colors: active)': {
    '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'HighlightText', backgroundColor: 'Highlight' },
    '.cm-changed': { backgroundColor: 'Highlight', forcedColorAdjust: 'none' },
    '.cm-fault': { outline: '1px solid CanvasText' },
  },
});

const key = Decoration.mark({ class: 'cm-json-key' });
const text = Decoration.mark({ class: 'cm-json-text' });
const word = Decoration.mark({ class: 'cm-json-word' });
const kinds: Readonly<Record<string, Decoration>> = {
  PropertyName: key,
  String: text,
  Number: word,
  True: word,
  False: word,
  Null: word,
};

function colored(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const kind = kinds[node.name];
        if (kind && node.to > node.from) found.push(kind.range(node.from, node.to));
      },
    });
  }
  return Decoration.set(found, true);
}

/** Colors by kind, from the parser's tree: the six kinds of JSON need no highlighting library. */
const colors = ViewPlugin.define(
  (view) => ({
    decorations: colored(view),
    update(change: ViewUpdate) {
      const parsed = syntaxTree(change.startState) !== syntaxTree(change.state);
      if (change.docChanged || change.viewportChanged || parsed) this.decorations = colored(change.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

export const editorLook: Extension = [look, forced, colors];
