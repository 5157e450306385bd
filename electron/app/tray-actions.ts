// What a click in the tray does: at once where nobody is endangered, else through the window's confirmation.
import type { Navigation, Verb } from '../contract/ipc.ts';
import type { Change } from '../contract/change.ts';
import { assertNever, type Result } from '../contract/problem.ts';
import type { Plan } from '../contract/plan.ts';
import type { Engine } from '../engine/engine.ts';
import type { TrayAction } from './tray-view.ts';

export type TrayPorts = {
  readonly engine: Pick<Engine, 'plan' | 'planVerb' | 'apply' | 'act'>;
  /** Opens the window at a place, or as it was. */
  readonly open: (to: Navigation | null) => void;
  readonly quit: () => void;
};

/** Does what was clicked; resolves when it is done or asked for in the window. */
export function createTrayActions({ engine, open, quit }: TrayPorts): (action: TrayAction) => Promise<void> {
  async function switchLiveRestore(on: boolean): Promise<void> {
    const confirm = on ? 'live-restore-on' : 'live-restore-off';
    const change: Change = { kind: 'patch', patch: [{ path: ['live-restore'], set: on }] };
    // Off endangers nobody now and everybody at the next restart: that wants a word before it.
    const plan = on ? await engine.plan(change) : null;
    if (plan?.ok && isHarmless(plan) && (plan.value.effect === 'reload' || plan.value.effect === 'none')) {
      await engine.apply(change, { etag: plan.value.etag, accept: [] });
    } else open({ place: 'daemon/advanced', confirm });
  }

  async function doVerb(verb: Verb): Promise<void> {
    if (isHarmless(await engine.planVerb(verb))) await engine.act(verb, { accept: [] });
    else open({ place: 'status', confirm: verb });
  }

  return async (action) => {
    switch (action.kind) {
      case 'live-restore':
        return switchLiveRestore(action.on);
      case 'verb':
        return doVerb(action.verb);
      case 'open':
        return open(openingFor(action));
      case 'quit':
        return quit();
      default:
        return assertNever(action);
    }
  };
}

const openingFor = ({ place, part }: Extract<TrayAction, { readonly kind: 'open' }>): Navigation | null =>
  place === null ? null : { place, ...(part === undefined ? {} : { part }), confirm: null };

/** Nothing stands against it, nothing has to be accepted, and every container keeps running. */
function isHarmless(plan: Result<Plan>): boolean {
  if (!plan.ok || plan.value.blocked !== null || plan.value.needs.length > 0) return false;
  return plan.value.containers.every(({ verdict }) => verdict === 'keeps-running');
}
