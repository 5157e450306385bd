// Looks up what an upgrade of this daemon's package would do to the containers that run now, and when to ask again.
import { verbByHand } from '../contract/by-hand.ts';
import type { Upgrade } from '../contract/upgrade.ts';
import { prepareVerb } from './gather.ts';
import type { Observer } from './observer.ts';
import type { Identification, Platform } from './ports.ts';
import { upgradeOf } from './upgrade.ts';
import type { ViewStore } from './view.ts';

export async function upgradeNow(platform: Platform, observer: Observer, store: ViewStore): Promise<Upgrade> {
  const gathered = await observer.gather();
  const packages = await platform.packageFacts(await observer.identification(), { store: true });
  const { engine, liveRestore, target } = store.view();
  const running = 'facts' in engine ? engine.facts.version : null;
  return upgradeOf({
    packages,
    running,
    containers: gathered.ok ? gathered.value.containers : [],
    restart: gathered.ok ? prepareVerb(gathered.value, 'restart').plan.containers : null,
    liveRestore: liveRestore.effective,
    cgroupDriver: 'facts' in engine ? engine.facts.cgroupDriver : null,
    endpoint: target.endpoint,
    restartByHand: verbByHand('restart', target),
  });
}

const hourMs = 3_600_000;

export type PackageWatch = { look(daemon: Identification | null): Promise<void> };

/** Asks the package manager when it is told to look, for one process of the daemon at most once an hour. */
export function watchPackages(
  platform: Pick<Platform, 'packageFacts'>,
  { store, closed }: { readonly store: Pick<ViewStore, 'observe'>; readonly closed: () => boolean },
): PackageWatch {
  let asked = { process: '', at: 0 };
  return {
    async look(daemon) {
      if (daemon === null) return;
      const process = `${daemon.pid} ${daemon.startTicks}`;
      if (asked.process === process && Date.now() - asked.at < hourMs) return;
      asked = { process, at: Date.now() };
      const packages = await platform.packageFacts(daemon, { store: false });
      if (!closed()) store.observe({ packages });
    },
  };
}
