// Stands where nobody on this computer starts or stops the daemon: every verb is refused with its reason.
import { fail, type Problem } from '../contract/problem.ts';
import type { ManagerKind } from '../contract/snapshot.ts';
import type { ServiceManager } from '../engine/service-manager.ts';

/** `command` is what a user could run instead; null where there is nothing to run. */
export function createNoManager(kind: ManagerKind, command: string | null): ServiceManager {
  const problem: Problem = { kind: 'service.unavailable', manager: kind, command };
  const refuse = () => Promise.resolve(fail(problem));
  return {
    kind,
    unit: null,
    killMode: () => Promise.resolve(null),
    lastAbsence: () => Promise.resolve(null),
    state: () => Promise.resolve({ state: 'unknown', pid: null }),
    watch: () => () => undefined,
    refusal: () => Promise.resolve(problem),
    reload: refuse,
    restart: refuse,
    start: refuse,
    stop: refuse,
    logSince: () => Promise.resolve([]),
  };
}
