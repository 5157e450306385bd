// Finds who ended with a daemon whose end nobody of ours saw: by when it was away, and when its containers ended.
import type { Fallen } from '../contract/outage.ts';
import type { Container } from '../contract/snapshot.ts';
import type { LastRun } from './api-answers.ts';
import { runs } from './audit.ts';
import { inTurn } from './in-turn.ts';
import type { Absence } from './service-manager.ts';

/** Whoever was left alone for longer is not waited for by anybody. */
const recentMs = 24 * 60 * 60 * 1000;

/**
 * Those whose last end lies in that time, in the order of their starts: somebody who stops a container needs a daemon that
 * answers, and a daemon that comes back has ended the containers that it does not keep before it does. Null: nobody.
 */
export async function fallenBefore(
  absence: Absence,
  containers: readonly Container[],
  lastRun: (id: string) => Promise<LastRun | null>,
): Promise<Fallen | null> {
  if (Date.now() - absence.to > recentMs) return null;
  const still = containers.filter((one) => !runs(one));
  const last = await inTurn(still, async (container) => ({ container, run: await lastRun(container.id) }));
  const ended = last.flatMap(({ container, run }) =>
    run !== null && run.endedAt >= absence.from && run.endedAt < absence.to ? [{ container, run }] : [],
  );
  if (ended.length === 0) return null;
  return {
    at: absence.to,
    containers: ended
      .toSorted((a, b) => a.run.startedAt.localeCompare(b.run.startedAt))
      .map(({ container: { id, name, exitCode } }) => ({ id, name, exitCode })),
  };
}
