// Every page in every state of the engine: it renders, its controls have names, and axe finds nothing.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { places } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { engineStates, snapshotIn } from '../../fakes/snapshot.ts';
import { scenes } from '../../look/scenes.ts';
import { faultsIn, open } from './render.tsx';

const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
beforeEach(() => complaints.mockClear());
afterEach(() => expect(complaints).not.toHaveBeenCalled());

const controls = 'button, a, input, select, textarea, summary';

/** Every control that can be reached has something to be called by. */
function nameless(container: Element): readonly string[] {
  return [...container.querySelectorAll<HTMLElement>(controls)]
    .filter((control) => {
      const labels = 'labels' in control ? [...((control as HTMLInputElement).labels ?? [])] : [];
      const named = [control.getAttribute('aria-label'), control.textContent, ...labels.map((one) => one.textContent)];
      return !named.some((name) => name?.trim());
    })
    .map((control) => control.outerHTML);
}

describe.each(engineStates)('engine %s', (state) => {
  test.each(places)('%s', async (place) => {
    const { container } = open(place, snapshotIn(state), { options: state === 'running' || state === 'absent' });
    expect(container.querySelector('h1')?.textContent).toMatch(/\S/);
    expect(nameless(container)).toEqual([]);
    expect(await faultsIn(container)).toEqual([]);
  });
});

// What else is on the page of all options is looked at in its own scenes.
test.each(Object.entries(scenes))('scene %s', async (name, { place, snapshot }) => {
  const { container } = open(place, snapshot, { options: name === 'options-builder' || place === 'daemon/basic' });
  expect(nameless(container)).toEqual([]);
  expect(await faultsIn(container)).toEqual([]);
});

test('until the first snapshot there is a heading and no control that could be clicked in vain', () => {
  const { container, store, does } = open('status', snapshotIn('running'));
  return does(() => store.setState({ snapshot: null as Snapshot | null })).then(() => {
    expect(container.querySelector('h1')?.textContent).toBe('Status');
    expect(container.querySelectorAll('.main button, .main input')).toHaveLength(0);
  });
});
