// Everything that changes the daemon, one at a time: with our own rights or root's, its steps published and all read back.
import { randomBytes } from 'node:crypto';
import type { Change } from '../contract/change.ts';
import type { Drill } from '../contract/drill.ts';
import type { Verb } from '../contract/ipc.ts';
import type { Outcome, Step } from '../contract/outcome.ts';
import type { Consent } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';
import { act } from './act.ts';
import { runs } from './audit.ts';
import { apply, type ApplyRequest } from './apply.ts';
import { within, type Authorized } from './authority.ts';
import { drillHere } from './drill-here.ts';
import { actAsRoot, applyAsRoot, goBackAsRoot, rescueAsRoot } from './elevation.ts';
import type { Observer } from './observer.ts';
import { taken } from './looked.ts';
import { refusal } from './outcome.ts';
import { gapOf, keepPastGap } from './past-gaps.ts';
import type { Platform } from './ports.ts';
import { withAudit } from './proof.ts';
import type { Recorder } from './recorder.ts';
import { recover, type RecoverySite } from './recover.ts';
import { rescue, type RescueRequest } from './rescue.ts';
import { actSite, applySite } from './site.ts';
import { startWith } from './start-with.ts';
import { createSteps, type Steps } from './steps.ts';
import type { ViewStore } from './view.ts';

export type VerbPorts = {
  readonly platform: Platform;
  readonly store: ViewStore;
  /** Of the daemon that is the target now. */
  readonly observer: () => Observer;
  readonly recorder: Recorder;
  readonly authorized: Authorized | null;
  /** For fault injection. */
  readonly probe: (point: string) => Promise<void>;
};

/** `etag` is of the file that was shown; null: there was none. `earlier`: the bytes to go back to. */
export type WayBackRequest = Consent & { readonly earlier: Uint8Array; readonly etag: string | null };

export type Verbs = {
  apply(change: Change, request: Omit<ApplyRequest, 'change'>): Promise<Outcome>;
  act(verb: Verb, consent: Consent): Promise<Outcome>;
  rescue(request: RescueRequest): Promise<Outcome>;
  /** Puts an earlier text into the file and starts the daemon with it. */
  goBack(request: WayBackRequest): Promise<Outcome>;
  drill(): Promise<Drill>;
  /** Finishes or undoes what an ended process, or a change of ours that was cut off, left of this target. */
  settle(): Promise<void>;
  /** Why nothing else may be done now; null: nothing is under way. */
  busy(): Problem | null;
  /** Whether root's rights are needed, and can be asked for. */
  isElevated(): boolean;
};

export function createVerbs({ platform, store, observer, recorder, authorized, probe }: VerbPorts): Verbs {
  let busy: Outcome['verb'] | null = null;

  /** Runs a verb alone, publishes its steps, and ends with everything read back. */
  async function during(verb: Outcome['verb'], work: (steps: Steps) => Promise<Outcome>): Promise<Outcome> {
    if (busy !== null) return refusal(verb, { kind: 'engine.busy', verb: busy });
    busy = verb;
    const since = Date.now();
    const announce = (step: Step): void => store.observe({ operation: { kind: 'running', verb, step, since } });
    try {
      // What is there now, and what works now, is what there will be to go back to. Backups of root are for root alone.
      await recorder.sighting();
      await recorder.running(store.view());
      const outcome = await work(createSteps(announce, probe));
      // At once: what is written after it is somebody else's.
      await recorder.outcome(outcome);
      const ran =
        observer()
          .gatheredOf(outcome.proof?.pidBefore ?? null)
          ?.filter(runs) ?? [];
      const gap = gapOf(outcome, ran);
      if (gap !== null) await keepPastGap(platform.stateFolder, store.view().target.configPath, gap);
      // What was done as root was looked after as root.
      const proven = outcome.audit === null ? await withAudit(platform, observer(), outcome) : outcome;
      await observer().refresh();
      store.observe({ operation: { kind: 'idle' }, lastOutcome: proven });
      return proven;
    } finally {
      busy = null;
      store.observe({ operation: { kind: 'idle' } });
    }
  }

  async function settle(site: RecoverySite): Promise<void> {
    const outcome = await recover(
      site,
      createSteps(() => undefined, probe),
    );
    if (!outcome) return;
    await observer().refresh();
    store.observe({ lastOutcome: outcome });
    await recorder.outcome(outcome);
  }

  const isElevated = (): boolean => store.observed().rights.step === 'installed';

  return {
    busy: () => (busy === null ? null : { kind: 'engine.busy', verb: busy }),
    isElevated,
    async settle() {
      const site = await applySite(platform, observer(), store, transactionId);
      if (site.ok) await settle(site.value);
    },
    apply: (change, request) =>
      during('apply', async (steps) => {
        if (isElevated()) {
          const gathered = await observer().gather();
          if (!gathered.ok) return refusal('apply', gathered.problem);
          return taken('apply', store, await applyAsRoot(platform.elevation, gathered.value, change, request, steps));
        }
        return steadily(async () => {
          const site = await applySite(platform, observer(), store, transactionId);
          if (!site.ok) return refusal('apply', site.problem);
          // The daemon may have been down, or another one watched, when this program started.
          await settle(site.value);
          const limited = authorized ? within(site.value, authorized) : site.value;
          return apply(limited, { change, ...request }, steps);
        });
      }),
    act: (verb, consent) =>
      during(verb, async (steps) => {
        if (isElevated()) {
          const gathered = await observer().gather();
          if (!gathered.ok) return refusal(verb, gathered.problem);
          return taken(verb, store, await actAsRoot(platform.elevation, gathered.value, verb, consent, steps));
        }
        return steadily(async () => {
          const site = await actSite(platform, observer(), store);
          return site.ok ? act(site.value, verb, consent, steps) : refusal(verb, site.problem);
        });
      }),
    rescue: (request) =>
      during('start', async (steps) => {
        if (isElevated()) {
          const gathered = await observer().gather();
          if (!gathered.ok) return refusal('start', gathered.problem);
          return taken('start', store, await rescueAsRoot(platform.elevation, gathered.value, request, steps));
        }
        const site = await applySite(platform, observer(), store, transactionId);
        if (!site.ok) return refusal('start', site.problem);
        await settle(site.value);
        return rescue(authorized ? within(site.value, authorized) : site.value, request, steps);
      }),
    goBack: ({ earlier, ...request }) =>
      during('start', async (steps) => {
        if (isElevated()) {
          const gathered = await observer().gather();
          if (!gathered.ok) return refusal('start', gathered.problem);
          const asked = { earlier, ...request };
          return taken('start', store, await goBackAsRoot(platform.elevation, gathered.value, asked, steps));
        }
        const site = await applySite(platform, observer(), store, transactionId);
        if (!site.ok) return refusal('start', site.problem);
        await settle(site.value);
        const limited = authorized ? within(site.value, authorized) : site.value;
        return startWith(limited, { ...request, prepare: () => limited.prepareWayBack(earlier) }, steps);
      }),
    drill: () => drillHere({ platform, observer: observer(), store, during, isElevated: isElevated() }),
  };
}

/**
 * Does it, and once more where another process had taken the daemon's place between two looks: nothing was done then,
 * and plan, consents and etag are compared with what runs now.
 */
async function steadily(once: () => Promise<Outcome>): Promise<Outcome> {
  const outcome = await once();
  return outcome.result === 'refused' && outcome.problem?.kind === 'target.changed' ? once() : outcome;
}

/** Letters and digits; part of a file name. */
const transactionId = (): string => randomBytes(8).toString('hex');
