// What is said by a command that needs a daemon where there is none.
import type { Problem } from '../contract/problem.ts';
import type { EngineView } from '../contract/snapshot.ts';

/** Null where a daemon was found, in whatever state; else `engine.absent`, or `engine.unreachable` for one elsewhere. */
export function notThere({ engine, target: { endpoint } }: EngineView): Problem | null {
  if (engine.state !== 'absent') return null;
  return engine.unreached === null
    ? { kind: 'engine.absent', endpoint }
    : { kind: 'engine.unreachable', endpoint, cause: engine.unreached };
}
