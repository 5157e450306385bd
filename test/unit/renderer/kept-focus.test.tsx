// Where the keyboard is after something: where it was, where it was led to, or beside what went away; never nowhere.
import { fireEvent, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fail, ok } from '@contract/problem.ts';
import { keepFocus } from '../../../renderer/kept-focus.ts';
import { followKeys } from '../../../renderer/keys.ts';
import { followUndoKeys } from '../../../renderer/undo-keys.ts';
import { configFile, outcome, planned, snapshot, verdict } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>('button', { name });
const click = (control: HTMLElement) =>
  act(async () => {
    control.focus();
    fireEvent.click(control);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
const rest = (ms = 20) => act(async () => new Promise((resolve) => setTimeout(resolve, ms)));
const type = (control: Element, value: string) => act(() => void fireEvent.change(control, { target: { value } }));
const focused = () => document.activeElement as HTMLElement;
const namesFocused = () => focused().getAttribute('aria-label') ?? focused().textContent;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function opened(...[place, first, options]: Parameters<typeof open>) {
  const page = open(place, first, options);
  const { store, actions } = page;
  stops.push(
    keepFocus(store, document),
    followKeys(store, actions, window),
    followUndoKeys(window, (way) => (way === 'back' ? actions.stepBack() : actions.stepForth())),
  );
  return page;
}
const file = configFile({ mtu: 1500 }, { etag: 'one' });

describe('Ctrl+S', () => {
  test('takes what is typed and leaves the caret where it is', async () => {
    const { fake, foretold } = opened('daemon/basic', snapshot({ config: configFile({}, { etag: 'one' }) }));
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => ok(outcome()));
    const mirror = screen.getByLabelText<HTMLInputElement>('Registry mirrors', { selector: 'input' });
    act(() => mirror.focus());
    type(mirror, 'https://one.example');
    act(() => void fireEvent.keyDown(mirror, { key: 's', ctrlKey: true }));
    expect(focused()).toBe(mirror);
    await foretold();
    await rest();
    expect(fake.inputs('config.apply')).toMatchObject([
      { change: { patch: [{ path: ['registry-mirrors'], set: ['https://one.example'] }] } },
    ]);
  });
  test('gives the focus back that was lost while everything was locked', async () => {
    const { fake, foretold } = opened('daemon/advanced', snapshot({ config: file }));
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    let done: () => void = () => undefined;
    fake.answer('config.apply', () => new Promise((resolve) => (done = () => resolve(ok(outcome())))));
    const mtu = screen.getByLabelText('MTU');
    act(() => mtu.focus());
    type(mtu, '1400');
    await foretold();
    act(() => void fireEvent.keyDown(mtu, { key: 's', ctrlKey: true }));
    expect(document.querySelector<HTMLFieldSetElement>('fieldset.fields')?.disabled).toBe(true);
    // As the browser does to what is locked.
    act(() => mtu.blur());
    await act(async () => done());
    await rest();
    expect(focused()).toBe(mtu);
  });
});

describe('a dialog', () => {
  const stopping = ['web'].map((name) => verdict(name, 'stops'));
  test('has all keys', async () => {
    const { fake, actions, store } = opened('daemon/basic', snapshot({ config: file }));
    fake.answer('presets.list', () =>
      ok([{ name: 'log-rotation', patch: [{ path: ['log-driver'], set: 'local' }] }] as never),
    );
    fake.answer('engine.refresh', () => ok(null));
    await act(async () => actions.edit(['mtu'], 1400));
    await rest(200);
    await act(async () => fake.publish({ config: configFile({ mtu: 1500 }, { etag: 'two' }) }));
    await rest(200);
    await click(screen.getAllByRole('button', { name: /^Look at/ })[0] as HTMLElement);
    const dialog = screen.getByRole('dialog');
    for (const key of ['z', 's', 'r', ','])
      act(() => void fireEvent.keyDown(within(dialog).getByRole('button', { name: 'Cancel' }), { key, ctrlKey: true }));
    expect(store.getState()).toMatchObject({ place: 'daemon/basic', draft: { change: { patch: [{ set: 1400 }] } } });
    expect(fake.inputs('engine.refresh')).toEqual([]);
    expect(fake.inputs('config.apply')).toEqual([]);
  });
  test.each(['Cancel', 'Restart and stop 1 container'])('gives the focus back by %s', async (name) => {
    const { fake } = opened('daemon/advanced', snapshot({ config: file }), { options: false });
    fake.answer('engine.plan', () => ok(planned({ effect: 'restart', containers: stopping, needs: ['stops'] })));
    fake.answer('engine.act', () => fail({ kind: 'authorization.dismissed' }));
    const closed = vi.spyOn(HTMLDialogElement.prototype, 'close');
    await click(button('Restart daemon…'));
    await click(button(name));
    expect(screen.queryByRole('dialog')).toBeNull();
    // Only a dialog that is closed does so in a browser.
    expect(closed).toHaveBeenCalledOnce();
    closed.mockRestore();
  });
});

describe('what goes away or is locked by its own click', () => {
  test('Apply leaves the focus to the bar', async () => {
    const { fake, actions, foretold } = opened('daemon/advanced', snapshot({ config: file }), { options: false });
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => ok(outcome()));
    await act(async () => actions.edit(['mtu'], 1400));
    await foretold();
    await click(button(/^Apply/));
    expect(focused().className).toBe('bar');
    await click(button('Dismiss'));
    expect(focused().className).toBe('page');
  });
  test('undo of an option leaves it to its control', async () => {
    opened('daemon/advanced', snapshot({ config: file }));
    const mtu = screen.getByLabelText('MTU');
    type(mtu, '1400');
    await click(button('Undo the change of MTU'));
    expect(focused()).toBe(mtu);
  });
  test('undo and redo stay, at both ends', async () => {
    const { actions } = opened('daemon/advanced', snapshot({ config: file }), { options: false });
    await act(async () => actions.edit(['mtu'], 1400));
    const undo = button('Undo');
    await click(undo);
    expect(focused()).toBe(undo);
    expect(undo.disabled).toBe(false);
    expect(undo.getAttribute('aria-disabled')).toBe('true');
    expect(button('Redo').getAttribute('aria-disabled')).toBe('false');
  });
  test('diagnostics go on to the first of the buttons that come', async () => {
    const { fake } = opened('about', snapshot());
    fake.answer('diagnostics.make', () => ok('all of it'));
    const section = within(screen.getByRole('region', { name: 'Diagnostics' }));
    const make = section.getAllByRole('button')[0] as HTMLElement;
    const label = make.textContent;
    await click(make);
    expect(namesFocused()).toBe(section.getAllByRole('button')[0]?.textContent);
    await click(section.getAllByRole('button')[0] as HTMLElement);
    expect(namesFocused()).toBe(label);
  });
  test('containers to stop by hand: the safe button, and the first one again', async () => {
    const shim = { pid: 6, startTicks: '1' };
    const orphan = {
      pid: 7,
      startTicks: '1',
      command: 'sleep',
      container: 'abc',
      name: 'web',
      shim,
      kind: 'unknown',
    } as const;
    const { fake } = opened('status', snapshot({ orphans: [orphan] }), { options: false });
    fake.answer('orphan.end', () => ok(null));
    const row = () => within(document.querySelector<HTMLElement>('.orphan') as HTMLElement);
    await click(row().getByRole('button'));
    expect(namesFocused()).toBe('Cancel');
    await click(row().getByRole('button', { name: 'Cancel' }));
    expect(focused()).toBe(row().getByRole('button'));
    await click(row().getByRole('button'));
    await click(row().getAllByRole('button')[1] as HTMLElement);
    expect(focused()).toBe(row().getByRole('button'));
  });
});

