// Keeps the keyboard where it was: when what has the focus is taken away or locked, the page would begin at its top again.
import { hasModal } from './modal.ts';
import type { View, ViewStore } from './store.ts';

/** Our own verbs lock what they change. */
const isBusy = ({ acting, snapshot }: View): boolean => acting || snapshot?.operation.kind === 'running';

/**
 * What was taken away leaves its focus to what it stood in, nearest first; what was locked gets it back when it is open
 * again, unless somebody went elsewhere. Returns the way to stop.
 */
export function keepFocus(store: ViewStore, page: Document): () => void {
  let last: HTMLElement | null = null;

  const focused = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement ? target : null;
  };
  /** A click at nothing leaves the focus nowhere on purpose. */
  const pressed = (): void => {
    last = null;
  };
  const isLost = (): boolean => page.activeElement === null || page.activeElement === page.body;

  function giveBack(): void {
    if (last?.isConnected && isLost() && !last.matches(':disabled') && !hasModal(page))
      last.focus({ preventScroll: true });
  }

  const removals = new MutationObserver((records) => {
    if (last === null || last.isConnected || !isLost() || hasModal(page)) return;
    const gone = last;
    const from = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)))?.target;
    const around = from?.isConnected && from instanceof HTMLElement ? from.closest<HTMLElement>('[tabindex]') : null;
    (around ?? page.querySelector<HTMLElement>('.page'))?.focus({ preventScroll: true });
  });

  page.addEventListener('focusin', focused);
  page.addEventListener('pointerdown', pressed, true);
  removals.observe(page.body, { childList: true, subtree: true });
  const stop = store.subscribe((view, before) => {
    // Once it is drawn.
    if (isBusy(before) && !isBusy(view)) setTimeout(giveBack);
  });
  return () => {
    page.removeEventListener('focusin', focused);
    page.removeEventListener('pointerdown', pressed, true);
    removals.disconnect();
    stop();
  };
}
