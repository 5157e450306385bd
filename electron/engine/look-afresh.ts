// The side of the observer that looks at everything afresh, when something is planned, done or proven.
import type { Orphan } from '../contract/audit.ts';
import { ok, type Result } from '../contract/problem.ts';
import type { Candidate, Container } from '../contract/snapshot.ts';
import type { Policy } from '../contract/policy.ts';
import type { Api } from './api.ts';
import { runs, unrestMs } from './audit.ts';
import { withText, type ConfigState } from './config-state.ts';
import type { Gathered } from './gather.ts';
import { withLooked } from './looked.ts';
import type { OutageSide } from './observe-outage.ts';
import { leftContainers } from './outage.ts';
import { readPastGaps } from './past-gaps.ts';
import type { Identification, Platform, Shim } from './ports.ts';
import { processLives } from './process-identity.ts';
import { lookForOrphans } from './proof.ts';
import { lastFacts, type Observed, type ViewStore } from './view.ts';

export type AfreshPorts = {
  readonly platform: Platform;
  readonly candidate: Candidate;
  readonly store: ViewStore;
  readonly api: Api;
  readonly outage: OutageSide;
  /** Resolves when watching has begun. */
  readonly begun: () => Promise<void>;
  readonly identify: () => Promise<Identification>;
  /** As it was last found. */
  readonly identified: () => Identification | null;
  readonly readFile: () => Promise<ConfigState>;
  readonly policyFor: (daemon: Identification) => Policy;
  readonly closed: () => boolean;
};

export type LookAfresh = {
  /** Answers for one moment. Wakes nothing. */
  gather(): Promise<Result<Gathered>>;
  /**
   * The same, of a moment at which the daemon is followed and the restart policy of none of these containers is at work.
   * Events tell of that moment; where it does not come within the limit, as of a container that never stays up, the last
   * look counts.
   */
  gatherAtRest(ids: ReadonlySet<string>, limitMs: number): Promise<Result<Gathered>>;
  /** What the last look while the process with this pid was the daemon told of containers; null: there was none. */
  gatheredOf(pid: number | null): readonly Container[] | null;
  /** Looks for containers that run although the daemon does not manage them, and notes them. */
  orphans(): Promise<readonly Orphan[]>;
};

export function lookAfresh(ports: AfreshPorts): LookAfresh {
  const { platform, candidate, store, api, outage } = ports;
  /** Of the daemon that runs and the one before it. */
  let last: readonly { readonly pid: number | null; readonly containers: readonly Container[] }[] = [];
  /** Every container that this daemon ever told of, with its name. */
  const known = new Map<string, string>();

  async function gather(): Promise<Result<Gathered>> {
    await ports.begun();
    const identification = await ports.identify();
    const read = await ports.readFile();
    const { link } = store.observed();
    const { observed: seen } = withLooked(store.observed());
    const { engine } = store.view();
    const base = {
      candidate,
      identification,
      state: withText(read, seen.config),
      policy: ports.policyFor(identification),
      machine: seen.machine,
      step: seen.rights.step,
      killMode: await identification.manager.killMode(),
      shims: platform.shims(identification),
      pastGaps: await readPastGaps(platform.stateFolder, identification.configPath),
    };
    if (link.kind === 'up') {
      const [facts, list] = await Promise.all([api.facts(), api.containers()]);
      if (!facts.ok) return facts;
      if (!list.ok) return list;
      const { pid } = identification;
      last = [{ pid, containers: list.value }, ...last.filter((one) => one.pid !== pid)].slice(0, 2);
      for (const { id, name } of list.value) known.set(id, name);
      const now = { state: 'running', since: engine.since, facts: facts.value } as const;
      return ok({ ...base, engine: now, lastFacts: facts.value, containers: list.value });
    }
    const before = seen.containers?.list ?? [];
    const left = await outage.look();
    // Where it hangs or is on its way, those count that it had and whose processes still run.
    const alive = left
      ? leftContainers(left, before)
      : (
          await Promise.all(before.filter(runs).map(async (one) => ((await processLives(one.pid)) ? [one] : [])))
        ).flat();
    return ok({ ...base, engine, lastFacts: lastFacts(store), containers: alive });
  }

  /** Resolves when this is observed, or after so many ms. */
  async function seen(holds: (observed: Observed) => boolean, limitMs: number): Promise<void> {
    let stop = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
      stop = store.watch(() => (holds(store.observed()) ? resolve() : undefined));
    });
    clearTimeout(timer);
    stop();
  }

  return {
    gather,
    async gatherAtRest(ids, limitMs) {
      const until = performance.now() + limitMs;
      // A daemon that has just answered a verb is followed again a moment later.
      await seen(({ link }) => link.kind === 'up', limitMs);
      for (;;) {
        // Taken before the question: what is told during the answer is not waited for in vain.
        const { containers } = store.observed();
        const gathered = await gather();
        const now = Date.now();
        const moving = gathered.ok ? gathered.value.containers.filter(({ id }) => ids.has(id)) : [];
        const unrest = Math.max(0, ...moving.map((one) => unrestMs(one, now)));
        const leftMs = until - performance.now();
        if (unrest === 0 || leftMs <= 0 || ports.closed()) return gathered;
        await seen((later) => later.containers !== containers, Math.min(unrest, leftMs));
      }
    },
    gatheredOf: (pid) => last.find((one) => one.pid === pid)?.containers ?? null,
    async orphans() {
      const told = store.observed().containers?.list ?? [];
      // Whoever it had when it went is known, also where nothing was asked since.
      for (const { id, name } of [...(outage.went()?.containers ?? []), ...told]) known.set(id, name);
      const daemon = ports.identified();
      const shims = (): readonly Shim[] => (daemon === null ? [] : platform.shims(daemon));
      const found = await lookForOrphans(shims, gather, known, told);
      if (!ports.closed()) store.observe({ orphans: found });
      return found;
    },
  };
}
