// The scenes live in one moment: the clock stands, and it is known when nothing more is about to happen.
import { START } from '../fakes/snapshot.ts';

/** When every scene is looked at, ms since 1970: a daemon that stopped at the start has been down for a while. */
const NOW = START + 137_000;
/** Later than this nobody waits for: a clock that shows seconds, a message that goes away by itself. */
const SOON_MS = 2000;
/** So many frames in which nothing happened are rest. */
const CALM_FRAMES = 3;
/** After so many a page that still changes will do so for ever. */
const MOST_FRAMES = 1200;

// Not a class of our own: what the page makes must still be dates to `Intl`.
window.Date = new Proxy(Date, {
  construct: (target, args: [], made: typeof Date) =>
    Reflect.construct(target, args.length === 0 ? [NOW] : args, made) as Date,
  get: (target, key, self) => (key === 'now' ? () => NOW : (Reflect.get(target, key, self) as unknown)),
});

const pending = new Set<number>();
const { setTimeout: start, clearTimeout: stop } = window;
window.setTimeout = ((work: () => void, ms = 0, ...told: []): number => {
  const id = start(() => {
    pending.delete(id);
    work(...told);
  }, ms);
  if (ms <= SOON_MS) pending.add(id);
  return id;
}) as typeof window.setTimeout;
window.clearTimeout = (id): void => {
  pending.delete(Number(id));
  stop(id);
};

/**
 * Resolves when no timer of ours is about to end, no font is on its way, and nothing has changed for some frames; rejects
 * with what changed last when that never comes.
 */
export const atRest = (): Promise<void> =>
  new Promise((resolve, reject) => {
    let calm = 0;
    let frames = 0;
    let last = 'nothing';
    const observer = new MutationObserver((records) => {
      calm = 0;
      const { target, type, attributeName } = records.at(-1) ?? {};
      last = `${type} ${attributeName ?? ''} of ${target instanceof Element ? target.outerHTML.slice(0, 160) : target?.nodeName}`;
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    const look = (): void => {
      calm = pending.size === 0 && document.fonts.status === 'loaded' ? calm + 1 : 0;
      frames += 1;
      if (calm <= CALM_FRAMES && frames < MOST_FRAMES) return void requestAnimationFrame(look);
      observer.disconnect();
      if (calm > CALM_FRAMES) return resolve();
      reject(new Error(`The page does not come to rest: ${pending.size} timers, last changed: ${last}`));
    };
    look();
  });
