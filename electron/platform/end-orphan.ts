// Ends by hand what a daemon has lost: first the container's process, then what holds it; never another one of that pid.
import type { Orphan } from '../contract/audit.ts';
import type { Problem } from '../contract/problem.ts';
import { runsStill, signalTo, untilGone, type Identity } from './daemon-process.ts';

/** As long as `docker stop` waits. */
const politeMs = 10_000;
const goneMs = 3_000;

/** Null when both are gone; nothing is signaled where the pid means another process by now. */
export async function endOrphan(orphan: Orphan): Promise<Problem | null> {
  if (!runsStill(orphan)) return { kind: 'orphan.changed', pid: orphan.pid };
  const failed = (await end(orphan, politeMs)) ?? (runsStill(orphan.shim) ? await end(orphan.shim, goneMs) : null);
  if (failed) return failed;
  return runsStill(orphan) || runsStill(orphan.shim)
    ? { kind: 'orphan.still-runs', pid: runsStill(orphan) ? orphan.pid : orphan.shim.pid }
    : null;
}

async function end(identity: Identity, patienceMs: number): Promise<Problem | null> {
  for (const [signal, limitMs] of [['SIGTERM', patienceMs] as const, ['SIGKILL', goneMs] as const]) {
    const sent = signalTo(identity, signal, `sudo kill -${signal.slice(3)} ${identity.pid}`);
    // It ended by itself between looking and signaling.
    if (!sent.ok) return sent.problem.kind === 'target.changed' ? null : sent.problem;
    if (await untilGone(identity, limitMs)) return null;
  }
  return null;
}
