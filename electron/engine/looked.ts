// Puts what was read for us with root's rights in the place of what we may not see ourselves.
import type { Outcome } from '../contract/outcome.ts';
import type { StatusDocument } from '../contract/privileged.ts';
import type { Result } from '../contract/problem.ts';
import type { EngineView } from '../contract/snapshot.ts';
import { isHidden } from './config-state.ts';
import { beginStory, outcome, refusal } from './outcome.ts';
import { createSteps } from './steps.ts';
import type { Observed, ViewStore } from './view.ts';

/** The last document's view; what it says of the daemon holds for that process only. */
export type Looked = { readonly view: EngineView; readonly at: number };

/** What we see ourselves always counts more. */
export function withLooked(own: Observed): { readonly observed: Observed; readonly seenAt: number | null } {
  const { looked, link, config, service, identification } = own;
  if (looked === null) return { observed: own, seenAt: null };
  const { view } = looked;
  const pid = service?.pid ?? identification?.pid ?? null;
  const facts = link.kind === 'denied' && view.target.pid === pid && 'facts' in view.engine ? view.engine.facts : null;
  const file = isHidden(config) && view.config.state !== 'unknown' ? view.config : null;
  if (facts === null && file === null) return { observed: own, seenAt: null };
  const observed: Observed = {
    ...own,
    ...(facts === null ? {} : { link: { kind: 'up', facts }, containers: view.containers, fallen: view.fallen }),
    // Whether we could write to it ourselves is ours to say.
    ...(file === null ? {} : { config: { ...file, writable: 'writable' in config ? config.writable : file.writable } }),
  };
  return { observed, seenAt: looked.at };
}

export function noteLooked(store: ViewStore, { view }: StatusDocument): void {
  if (view !== null) store.observe({ looked: { view, at: Date.now() } });
}

/** What came of a verb in the other process, with what it showed put in its place. */
export function taken(verb: Outcome['verb'], store: ViewStore, done: Result<StatusDocument> | 'nothing'): Outcome {
  if (done === 'nothing') return outcome(beginStory(verb, silent()), 'nothing', 'unchanged');
  if (!done.ok) {
    const refused = refusal(verb, done.problem);
    return done.problem.kind === 'authorization.lost' ? { ...refused, result: 'failed', file: 'unknown' } : refused;
  }
  noteLooked(store, done.value);
  return done.value.outcome ?? refusal(verb, { kind: 'authorization.lost', detail: '' });
}

const silent = () =>
  createSteps(
    () => undefined,
    () => Promise.resolve(),
  );
