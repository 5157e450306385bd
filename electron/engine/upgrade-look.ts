// Looks up, on demand, what an upgrade of this daemon's package would do to the containers that run now.
import type { Upgrade } from '../contract/upgrade.ts';
import { prepareVerb } from './gather.ts';
import type { Observer } from './observer.ts';
import type { Platform } from './ports.ts';
import { upgradeOf } from './upgrade.ts';
import type { ViewStore } from './view.ts';

export async function upgradeNow(platform: Platform, observer: Observer, store: ViewStore): Promise<Upgrade> {
  const gathered = await observer.gather();
  const packages = await platform.packageFacts(await observer.identification());
  const { engine, liveRestore, target } = store.view();
  const running = 'facts' in engine ? engine.facts.version : null;
  return upgradeOf({
    packages,
    running,
    containers: gathered.ok ? gathered.value.containers : [],
    restart: gathered.ok ? prepareVerb(gathered.value, 'restart').plan.containers : null,
    liveRestore: liveRestore.effective,
    endpoint: target.endpoint,
  });
}