describe('lists and entries', () => {
  test('Up stays on the line that moves, to the top', async () => {
    const mirrors = ['https://a.example', 'https://b.example', 'https://c.example'];
    opened('daemon/basic', snapshot({ config: configFile({ 'registry-mirrors': mirrors }) }));
    const up = button('Move https://c.example up');
    for (let i = 0; i < 2; i += 1) {
      await click(up);
      expect(focused()).toBe(up);
      expect(up.isConnected).toBe(true);
    }
    expect(document.querySelector('[data-option="registry-mirrors"] li')?.textContent).toContain('c.example');
  });
  test('an added line leaves the focus where the next one begins', async () => {
    opened('daemon/basic', snapshot({ config: configFile({}) }));
    const mirror = screen.getByLabelText('Registry mirrors', { selector: 'input' });
    type(mirror, 'https://a.example');
    const row = within(document.querySelector<HTMLElement>('[data-option="registry-mirrors"]') as HTMLElement);
    await click(row.getByRole('button', { name: 'Add' }));
    expect(focused()).toBe(mirror);
  });
  test('a new entry has the focus in its first field; a moved one keeps it; a removed one leaves it to the next', async () => {
    const pools = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'].map((base) => ({ base, size: 24 }));
    const { store } = opened('daemon/advanced', snapshot({ config: configFile({ 'default-address-pools': pools }) }));
    const row = document.querySelector<HTMLElement>('[data-option="default-address-pools"]') as HTMLElement;
    const bases = () =>
      [...row.querySelectorAll<HTMLInputElement>('.entry input:first-of-type')].map((one) => one.value);
    const buttons = (which: 0 | 1) =>
      [...row.querySelectorAll('.entry-buttons')].map((one) => one.querySelectorAll('button')[which] as HTMLElement);
    const third = buttons(0)[2] as HTMLElement;
    await click(third);
    expect(focused()).toBe(third);
    expect(buttons(0)[1]).toBe(third);
    expect(bases().filter((base) => base.startsWith('10.'))).toEqual(['10.1.0.0/16', '10.3.0.0/16', '10.2.0.0/16']);
    await click(buttons(1)[1] as HTMLElement);
    expect(focused()).toBe(buttons(1)[1]);
    await click(buttons(1)[1] as HTMLElement);
    expect(namesFocused()).toBe('Add to Address pools');
    await click(focused());
    expect(focused().tagName).toBe('INPUT');
    expect(focused().closest('.entry')).toBe([...row.querySelectorAll('.entry')].at(-1));
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ set: [{ base: '10.1.0.0/16' }] }] });
  });
});

