// Typing in fields: what is undone there or in the draft, and that no field shows what is not so any more.
import { fireEvent } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { followUndoKeys } from '../../../renderer/undo-keys.ts';
import { configFile, snapshot } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

const type = (control: Element, value: string) => act(() => void fireEvent.change(control, { target: { value } }));
const click = (control: Element) => act(async () => void fireEvent.click(control));
const rest = () => act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
const inRow = <T extends Element>(key: string, selector: string): T => {
  const found = document.querySelector<T>(`[data-option="${key}"] ${selector}`);
  if (found === null) throw new Error(`There is no ${selector} in the row of ${key}.`);
  return found;
};

let stop: () => void = () => undefined;
afterEach(() => stop());

/** The page with its undo keys, and whether the page takes one that is pressed in a control. */
function opened(place: 'daemon/advanced' | 'daemon/basic', config = configFile({ mtu: 1500 })) {
  const page = open(place, snapshot({ config }));
  const { actions } = page;
  stop = followUndoKeys(window, (way) => (way === 'back' ? actions.stepBack() : actions.stepForth()));
  const undo = (control: Element): boolean => {
    let own = true;
    act(() => void (own = fireEvent.keyDown(control, { key: 'z', ctrlKey: true })));
    return !own;
  };
  return { ...page, undo };
}

describe('a line', () => {
  test('shows the file again when its typing is undone, and goes on from there', () => {
    const { store, undo } = opened('daemon/advanced');
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    for (const text of ['14', '140', '1400']) type(mtu, text);
    expect(undo(mtu)).toBe(true);
    expect(store.getState().draft).toBeNull();
    expect(mtu.value).toBe('1500');
  });
  test('shows what a text of the file says after an edit in that text is undone', async () => {
    const { actions, undo, store } = opened('daemon/advanced');
    await act(async () => actions.editText('{"mtu": 1450}'));
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    type(mtu, '1400');
    // What edits a text is loaded for it.
    expect(mtu.value).toBe('1400');
    while (!JSON.stringify(store.getState().draft).includes('1400')) await rest();
    expect(mtu.value).toBe('1400');
    expect(undo(mtu)).toBe(true);
    expect(mtu.value).toBe('1450');
  });
  test('keeps how it was typed while the value is the same', () => {
    const { store } = opened('daemon/advanced');
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    type(mtu, ' 1400 ');
    expect(mtu.value).toBe(' 1400 ');
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ set: 1400 }] });
  });
  test('that was emptied stays empty where the default says the same', () => {
    opened('daemon/advanced', configFile({ 'seccomp-profile': '/etc/docker/seccomp.json' }));
    const profile = inRow<HTMLInputElement>('seccomp-profile', 'input');
    type(profile, '');
    expect(profile.value).toBe('');
  });
  test('of a size takes another spelling without another control', () => {
    const { store } = opened('daemon/advanced', configFile({ 'default-shm-size': '10m' }));
    const size = inRow<HTMLInputElement>('default-shm-size', 'input');
    for (const text of ['6', '64', '64 ', '64 m']) {
      type(size, text);
      expect(inRow('default-shm-size', 'input')).toBe(size);
      expect(size.value).toBe(text);
    }
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ set: '64 m' }] });
    type(inRow('default-shm-size', 'select'), 'g');
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ set: '64 g' }] });
    type(size, '5p');
    expect(inRow('default-shm-size', 'input')).toBe(size);
    expect(size.value).toBe('5p');
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ set: '5p' }] });
  });
});

describe('what is not in the draft is undone where it is typed', () => {
  /** An edit of another option, which no key in a half-typed field may take back. */
  async function edited(place: 'daemon/advanced' | 'daemon/basic') {
    const page = opened(place);
    await act(async () => page.actions.edit(['debug'], true));
    return page;
  }
  const draftStays = (store: ReturnType<typeof open>['store']) =>
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ path: ['debug'], set: true }] });

  test('the search', async () => {
    const { store, undo } = await edited('daemon/advanced');
    const box = screen.getByRole('textbox', { name: 'Search options' });
    type(box, 'deb');
    expect(undo(box)).toBe(false);
    draftStays(store);
  });
  test('a line of a list, until it is added', async () => {
    const { store, undo } = await edited('daemon/basic');
    const mirror = screen.getByLabelText('Registry mirrors', { selector: 'input' });
    type(mirror, 'https://two');
    expect(undo(mirror)).toBe(false);
    draftStays(store);
    type(mirror, '');
    expect(undo(mirror)).toBe(true);
    expect(store.getState().draft).toBeNull();
  });
  test('parts of an entry that is not whole, lines too', async () => {
    const { store, undo } = await edited('daemon/advanced');
    await click(screen.getByRole('button', { name: 'Add to Address pools' }));
    const [base] = document.querySelectorAll('[data-option="default-address-pools"] .entry input');
    type(base as Element, '172.');
    expect(undo(base as Element)).toBe(false);
    draftStays(store);
    await click(screen.getByRole('button', { name: 'Add to Runtimes' }));
    const name = inRow('runtimes', '.entry input');
    const lines = inRow('runtimes', '.entry textarea');
    type(lines, '--debug');
    for (const control of [name, lines]) expect(undo(control)).toBe(false);
    draftStays(store);
  });
  test('a number that is being emptied', async () => {
    const { store, undo } = await edited('daemon/advanced');
    const mtu = screen.getByLabelText('MTU');
    type(mtu, '');
    expect(undo(mtu)).toBe(false);
    draftStays(store);
  });
});

test('lines of an entry are shown as they are again when their typing is undone', () => {
  const runtimes = { gvisor: { path: '/usr/bin/runsc', runtimeArgs: ['--debug'] } };
  const { store, undo } = opened('daemon/advanced', configFile({ runtimes }));
  const lines = inRow<HTMLTextAreaElement>('runtimes', '.entry textarea');
  type(lines, '--debug\n--strace');
  expect(lines.value).toBe('--debug\n--strace');
  expect(undo(lines)).toBe(true);
  expect(store.getState().draft).toBeNull();
  expect(lines.value).toBe('--debug');
});

test('entries that are not whole give way when the draft beside them is taken back', async () => {
  const pools = [{ base: '10.1.0.0/16', size: 24 }];
  const { actions } = opened('daemon/advanced', configFile({ 'default-address-pools': pools }));
  const bases = () =>
    [...document.querySelectorAll('[data-option="default-address-pools"] .entry')].map(
      (entry) => entry.querySelector('input')?.value,
    );
  type(inRow('default-address-pools', '.entry input'), '10.9.0.0/16');
  await click(screen.getByRole('button', { name: 'Add to Address pools' }));
  expect(bases()).toEqual(['10.9.0.0/16', '']);
  await act(async () => actions.discard());
  expect(bases()).toEqual(['10.1.0.0/16']);
});
