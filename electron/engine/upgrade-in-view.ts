// The part of the view that tells of another version of the engine.
import { verbByHand } from '../contract/by-hand.ts';
import type { Target } from '../contract/snapshot.ts';
import type { Upgrade } from '../contract/upgrade.ts';
import { upgradeOf } from './upgrade.ts';
import type { Observed } from './view.ts';

/** Only where another version than the running one would be had. */
export function upgradeInView(
  { packages, link, containers }: Pick<Observed, 'packages' | 'link' | 'containers'>,
  liveRestore: boolean | null,
  target: Target,
): Upgrade | null {
  if (packages === null || link.kind !== 'up') return null;
  const upgrade = upgradeOf({
    packages,
    running: link.facts.version,
    containers: containers?.list ?? [],
    restart: null,
    liveRestore,
    cgroupDriver: link.facts.cgroupDriver,
    endpoint: target.endpoint,
    restartByHand: verbByHand('restart', target),
  });
  return upgrade.verdict === 'none' || upgrade.verdict === 'unknown' ? null : upgrade;
}
