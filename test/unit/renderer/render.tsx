// Draws the window, or a part of it, on a fake door.
import { act, cleanup, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import type { PlaceName } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { createActions } from '../../../renderer/actions.ts';
import { App } from '../../../renderer/app.tsx';
import { loadLatePart } from '../../../renderer/late-part.ts';
import { titlesIn } from '../../../renderer/fields/titles.ts';
import { loadOptionPart } from '../../../renderer/option-part.ts';
import { createView, mirror } from '../../../renderer/store.ts';
import { ViewProvider } from '../../../renderer/view.tsx';
import { loadWelcomePart } from '../../../renderer/welcome-part.ts';
import { createFakeBridge } from '../../fakes/bridge.ts';
import { ok } from '@contract/problem.ts';
import { planned } from '../../fakes/snapshot.ts';

// Without vitest's globals the library cannot say so itself.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

// Loaded late in the window; there at once in tests, so that the page is whole from the start.
const optionPart = await loadOptionPart('en');
const welcomePart = await loadWelcomePart('en');
const latePart = await loadLatePart();

/** The whole window at a place, with a door that foretells good things unless told otherwise. */
export function open(place: PlaceName, snapshot: Snapshot, { options = true } = {}) {
  cleanup();
  const fake = createFakeBridge(snapshot);
  const etag = () => {
    const { config } = fake.current();
    return config.state === 'read' ? config.etag : null;
  };
  fake.answer('engine.plan', (verb) => ok(planned({ verb, effect: 'restart', expectedGapMs: 2100, etag: etag() })));
  fake.answer('config.plan', () => ok(planned({ etag: etag() })));
  const store = createView(place);
  store.setState({ welcomePart, latePart, titles: titlesIn(optionPart.words) });
  // A hundred rows more take their time in a small DOM.
  if (options) store.setState({ optionPart });
  const actions = createActions(store, fake.bridge);
  mirror(store, fake.bridge);
  actions.follow();
  const view = render(
    <ViewProvider store={store} actions={actions}>
      <App />
    </ViewProvider>,
  );
  return {
    fake,
    store,
    actions,
    container: view.container,
    /** Does something to the page, and lets it come to rest. */
    async does(what: () => void): Promise<void> {
      await act(async () => {
        what();
        await new Promise((resolve) => setTimeout(resolve, 0));
      });
    },
    /** Waits until an answer of main is on the screen. */
    foretold: () => act(() => waitFor(() => store.getState().forecast.fresh || store.getState().draft === null)),
  };
}

async function waitFor(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What axe finds wrong, as readable lines. Colors cannot be measured here: the pictures of test/look do that. */
export async function faultsIn(container: Element): Promise<readonly string[]> {
  const { violations } = await act(() =>
    axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

export { act, screen };
