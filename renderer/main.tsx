// Starts the page: makes the view, connects it to the door, draws it.
import { createRoot } from 'react-dom/client';
import type { Bridge } from '@contract/ipc.ts';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { followTheme } from './appearance.ts';
import { keepFocus } from './kept-focus.ts';
import { followKeys } from './keys.ts';
import { followLanguage } from './language.ts';
import { followLatePart } from './late-part.ts';
import { followOptionPart } from './option-part.ts';
import { followAddress } from './place.ts';
import { createView, mirror } from './store.ts';
import { followUndoKeys } from './undo-keys.ts';
import { ViewProvider } from './view.tsx';
import { followWelcomePart } from './welcome-part.ts';

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

const store = createView();
const actions = createActions(store, window.bridge);
followTheme(store, document.documentElement);
followLanguage(store, document.documentElement);
followAddress(store, window);
followKeys(store, actions, window);
keepFocus(store, document);
mirror(store, window.bridge);
actions.follow();
followUndoKeys(window, (way) => (way === 'back' ? actions.stepBack() : actions.stepForth()));
followOptionPart(store);
followLatePart(store);
followWelcomePart(store);
window.bridge.onNavigate(actions.navigate);

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no root element.');
const page = createRoot(root);
// Drawn once it has something to show, which comes within milliseconds: until then the frame in the page stands.
const stop = store.subscribe(({ snapshot }) => {
  if (snapshot === null) return;
  stop();
  page.render(
    <ViewProvider store={store} actions={actions}>
      <App />
    </ViewProvider>,
  );
});
