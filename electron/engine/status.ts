// From what the connection, the service manager and the verb under way say: the one state the user sees.
import type { EngineFacts, EngineStatus, Operation, Unreached } from '../contract/snapshot.ts';
import type { ServiceState } from './service-manager.ts';

/** What the connection says. `coming`: a process is there and is being asked whether it answers yet. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'up'; readonly facts: EngineFacts }
  | { readonly kind: 'coming' }
  /** The daemon hung up, and its process is still there. */
  | { readonly kind: 'ending' }
  | { readonly kind: 'hanging' }
  | { readonly kind: 'denied' }
  /** `unreached`: why one that is not on this computer did not answer. */
  | { readonly kind: 'down'; readonly unreached?: Unreached };

export type Signs = {
  readonly link: Link;
  /** Null while it has not been asked, and for daemons without one here (TCP, ssh). */
  readonly service: ServiceState | null;
  readonly operation: Operation;
  /** True when anything on this computer could be this daemon: a process, a unit, a script, a socket seen before. */
  readonly installed: boolean;
  /** The lines of the last failed start, where they could be read. */
  readonly failureLog: readonly string[];
};

/** The state now; `before` keeps its time while the state stays the same. `now` in ms since 1970. */
export function statusOf(signs: Signs, before: EngineStatus, now: number): EngineStatus {
  const next = judge(signs);
  return { ...next, since: next.state === before.state ? before.since : now };
}

type Judged = EngineStatus extends infer S ? (S extends { since: number } ? Omit<S, 'since'> : never) : never;

function judge({ link, service, operation, installed, failureLog }: Signs): Judged {
  const step = operation.kind === 'running' ? operation.step : null;
  if (link.kind === 'up') {
    const reloading = step === 'reloading' || step === 'proving-reload';
    return { state: reloading ? 'reloading' : 'running', facts: link.facts };
  }
  if (step === 'restarting' || step === 'proving') return { state: 'restarting' };
  if (step === 'stopping') return { state: 'stopping' };
  if (step === 'starting') return { state: 'starting' };
  switch (link.kind) {
    case 'connecting':
      return { state: 'connecting' };
    case 'coming':
      return { state: 'starting' };
    case 'ending':
      return { state: 'stopping' };
    case 'hanging':
      return { state: 'hanging' };
    case 'denied':
      return { state: 'denied' };
    case 'down':
      return judgeDown(service, installed, failureLog, link.unreached ?? null);
  }
}

function judgeDown(
  service: ServiceState | null,
  installed: boolean,
  log: readonly string[],
  unreached: Unreached | null,
): Judged {
  switch (service?.state) {
    case 'armed':
    case 'starting':
    case 'stopping':
      return { state: service.state };
    case 'failed':
      return { state: 'failed', log };
    case 'running':
      // The process is there but its socket is not: it is on its way up or down.
      return { state: 'starting' };
    case 'stopped':
    case 'unknown':
    case undefined:
      return installed ? { state: 'stopped' } : { state: 'absent', unreached };
  }
}
