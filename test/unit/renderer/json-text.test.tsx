// The text view of daemon.json in use: one draft with the fields, its own line ends, marks, undo, and the way out.
import { forEachDiagnostic } from '@codemirror/lint';
import { cleanup, fireEvent, within } from '@testing-library/react';
import { EditorView } from '@codemirror/view';
import { describe, expect, test } from 'vitest';
import { ok } from '@contract/problem.ts';
import { configFile, CONFIG_PATH, planned, snapshot, snapshotIn } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>('button', { name });
const click = (control: HTMLElement) => act(async () => void fireEvent.click(control));
const file = configFile({ mtu: 1500 }, { etag: 'one' });

const content = () =>
  document.querySelector('.editor-frame')?.shadowRoot?.querySelector<HTMLElement>('.cm-content') ?? null;

/** The editor, once it is loaded. */
async function editor(): Promise<EditorView> {
  while (content() === null) await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  const found = EditorView.findFromDOM(content() ?? document.body);
  if (found === null) throw new Error('there is no editor');
  return found;
}

const typed = (view: EditorView, text: string, userEvent = 'input.paste') =>
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent }));

describe('the text of daemon.json', () => {
  test('shows what the edits make of the file, and takes over as text when typed in', async () => {
    const { fake, store, does, foretold, actions } = open('daemon/advanced', snapshot({ config: file }));
    fake.answer('config.plan', () =>
      ok(planned({ etag: 'one', text: { before: '', after: '{\n  "mtu": 1400\n}\n' } })),
    );
    await does(() => actions.edit(['mtu'], 1400));
    await foretold();
    await does(() => store.setState({ place: 'daemon/json' }));
    const view = await editor();
    expect(view.state.doc.toString()).toBe('{\n  "mtu": 1400\n}\n');
    typed(view, '{\n  "mtu": 1401\n}\n');
    expect(store.getState().draft?.change).toEqual({ kind: 'text', text: '{\n  "mtu": 1401\n}\n' });
    await does(() => actions.stepBack());
    expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] });
    await does(() => actions.stepForth());
    expect(view.state.doc.toString()).toBe('{\n  "mtu": 1401\n}\n');
  });

  test('keeps the line ends of the file', async () => {
    const { store } = open('daemon/json', snapshot({ config: configFile({}, { text: '{\r\n}\r\n' }) }));
    const view = await editor();
    act(() => view.dispatch({ changes: { from: 1, insert: '\n"debug":true' }, userEvent: 'input.paste' }));
    expect(store.getState().draft?.change).toMatchObject({ text: '{\r\n"debug":true\r\n}\r\n' });
  });

  test('marks the fault of a broken file, and never replaces it by itself', async () => {
    const place = { line: 2, column: 3 };
    const problem = { kind: 'config.invalid', path: CONFIG_PATH, fault: 'syntax', place, detail: '' } as const;
    const text = '{\n  x\n}';
    const writable = { ok: true } as const;
    const config = { state: 'unreadable', path: CONFIG_PATH, etag: 'x', text, problem, writable } as const;
    const { fake } = open('daemon/json', snapshot({ config }));
    const view = await editor();
    expect(view.state.doc.toString()).toBe('{\n  x\n}');
    expect(view.dom.querySelector('.cm-line.cm-fault')?.textContent).toBe('  x');
    expect(view.dom.querySelector('.cm-lintRange-error')?.textContent).toBe('x');
    await click(button('Line 2, column 3'));
    expect(view.state.selection.main.head).toBe(4);
    expect(fake.inputs('config.apply')).toEqual([]);
  });

  test('offers both ways out of a conflict of texts, and takes neither by itself', async () => {
    const { fake, store, foretold } = open('daemon/json', snapshot({ config: file }));
    const view = await editor();
    typed(view, '{"mtu": 1}');
    await foretold();
    act(() => fake.publish({ config: configFile({ mtu: 2 }, { etag: 'two' }) }));
    expect(view.state.doc.toString()).toBe('{"mtu": 1}');
    await click(button('Keep my text'));
    expect(store.getState().draft).toMatchObject({ basedOn: 'two', change: { text: '{"mtu": 1}' } });
    act(() => fake.publish({ config: configFile({ mtu: 3 }, { etag: 'three' }) }));
    await click(button('Use the file on disk'));
    expect(view.state.doc.toString()).toContain('"mtu": 3');
  });

  test('indents with Tab, and lets go after Esc', async () => {
    open('daemon/json', snapshot({ config: file }));
    const view = await editor();
    const press = (key: string, keyCode: number): boolean => {
      let went = true;
      act(() => void (went = fireEvent.keyDown(view.contentDOM, { key, keyCode })));
      return went;
    };
    expect(press('Tab', 9)).toBe(false);
    press('Escape', 27);
    expect(press('Tab', 9)).toBe(true);
  });

  test('leads from a row to its key and back', async () => {
    const { store, does, actions } = open('daemon/advanced', snapshot({ config: file }));
    await does(() => actions.showInJson(['mtu']));
    const view = await editor();
    await act(() => Promise.resolve());
    const { from, to } = view.state.selection.main;
    expect(view.state.sliceDoc(from, to)).toBe('"mtu"');
    expect(store.getState().jump).toBeNull();
    await click(button('Show in form'));
    expect(store.getState().place).toBe('daemon/advanced');
    expect(document.activeElement?.closest('[data-option]')?.getAttribute('data-option')).toBe('mtu');
  });

  // A finding, the note of a broken file, and the step of the first page.
  test.each(['status', 'daemon/advanced', 'welcome'] as const)('%s: “Go to line” leads there', async (place) => {
    const at = { line: 2, column: 3 };
    const problem = { kind: 'config.invalid', path: CONFIG_PATH, fault: 'syntax', place: at, detail: '' } as const;
    const writable = { ok: true } as const;
    const text = '{\n  x\n}';
    const about = { kind: 'unknown-key', key: 'labls', suggestion: 'labels' } as const;
    const { store } = open(
      place,
      place === 'status'
        ? snapshot({
            config: configFile({ labls: [] }, { etag: 'one', text: '{\n  "labls": []\n}\n' }),
            findings: [{ severity: 'error', path: ['labls'], place: at, about }],
          })
        : snapshotIn('failed', {
            config: { state: 'unreadable', path: CONFIG_PATH, etag: 'x', text, problem, writable },
          }),
    );
    await click(button('Go to line 2'));
    expect(store.getState().place).toBe('daemon/json');
    const view = await editor();
    await act(() => Promise.resolve());
    expect(view.state.selection.main.head).toBe(4);
    expect(store.getState().jump).toBeNull();
  });

  test('a way to a place in the text ends the comparison', async () => {
    const { store, does, actions } = open('daemon/json', snapshot({ config: file }));
    await editor();
    await does(() => actions.edit(['mtu'], 1400));
    await click(button('Changes'));
    expect(content()).toBeNull();
    await does(() => actions.showInJson(['mtu']));
    await editor();
    await act(() => Promise.resolve());
    expect(store.getState().jump).toBeNull();
  });

  const misspelt = {
    severity: 'error',
    path: ['labls'],
    place: { line: 2, column: 3 },
    about: { kind: 'unknown-key', key: 'labls', suggestion: 'labels' },
    fix: [
      { path: ['labls'], remove: true },
      { path: ['labels'], set: ['a=b'] },
    ],
  } as const;
  const wrong = configFile({ labls: ['a=b'] }, { etag: 'one' });

  test('puts a mark right by its button, by the line below and by key, into the draft as one step', async () => {
    const { store, does, actions } = open('daemon/json', snapshot({ config: wrong, findings: [misspelt] }));
    const view = await editor();
    const corrected = { kind: 'patch', patch: misspelt.fix };
    const undone = async (): Promise<void> => {
      expect(store.getState().draft?.change).toEqual(corrected);
      await does(() => actions.stepBack());
      expect(store.getState().draft).toBeNull();
    };
    let shown: Node | undefined;
    forEachDiagnostic(view.state, ({ renderMessage }) => (shown = renderMessage?.(view)));
    await click(within(shown as HTMLElement).getByRole('button', { name: 'Fix' }));
    await undone();
    await click(button('Fix'));
    await undone();
    act(() => view.dispatch({ selection: { anchor: 6 } }));
    await act(async () => void fireEvent.keyDown(view.contentDOM, { key: '.', ctrlKey: true }));
    await undone();
  });

  test('corrects the text that is being typed, and nothing while that is judged', async () => {
    const { fake, store, foretold } = open('daemon/json', snapshot({ config: file }));
    fake.answer('config.plan', () => ok(planned({ etag: 'one', findings: [misspelt] })));
    const view = await editor();
    typed(view, '{\n  "labls": ["a=b"]\n}\n');
    expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
    await foretold();
    const typedText = view.state.doc.toString();
    await click(button('Fix'));
    // What edits a text is loaded for it, which may take longer than the click.
    while (view.state.doc.toString() === typedText) await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
    const corrected = '{\n  "labels": [\n    "a=b"\n  ]\n}\n';
    expect(store.getState().draft?.change).toEqual({ kind: 'text', text: corrected });
    expect(view.state.doc.toString()).toBe(corrected);
  });

  test('finds in the text: how often, the next and the one before, and out again', async () => {
    open('daemon/json', snapshot({ config: configFile({ mtu: 1500, dns: ['1.1.1.1'], 'dns-opts': [] }) }));
    const view = await editor();
    const root = within(view.dom);
    // From anywhere on the page, not only from within.
    await act(async () => void fireEvent.keyDown(window, { key: 'f', ctrlKey: true }));
    const field = root.getByRole<HTMLInputElement>('searchbox', { name: 'Find in the text' });
    const type = (text: string) => act(async () => void fireEvent.input(field, { target: { value: text } }));
    const at = () => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to + 4);
    await type('dns');
    expect(root.getByText('2 places')).toBeTruthy();
    await act(async () => void fireEvent.keyDown(field, { key: 'Enter' }));
    expect(root.getByText('1 of 2')).toBeTruthy();
    expect(at()).toBe('dns": [');
    await click(root.getByRole('button', { name: 'Next' }));
    expect(at()).toBe('dns-opt');
    await click(root.getByRole('button', { name: 'Previous' }));
    expect(root.getByText('1 of 2')).toBeTruthy();
    // Nothing that is typed has a meaning of its own.
    await type('1.1');
    expect(root.getByText('2 places')).toBeTruthy();
    await type('nowhere');
    expect(root.getByText('Not found')).toBeTruthy();
    expect(root.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true);
    await act(async () => void fireEvent.keyDown(field, { key: 'Escape', keyCode: 27 }));
    expect(root.queryByRole('searchbox')).toBeNull();
  });
});

