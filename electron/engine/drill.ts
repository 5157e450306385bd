// Rehearses a restart: with a throw-away container on this very daemon, and never where somebody else's would die.
import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from '../contract/drill.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Verb } from '../contract/ipc.ts';
import type { Accept, ContainerVerdict, Plan } from '../contract/plan.ts';
import { fail, type Problem, type Result } from '../contract/problem.ts';
import type { ActSite } from './act.ts';
import type { DrillDaemon } from './drill-daemon.ts';

type Preparing = Pick<ActSite, 'prepareVerb'>;

export type DrillPorts = {
  readonly image: { readonly archive: Uint8Array; readonly command: string } | null;
  /** Of the processor, for whoever has to be told that there is no program for it. */
  readonly architecture: string;
  readonly daemon: DrillDaemon;
  plan(): Promise<Result<Plan>>;
  /** Restarts, with every plan held against the guard under the lock. */
  restart(accept: readonly Accept[], guard: <S extends Preparing>(site: S) => S): Promise<Outcome>;
};

/** Enough of them that a gap can be seen. */
const linesBefore = 10;
const lineLimitMs = 10_000;
const settleMs = 300;

export async function drill(ports: DrillPorts): Promise<Drill> {
  const { daemon, image, architecture } = ports;
  if (image === null) return not({ kind: 'drill.unavailable', what: architecture });
  const planned = await ports.plan();
  if (!planned.ok) return not(planned.problem);
  const reason = planned.value.blocked ?? harm(planned.value, null);
  if (reason) return not(reason);
  try {
    await daemon.clean();
    const id = await daemon.start(image);
    return await rehearse(ports, id);
  } catch (error) {
    // The daemon refused a container or an image, or went away: its own words say which.
    return not({ kind: 'drill.failed', detail: error instanceof Error ? error.message : String(error) });
  } finally {
    // What cannot be removed now, because the daemon is down, is removed by the next rehearsal.
    await daemon.clean().catch(() => undefined);
  }
}

async function rehearse({ daemon, restart }: DrillPorts, id: string): Promise<Drill> {
  const first = await counting(daemon, id, linesBefore);
  const before = await daemon.look(id);
  // Only ours may stop; the guard sees to it, whoever was started meanwhile.
  const outcome = await restart(['stops'], (site) => onlyHarming(site, id));
  const begun = { outcome, apiDowntimeMs: outcome.apiDowntimeMs, pidBefore: before?.pid ?? null };
  if (outcome.result !== 'applied') {
    return { ...begun, survived: null, pidAfter: null, logGapLines: null, problem: outcome.problem };
  }
  const after = await daemon.look(id);
  const survived = after !== null && after.pid > 0 && after.pid === before?.pid && after.startedAt === before.startedAt;
  const counted = survived ? await counting(daemon, id, first.length + linesBefore) : await daemon.counted(id);
  const gap = gapIn(counted);
  // A log that is read while it is written may show less than it holds: what is missing is looked for twice.
  if (gap !== null && gap > 0) await pause(settleMs);
  const logGapLines = gap === null || gap === 0 ? gap : gapIn(await daemon.counted(id));
  return { ...begun, survived, pidAfter: after?.pid ?? 0, logGapLines, problem: null };
}

function gapIn(counted: readonly number[]): number | null {
  const from = counted[0];
  const to = counted.at(-1);
  return from === undefined || to === undefined ? null : to - from + 1 - counted.length;
}

/** Waits until so many lines are logged; after the limit, what there is. */
async function counting(daemon: DrillDaemon, id: string, lines: number): Promise<readonly number[]> {
  const until = Date.now() + lineLimitMs;
  for (;;) {
    const counted = await daemon.counted(id);
    if (counted.length >= lines || Date.now() > until) return counted;
    await pause(50);
  }
}

const not = (problem: Problem): Drill => ({
  survived: null,
  pidBefore: null,
  pidAfter: null,
  logGapLines: null,
  apiDowntimeMs: 0,
  outcome: null,
  problem,
});

const onlyHarming = <S extends Preparing>(site: S, id: string): S => ({
  ...site,
  async prepareVerb(verb: Verb) {
    const prepared = await site.prepareVerb(verb);
    const reason = prepared.ok ? harm(prepared.value.plan, id) : null;
    return reason ? fail(reason) : prepared;
  },
});

const lives = ({ verdict }: ContainerVerdict): boolean => verdict === 'keeps-running' || verdict === 'interrupted';

/** Whom it would harm beside our own container. */
function harm({ containers }: Plan, own: string | null): Problem | null {
  const names = containers.filter((one) => one.id !== own && !lives(one)).map(({ name }) => name);
  return names.length > 0 ? { kind: 'drill.would-stop', names } : null;
}
