// The search in the text: a field, how many places there are, the way to the next and to the one before.
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  openSearchPanel,
  search,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search';
import type { EditorState, Extension } from '@codemirror/state';
import { keymap, runScopeHandlers, type EditorView, type KeyBinding, type Panel } from '@codemirror/view';
import type { Messages } from '@contract/messages/page.ts';

type Words = Messages['editor'];

/** Opens the search, or puts the focus there. */
export const find = (view: EditorView): boolean => openSearchPanel(view);

const scope = 'editor search-panel';
const keys: readonly KeyBinding[] = [
  { key: 'Mod-f', run: find, scope },
  { key: 'F3', run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: 'Mod-g', run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: 'Escape', run: closeSearchPanel, scope },
];

/** In the spoken language; it is named anew when that changes. */
export const finding = (words: () => Words): Extension => [
  search({ top: true, literal: true, createPanel: (view) => createPanel(view, words) }),
  keymap.of(keys),
];

/** The packages' own words for those who listen, by the names that they have there. */
export const findPhrases = (words: Words): Readonly<Record<string, string>> => ({
  'current match': words.match,
  'on line': words.onLine,
});

/** More are not counted: nobody looks through them one by one. */
const most = 1000;

/** Which of how many places is selected; null: none of them. */
export function placesOf(state: EditorState): { readonly all: number; readonly at: number | null } {
  const query = getSearchQuery(state);
  if (!query.valid) return { all: 0, at: null };
  const { from, to } = state.selection.main;
  const cursor = query.getCursor(state);
  let all = 0;
  let at: number | null = null;
  for (let next = cursor.next(); next.done !== true && all < most; next = cursor.next()) {
    all += 1;
    if (next.value.from === from && next.value.to === to) at = all;
  }
  return { all, at };
}

function createPanel(view: EditorView, words: () => Words): Panel {
  const field = document.createElement('input');
  field.type = 'search';
  field.spellcheck = false;
  // By this the package finds it, to put the focus there.
  field.setAttribute('main-field', 'true');
  field.value = getSearchQuery(view.state).search;
  const count = document.createElement('span');
  count.className = 'cm-find-count';
  const button = (sign: string, act: () => void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = sign;
    made.onclick = act;
    return made;
  };
  const before = button('↑', () => findPrevious(view));
  const next = button('↓', () => findNext(view));
  const close = button('×', () => closeSearchPanel(view));
  const dom = document.createElement('div');
  dom.className = 'cm-find';
  dom.setAttribute('role', 'search');
  dom.append(field, count, before, next, close);

  field.oninput = () =>
    view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: field.value, literal: true })) });
  dom.onkeydown = (event) => {
    const isEnter = event.key === 'Enter' && event.target === field;
    if (isEnter) (event.shiftKey ? findPrevious : findNext)(view);
    if (isEnter || runScopeHandlers(view, event, 'search-panel')) event.preventDefault();
  };

  function show(state: EditorState): void {
    const said = words();
    for (const [element, name] of [
      [field, said.find],
      [before, said.findBefore],
      [next, said.findNext],
      [close, said.close],
    ] as const) {
      element.setAttribute('aria-label', name);
      element.title = name;
    }
    field.placeholder = said.find;
    const { all, at } = placesOf(state);
    count.textContent = field.value === '' ? '' : said.found(at, all);
    before.disabled = next.disabled = all === 0;
  }
  show(view.state);

  return {
    dom,
    top: true,
    mount: () => field.select(),
    update({ state, startState }) {
      const { search: wanted } = getSearchQuery(state);
      // Asked for again with something selected.
      if (wanted !== getSearchQuery(startState).search && wanted !== field.value) field.value = wanted;
      show(state);
    },
  };
}