describe('a file that is no JSON for small reasons', () => {
  const at = { line: 2, column: 16 };
  const problem = {
    kind: 'config.invalid',
    path: CONFIG_PATH,
    fault: 'trailing-comma',
    place: at,
    detail: '',
  } as const;
  const slip = { state: 'unreadable', path: CONFIG_PATH, etag: 'x', text: '{\n  "debug": true,\n}', problem } as const;
  const repaired = '{\n  "debug": true\n}';
  const config = { ...slip, repaired, writable: { ok: true } } as const;

  test.each(['status', 'daemon/advanced', 'daemon/json', 'welcome'] as const)(
    '%s: one click drafts the repaired text and writes nothing',
    async (place) => {
      const { fake, store } = open(place, snapshotIn('failed', { config }));
      if (place === 'daemon/json') await editor();
      await click(button('Fix'));
      expect(store.getState()).toMatchObject({
        place: 'daemon/json',
        draft: { change: { kind: 'text', text: repaired }, basedOn: 'x' },
      });
      expect((await editor()).state.doc.toString()).toBe(repaired);
      expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
      expect(fake.inputs('config.apply')).toEqual([]);
    },
  );

  test('is not repaired over what was typed', async () => {
    const { does, actions, store } = open('daemon/json', snapshotIn('failed', { config }));
    await editor();
    await does(() => actions.editText('{ "mtu": }'));
    expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
    await does(() => store.setState({ place: 'status' }));
    expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
    expect(button('Go to line 2')).toBeTruthy();
  });

  test('is not offered where nothing can be written or it would be a guess', () => {
    const fixed = { ...slip, repaired, writable: { ok: false, block: 'immutable' } } as const;
    open('status', snapshotIn('failed', { config: fixed }));
    expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
    cleanup();
    open('status', snapshotIn('failed', { config: { ...slip, writable: { ok: true } } }));
    expect(screen.queryByRole('button', { name: 'Fix' })).toBeNull();
  });
});
