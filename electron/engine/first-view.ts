// Where watching a daemon begins: nothing seen yet, and the first view that says enough.
import { noPolicy } from '../contract/policy.ts';
import type { Problem } from '../contract/problem.ts';
import { unknownRights } from '../contract/rights.ts';
import type { Candidate, EngineView } from '../contract/snapshot.ts';
import { nothingWatched } from './outage-watch.ts';
import type { Observed } from './view.ts';

/** What was asked for, where it could not be followed. */
export function wishOf(problem: Problem | null): string | null {
  if (problem?.kind === 'context.unknown') return problem.name;
  if (problem?.kind === 'endpoint.invalid') return problem.endpoint;
  return problem?.kind === 'usage' ? problem.detail : null;
}

/** `wish`: a context or address that was asked for and could not be followed. */
export const nothingSeen = (candidates: readonly Candidate[], candidate: Candidate, wish: string | null): Observed => ({
  wish,
  candidates,
  candidate,
  identification: null,
  link: { kind: 'connecting' },
  lastFacts: null,
  service: null,
  config: { state: 'unknown' },
  policy: noPolicy,
  machine: null,
  containers: null,
  orphans: [],
  left: null,
  watched: nothingWatched,
  pipeMaxSize: null,
  fallen: null,
  othersRestart: null,
  ailments: [],
  packages: null,
  operation: { kind: 'idle' },
  lastOutcome: null,
  failureLog: [],
  rights: unknownRights,
  looked: null,
});

/** Resolves with the first view that knows the engine's state and, where there is a path, its file. */
export function untilKnown(watch: (listener: (view: EngineView) => void) => () => void): Promise<EngineView> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    let done = false;
    stop = watch((view) => {
      const known =
        view.engine.state !== 'connecting' && (view.config.state !== 'unknown' || view.target.configPath === null);
      if (!known || done) return;
      done = true;
      stop?.();
      resolve(view);
    });
    if (done) stop();
  });
}
