// The keys of the window: which mean something, and that applying waits for the forecast.
import { afterEach, expect, test, vi } from 'vitest';
import type { Actions } from '../../../renderer/actions.ts';
import { followKeys, shortcutOf } from '../../../renderer/keys.ts';
import { createView, unasked } from '../../../renderer/store.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const control = { ...plain, ctrlKey: true };
const command = { ...plain, metaKey: true };

test.each([
  [{ key: 's', ...control }, false, 'apply'],
  [{ key: 'S', ...control }, false, 'apply'],
  [{ key: 's', ...command }, true, 'apply'],
  [{ key: 's', ...control }, true, null],
  [{ key: 's', ...command }, false, null],
  [{ key: 's', ...plain }, false, null],
  [{ key: 's', ...control, altKey: true }, false, null],
  [{ key: 's', ...control, shiftKey: true }, false, null],
  [{ key: ',', ...control }, false, 'general'],
  [{ key: 'F5', ...plain }, false, 'refresh'],
  [{ key: 'r', ...control }, false, 'refresh'],
  [{ key: 'PageDown', ...control }, false, 'next-page'],
  [{ key: 'PageUp', ...control }, true, 'previous-page'],
] as const)('%j on a Mac: %s means %s', (pressed, mac, meaning) => {
  expect(shortcutOf(pressed, mac)).toBe(meaning);
});

const draft = {
  change: { kind: 'patch', patch: [{ path: ['debug'], set: true }] },
  basedOn: null,
  moved: false,
} as const;

let stop: () => void = () => undefined;
afterEach(() => stop());

function listening() {
  const store = createView();
  const actions = { apply: vi.fn(), refresh: vi.fn(() => Promise.resolve()), show: vi.fn() };
  stop = followKeys(store, actions as unknown as Actions, window);
  const press = (key: string, repeat = false): boolean =>
    window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, cancelable: true, repeat }));
  return { store, actions, press };
}

test('applying waits until it is known what it would do', () => {
  const { store, actions, press } = listening();
  store.setState({ draft, forecast: unasked });
  press('s');
  expect(actions.apply).not.toHaveBeenCalled();
  store.setState({ forecast: { plan: null, problem: null, fresh: true } });
  expect(actions.apply).toHaveBeenCalledOnce();
});

test('a key that is held down, or pressed again before the forecast, applies once', () => {
  const { store, actions, press } = listening();
  store.setState({ draft, forecast: unasked });
  press('s');
  expect(press('s', true)).toBe(false);
  press('s');
  store.setState({ forecast: { plan: null, problem: null, fresh: true } });
  expect(actions.apply).toHaveBeenCalledOnce();
  press('r');
  press('r', true);
  expect(actions.refresh).toHaveBeenCalledOnce();
});

test('a draft that went meanwhile is not applied', () => {
  const { store, actions, press } = listening();
  store.setState({ draft, forecast: unasked });
  press('s');
  store.setState({ draft: null });
  store.setState({ forecast: { plan: null, problem: null, fresh: true } });
  expect(actions.apply).not.toHaveBeenCalled();
});

test('an open question keeps the keys to itself', () => {
  const { store, actions, press } = listening();
  store.setState({ question: { subject: { kind: 'verb', verb: 'restart' }, forecast: unasked } });
  expect(press('r')).toBe(true);
  expect(actions.refresh).not.toHaveBeenCalled();
});

test('pages follow each other around the ends', () => {
  const { store, actions, press } = listening();
  store.setState({ place: 'general' });
  press('PageUp');
  expect(actions.show).toHaveBeenCalledWith('about');
  press('PageDown');
  expect(actions.show).toHaveBeenCalledWith('daemon/advanced');
});

test('the page of the first start stands before all others, and no key leads to it', () => {
  const { store, actions, press } = listening();
  store.setState({ place: 'welcome' });
  press('PageDown');
  expect(actions.show).toHaveBeenLastCalledWith('general');
  press('PageUp');
  expect(actions.show).toHaveBeenLastCalledWith('about');
});