describe('ways through the page', () => {
  test('the index of groups leads to the first control that can be used', async () => {
    opened('daemon/advanced', snapshot({ config: file }));
    const [first] = document.querySelectorAll<HTMLElement>('.option-group');
    const index = screen.getByRole('navigation', { name: /groups/i });
    await click(within(index).getAllByRole('button')[0] as HTMLElement);
    expect(first?.contains(focused())).toBe(true);
    expect(focused().matches('.undo')).toBe(false);
  });
  test('“Show in form” finds a row that a search had hidden, and the switch of live restore', async () => {
    const { actions, store } = opened('daemon/advanced', snapshot({ config: file }));
    type(screen.getByRole('textbox', { name: 'Search options' }), 'seccomp');
    await act(async () => actions.showInForm(['mtu']));
    expect(focused().closest('[data-option]')?.getAttribute('data-option')).toBe('mtu');
    expect(store.getState().jump).toBeNull();
    // What is searched for afterwards is found as ever.
    type(screen.getByRole('textbox', { name: 'Search options' }), 'seccomp');
    expect(screen.getByText('1 option found.')).toBeTruthy();
    await act(async () => actions.showInForm(['live-restore']));
    expect(focused()).toBe(screen.getByRole('switch', { name: 'Live restore' }));
  });
  test('a row that is not drawn yet is waited for, until something else is done', async () => {
    const page = opened('status', snapshot({ config: file }), { options: false });
    const { store, actions } = page;
    const { optionPart } = await loaded();
    await act(async () => actions.showInForm(['mtu']));
    expect(store.getState().jump).not.toBeNull();
    await act(async () => store.setState({ optionPart }));
    expect(focused().closest('[data-option]')?.getAttribute('data-option')).toBe('mtu');
    expect(store.getState().jump).toBeNull();
    await act(async () => actions.navigate({ place: 'status', part: 'outcome', confirm: null }));
    expect(store.getState().jump).not.toBeNull();
    act(() => void fireEvent.pointerDown(document.body));
    expect(store.getState().jump).toBeNull();
  });
});

const loaded = async () => {
  const { loadOptionPart } = await import('../../../renderer/option-part.ts');
  return { optionPart: await loadOptionPart('en') };
};
