// Gives a rehearsal the daemon that is watched: its plan, its containers, and a restart with our own rights or with root's.
import type { Drill } from '../contract/drill.ts';
import type { Outcome } from '../contract/outcome.ts';
import { endangeredBy } from '../contract/plan.ts';
import { ok } from '../contract/problem.ts';
import { act, type ActSite } from './act.ts';
import { createDrillDaemon } from './drill-daemon.ts';
import { drill } from './drill.ts';
import { actAsRoot } from './elevation.ts';
import { prepareVerb } from './gather.ts';
import { taken } from './looked.ts';
import type { Observer } from './observer.ts';
import { refusal } from './outcome.ts';
import type { Platform } from './ports.ts';
import { ownIdentity } from './process-identity.ts';
import { actSite } from './site.ts';
import type { Steps } from './steps.ts';
import type { ViewStore } from './view.ts';

export type DrillGround = {
  readonly platform: Platform;
  readonly observer: Observer;
  readonly store: ViewStore;
  /** Runs it alone, with its steps published and everything read back. */
  readonly during: (verb: 'restart', work: (steps: Steps) => Promise<Outcome>) => Promise<Outcome>;
  /** Whether root's rights are needed, and can be asked for. */
  readonly isElevated: boolean;
};

export async function drillHere({ platform, observer, store, during, isElevated }: DrillGround): Promise<Drill> {
  const { endpoint } = store.view().target;
  return drill({
    image: platform.drillImage(process.arch),
    architecture: process.arch,
    daemon: createDrillDaemon(endpoint.replace(/^unix:\/\//, ''), await ownIdentity()),
    async plan() {
      const gathered = await observer.gather();
      return gathered.ok ? ok(prepareVerb(gathered.value, 'restart').plan) : gathered;
    },
    restart: (accept, guard) =>
      during('restart', async (steps) => {
        if (!isElevated) {
          const site = await actSite(platform, observer, store);
          return site.ok ? act(guard(site.value), 'restart', { accept }, steps) : refusal('restart', site.problem);
        }
        const gathered = await observer.gather();
        if (!gathered.ok) return refusal('restart', gathered.problem);
        const { value: now } = gathered;
        const prepareNow: ActSite['prepareVerb'] = (verb) => Promise.resolve(ok(prepareVerb(now, verb)));
        const prepared = await guard({ prepareVerb: prepareNow }).prepareVerb('restart');
        if (!prepared.ok) return refusal('restart', prepared.problem);
        // Root plans anew after the password. It gets no consent to more than would happen now, nor to anybody else.
        const { plan } = prepared.value;
        const needed = accept.filter((one) => plan.needs.includes(one));
        const consent = { accept: needed, shown: endangeredBy(plan).map(({ id }) => id) };
        return taken('restart', store, await actAsRoot(platform.elevation, now, 'restart', consent, steps));
      }),
  });
}
