// The page's door without Electron, typed by the same contract: remembers every request and answers as told.
import { requests, type Bridge, type Navigation, type RequestName, type Requests } from '@contract/ipc.ts';
import { fail, type Result } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';

/** One request as the page made it. */
export type Call = { [R in RequestName]: { readonly name: R; readonly input: Requests[R]['input'] } }[RequestName];

type Answer<R extends RequestName> = (
  input: Requests[R]['input'],
) => Result<Requests[R]['output']> | Promise<Result<Requests[R]['output']>>;

/** A fake door that shows `first` and then whatever is published. Requests without an answer fail as a bug would. */
export function createFakeBridge(first: Snapshot) {
  const calls: Call[] = [];
  const answers = new Map<RequestName, (input: unknown) => unknown>([
    ['draft.open', () => ({ ok: true, value: null })],
    // Asked by itself of every daemon that failed: what is not known yet shows nothing.
    ['engine.way-back', () => new Promise(() => undefined)],
  ]);
  const watchers = new Set<(snapshot: Snapshot) => void>();
  const travelers = new Set<(to: Navigation) => void>();
  let current = first;

  const request = (name: RequestName) => async (input: unknown) => {
    calls.push({ name, input } as Call);
    const answer = answers.get(name);
    return answer ? await answer(input) : fail({ kind: 'internal', reference: `no answer for ${name}` });
  };
  const bridge = {
    ...Object.fromEntries(requests.map((name) => [name, request(name)])),
    watch(listener: (snapshot: Snapshot) => void) {
      watchers.add(listener);
      listener(current);
      return () => watchers.delete(listener);
    },
    onNavigate(listener: (to: Navigation) => void) {
      travelers.add(listener);
      return () => travelers.delete(listener);
    },
  } as unknown as Bridge;

  return {
    bridge,
    calls,
    /** The inputs of all requests of this name, in order. */
    inputs: <R extends RequestName>(name: R): readonly Requests[R]['input'][] =>
      calls.flatMap((call) => (call.name === name ? [call.input as Requests[R]['input']] : [])),
    answer<R extends RequestName>(name: R, answer: Answer<R>): void {
      answers.set(name, answer as (input: unknown) => unknown);
    },
    /** Publishes the current snapshot with these parts changed. */
    publish(part: Partial<Snapshot>): void {
      current = { ...current, revision: current.revision + 1, ...part };
      for (const watcher of watchers) watcher(current);
    },
    navigate(to: Navigation): void {
      for (const traveler of travelers) traveler(to);
    },
    current: (): Snapshot => current,
  };
}
