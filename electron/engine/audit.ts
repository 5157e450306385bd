// After a restart: what became of every container that ran before, against what was foretold.
import type { ContainerFate, Outcome } from '../contract/outcome.ts';
import type { ContainerVerdict, Verdict } from '../contract/plan.ts';
import type { Container } from '../contract/snapshot.ts';

/** True for a container that has a process, paused or not. */
export const runs = (container: Container): boolean =>
  container.state === 'running' || container.state === 'paused' || container.state === 'restarting';

/** One that its restart policy has started again so long ago stays up, as far as is told. */
const steadyMs = 1_000;

/**
 * For how long, in ms, it is not at rest: Infinity between two starts by its restart policy (100 ms, then twice as long
 * each time), less than a second after such a start, 0 for every other. `now` in ms since 1970.
 */
export function unrestMs({ state, startedAt, details }: Container, now: number): number {
  if (state === 'restarting') return Infinity;
  const wasRestarted = state === 'running' && (details?.restartCount ?? 0) > 0;
  return wasRestarted ? Math.max(0, Date.parse(startedAt) + steadyMs - now) : 0;
}

/**
 * Compares the containers that ran before with what the daemon says afterwards. A container is kept when it is the
 * same process (pid and start time as the daemon tells them); a new process under the same name is not kept.
 */
export function audit(
  before: readonly Container[],
  verdicts: readonly ContainerVerdict[],
  after: readonly Container[],
): Outcome['containers'] {
  const now = new Map(after.map((container) => [container.id, container]));
  const foretold = new Map(verdicts.map((verdict) => [verdict.id, verdict.verdict]));
  const all = before.filter(runs).map((container): ContainerFate => {
    const later = now.get(container.id);
    return {
      id: container.id,
      name: container.name,
      foretold: foretold.get(container.id) ?? 'keeps-running',
      pidBefore: container.pid,
      pidAfter: later === undefined ? null : runs(later) && sameProcess(container, later) ? later.pid : 0,
      exitCode: later !== undefined && !runs(later) ? later.exitCode : null,
    };
  });
  return {
    before: all.length,
    kept: all.filter(wasKept).length,
    stopped: all.filter((fate) => fate.pidAfter === 0),
    lost: all.filter((fate) => fate.pidAfter === null),
    all,
  };
}

export const sameProcess = (a: Container, b: Container): boolean => a.pid === b.pid && a.startedAt === b.startedAt;
const wasKept = (fate: ContainerFate): boolean => fate.pidAfter === fate.pidBefore;

/** Every container as it was; for outcomes in which nothing happened to the daemon. */
export const untouched = (
  before: readonly Container[],
  verdicts: readonly ContainerVerdict[] = [],
): Outcome['containers'] => audit(before, verdicts, before);

/** Where the daemon tells nothing: whose process is still there. */
export async function byProcess(
  before: readonly Container[],
  verdicts: readonly ContainerVerdict[],
  lives: (pid: number) => Promise<boolean>,
): Promise<Outcome['containers']> {
  const all = await Promise.all(
    untouched(before, verdicts).all.map(async (fate) =>
      (await lives(fate.pidBefore)) ? fate : { ...fate, pidAfter: 0 },
    ),
  );
  const stopped = all.filter((fate) => fate.pidAfter === 0);
  return { before: all.length, kept: all.length - stopped.length, stopped, lost: [], all };
}

const survives: Record<Verdict, boolean> = {
  'keeps-running': true,
  interrupted: true,
  stops: false,
  hidden: false,
  lost: false,
};

/** Names of the containers that fared worse than was foretold. */
export const worseThanForetold = (fates: Outcome['containers']): readonly string[] =>
  fates.all.filter((fate) => !wasKept(fate) && survives[fate.foretold]).map((fate) => fate.name);
