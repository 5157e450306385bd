// The pages of all options in use: what is found, what is hidden, what a click writes.
import { fireEvent } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { configFile, facts, snapshot, START, target } from '../../fakes/snapshot.ts';
import { optionFields } from '../../../renderer/fields/option-fields.ts';
import { matches, queryOf, searchIndex } from '../../../renderer/fields/option-search.ts';
import { optionGrounds, optionState } from '../../../renderer/fields/option-state.ts';
import { loadOptionWords } from '../../../renderer/fields/option-words.ts';
import { act, faultsIn, open, screen } from './render.tsx';

const words = await loadOptionWords('en');
const index = searchIndex(optionFields, words);
const click = (control: Element) => act(async () => void fireEvent.click(control));
const type = (control: Element, value: string) => act(() => void fireEvent.change(control, { target: { value } }));
const row = (key: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-option="${key}"]`);
  if (found === null) throw new Error(`There is no row of ${key}.`);
  return found;
};
const inRow = <T extends Element>(key: string, selector: string): T => {
  const found = row(key).querySelector<T>(selector);
  if (found === null) throw new Error(`There is no ${selector} in the row of ${key}.`);
  return found;
};
const shownKeys = () =>
  [...document.querySelectorAll<HTMLElement>('[data-option]')].map(({ dataset }) => dataset['option']);
const version = (text: string) =>
  snapshot({ engine: { state: 'running', since: START, facts: facts({ version: text }) } });

describe('search', () => {
  const state = snapshot({
    config: configFile({ 'data-root': '/srv/docker', debug: true }),
    target: target({ flags: ['--mtu=1400'] }),
  });
  const found = (query: string) =>
    optionFields
      .filter((field) => matches(queryOf(query), index, field, optionState(field, optionGrounds(state, null))))
      .map(({ name }) => name);
  test.each([
    ['@flag', ['mtu']],
    ['@modified', ['data-root', 'debug']],
    ['@risky @modified', ['data-root']],
    ['no such thing', []],
  ])('%s finds exactly %j', (query, names) => {
    expect(found(query)).toEqual(names);
  });
  test.each([
    ['mtu', ['mtu', 'network-control-plane-mtu']],
    ['ＭＴＵ', ['mtu', 'network-control-plane-mtu']],
    ['--insecure-registry', ['insecure-registries']],
    ['ミラー', ['registry-mirrors']],
    ['@mod mirror', ['registry-mirrors']],
  ])('%s finds %j', (query, names) => {
    expect(found(query)).toEqual(expect.arrayContaining(names));
  });
  test('every option is found by its key, its flag and its title in each language', () => {
    for (const field of optionFields) {
      const titles = words.everyHelp.map((help) => help[field.option.key][0]);
      for (const query of [field.name, ...field.option.flags.slice(0, 1), ...titles])
        expect(found(query)).toContain(field.name);
    }
  });
  test('begins by Ctrl+F, goes over all options from Basic too, and ends by Esc', async () => {
    open('daemon/basic', state);
    const before = shownKeys();
    act(() => void fireEvent.keyDown(window, { key: 'f', ctrlKey: true }));
    const box = screen.getByRole('textbox', { name: 'Search options' });
    expect(document.activeElement).toBe(box);
    type(box, 'seccomp');
    expect(shownKeys()).toEqual(['seccomp-profile']);
    expect(screen.getByText('1 option found.')).toBeTruthy();
    act(() => void fireEvent.keyDown(box, { key: 'Escape' }));
    expect(shownKeys()).toEqual(before);
  });
  test('finds live restore, which has a card instead of a row', async () => {
    open('daemon/advanced', state);
    const box = screen.getByRole('textbox', { name: 'Search options' });
    type(box, 'live restore');
    expect(shownKeys()).toEqual(['live-restore']);
    await act(async () => expect(screen.getByRole('switch', { name: 'Live restore' })).toBeTruthy());
    expect(screen.getByText('1 option found.')).toBeTruthy();
    type(box, 'seccomp');
    expect(shownKeys()).toEqual(['seccomp-profile']);
  });
  test('belongs to no tab, and is left by one', async () => {
    open('daemon/basic', state);
    const current = () => document.querySelector('.tabs [aria-current]')?.textContent;
    expect(current()).toBe('Basic');
    type(screen.getByRole('textbox', { name: 'Search options' }), 'seccomp');
    expect(current()).toBeUndefined();
    await click(screen.getByRole('link', { name: 'Basic' }));
    expect(current()).toBe('Basic');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Search options' }).value).toBe('');
  });
  test('that finds nothing says for what, and ends by one click', async () => {
    const { container } = open('daemon/basic', state);
    const before = shownKeys();
    type(screen.getByRole('textbox', { name: 'Search options' }), 'qwertz ');
    expect(screen.getByText('No option matches “qwertz”.', { selector: 'output' })).toBeTruthy();
    expect(await faultsIn(container)).toEqual([]);
    await click(screen.getAllByRole('button', { name: 'Clear search' }).at(-1) as Element);
    expect(shownKeys()).toEqual(before);
  });
});

describe('what applies', () => {
  test('is all of this version, and nothing of others until it is asked for', async () => {
    open('daemon/advanced', version('26.1.5'));
    expect(shownKeys()).not.toContain('bip6');
    expect(shownKeys()).not.toContain('graph');
    await click(screen.getByRole('checkbox', { name: /do not apply here/ }));
    expect(row('bip6').textContent).toContain('Since 28.0');
    expect(row('graph').textContent).toContain('Gone in 23.0');
    expect(row('resolv-conf').textContent).toContain('Not in the file');
    expect(await faultsIn(document.body)).toEqual([]);
  });
  test('what stands in the file is shown all the same', () => {
    open('daemon/advanced', { ...version('28.5.2'), config: configFile({ graph: '/old' }) });
    expect(inRow<HTMLInputElement>('graph', 'input').value).toBe('/old');
  });
  test('every group is there', () => {
    open('daemon/advanced', version('28.5.2'));
    const groups = [...document.querySelectorAll('.option-group h2')].map((one) => one.textContent);
    expect(groups).toEqual(Object.values(words.groups));
    expect(shownKeys().length).toBeGreaterThan(90);
  });
});

test('every part of an entry has a title', () => {
  const parts = optionFields.flatMap(({ form }) => ('columns' in form ? form.columns.map(({ name }) => name) : []));
  expect(new Set(parts)).toEqual(new Set(Object.keys(words.columns)));
});

describe('a row', () => {
  const patchOf = (store: ReturnType<typeof open>['store']) => store.getState().draft?.change;
  test('writes an address pool only when it is whole', async () => {
    const { store } = open('daemon/advanced', version('28.5.2'));
    await click(screen.getByRole('button', { name: 'Add to Address pools' }));
    const [base, size] = row('default-address-pools').querySelectorAll('.entry input');
    const fault = () => row('default-address-pools').querySelector('output')?.textContent;
    const leave = (from: Element | undefined, to: Element | null) =>
      act(() => void fireEvent.focusOut(from as Element, { relatedTarget: to }));
    expect(document.activeElement).toBe(base);
    // Nobody is told off for what they are about to fill in.
    expect(fault()).toBeUndefined();
    leave(base, size as Element);
    expect(fault()).toBeUndefined();
    leave(size, document.body);
    expect(fault()).toBe('Fill in base and size.');
    type(base as Element, '172.30.0.0/16');
    expect(fault()).toBe('Fill in size.');
    expect(size?.getAttribute('aria-invalid')).toBe('true');
    type(size as Element, 'x');
    expect(fault()).toBe('Size: A whole number from 1 to 128.');
    expect(patchOf(store)).toBeUndefined();
    type(size as Element, '24');
    expect(fault()).toBeUndefined();
    expect(patchOf(store)).toEqual({
      kind: 'patch',
      patch: [{ path: ['default-address-pools'], set: [{ base: '172.30.0.0/16', size: 24 }] }],
    });
  });
  test('says which name stands twice, and orders only what has an order', async () => {
    const runtimes = { crun: { path: '/usr/bin/crun' }, kata: { path: '/usr/bin/kata' } };
    open('daemon/advanced', snapshot({ config: configFile({ runtimes }) }));
    expect(screen.queryByRole('button', { name: 'Move kata up' })).toBeNull();
    const name = row('runtimes').querySelectorAll('.entry')[1]?.querySelector('input');
    type(name as Element, 'crun');
    act(() => void fireEvent.focusOut(name as Element, { relatedTarget: document.body }));
    expect(row('runtimes').querySelector('output')?.textContent).toBe('“crun” stands there twice.');
    expect(name?.getAttribute('aria-invalid')).toBe('true');
  });
  test('shows parts by a title, and their key to the pointer', () => {
    open('daemon/advanced', snapshot({ config: configFile({ runtimes: { crun: { path: '/usr/bin/crun' } } }) }));
    expect(screen.getByLabelText('Arguments').closest('label')?.title).toBe('runtimeArgs');
  });
  test('moves lines up, in the order that counts', async () => {
    const mirrors = ['https://a.example', 'https://b.example'];
    const { store } = open('daemon/basic', snapshot({ config: configFile({ 'registry-mirrors': mirrors }) }));
    await click(screen.getByRole('button', { name: 'Move https://b.example up' }));
    expect(patchOf(store)).toMatchObject({ patch: [{ set: mirrors.toReversed() }] });
  });
  test('writes a size with the unit that stands there', () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ 'default-shm-size': '64MB' }) }));
    type(inRow('default-shm-size', 'input'), '128');
    expect(patchOf(store)).toMatchObject({ patch: [{ set: '128MB' }] });
    type(inRow('default-shm-size', 'select'), 'g');
    expect(patchOf(store)).toMatchObject({ patch: [{ set: '128GB' }] });
  });
  test.each([
    ['26.1.5', false],
    ['28.5.2', true],
  ])('starts from the default of %s, and writes what differs from it', async (engine, byDefault) => {
    const { store } = open('daemon/advanced', version(engine));
    const control = inRow<HTMLInputElement>('ip6tables', '[role="switch"]');
    expect(control.checked).toBe(byDefault);
    await click(control);
    expect(patchOf(store)).toMatchObject({ patch: [{ path: ['ip6tables'], set: !byDefault }] });
  });
  test('shows no switch where the default is not known', () => {
    open('daemon/advanced', snapshot({ engine: { state: 'stopped', since: START } }));
    expect(row('ip6tables').querySelector('[role="switch"]')).toBeNull();
    expect(inRow<HTMLSelectElement>('ip6tables', 'select').value).toBe('');
  });
  test('finds keys below builder whatever their case, and writes them as they stand', async () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ builder: { GC: { enabled: true } } }) }));
    await click(inRow('builder.GC.Enabled', '[role="switch"]'));
    expect(patchOf(store)).toMatchObject({ patch: [{ path: ['builder', 'GC', 'enabled'], set: false }] });
  });
  test('resets by the default where a removed key would stay in the daemon, else by removing it', async () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ debug: true, mtu: 1400 }) }));
    for (const key of ['debug', 'mtu']) await click(inRow(key, '.more'));
    await click(screen.getByRole('button', { name: 'Reset to default: Debug logging' }));
    await click(screen.getByRole('button', { name: 'Reset to default: MTU' }));
    expect(patchOf(store)).toMatchObject({
      patch: [
        { path: ['debug'], set: false },
        { path: ['mtu'], remove: true },
      ],
    });
  });
  test('opens Docker’s page by its key', async () => {
    const { fake } = open('daemon/advanced', snapshot());
    fake.answer('link.open', () => ({ ok: true, value: null }));
    await click(inRow('userns-remap', '.more'));
    await click(inRow('userns-remap', '.option-details .quiet'));
    expect(fake.inputs('link.open')).toEqual(['docs.userns-remap']);
  });
  test('shows a count as a number', () => {
    open('daemon/basic', snapshot({ config: configFile({ 'log-opts': { 'max-file': '3' } }) }));
    expect(inRow<HTMLInputElement>('log-opts.max-file', 'input').className).toContain('number');
  });
  test('has a pill only for what is changed or dangerous', async () => {
    const { store, does, actions } = open('daemon/advanced', version('28.5.2'));
    const pills = (key: string) => [...row(key).querySelectorAll('.pill')].map((one) => one.textContent);
    expect(pills('debug')).toEqual([]);
    expect(row('debug').querySelector('.effect')?.textContent).toBe('Reload');
    expect(pills('mtu')).toEqual(['Next empty start']);
    expect(pills('data-root')).toEqual(['Risky']);
    expect(pills('deprecated-key-path')).toEqual([]);
    await does(() => actions.edit(['debug'], true));
    expect(store.getState().draft).not.toBeNull();
    expect(pills('debug')).toEqual(['Reload']);
  });
  test('does not touch a value that it cannot show', () => {
    open('daemon/advanced', snapshot({ config: configFile({ labels: 'no list' }) }));
    expect(row('labels').textContent).toContain(words.cannotShow);
  });
});
