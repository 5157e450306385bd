// Runs every check on one look; a healthy daemon gets silence.
import { isAtLeast } from '../../contract/options.ts';
import type { CheckId, DoctorAbout } from '../../contract/doctor.ts';
import type { Finding } from '../../contract/plan.ts';
import { autoRemove } from './auto-remove.ts';
import { bindMountCrash } from './bind-mount-crash.ts';
import { bridgeAddress } from './bridge-address.ts';
import { bridgeDetached } from './bridge-detached.ts';
import { bridgeSettings } from './bridge-settings.ts';
import type { Check, Look } from './check.ts';
import { containerdBound } from './containerd-bound.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { ghostProcess } from './ghost-process.ts';
import { gpuDaemonReload } from './gpu-daemon-reload.ts';
import { hostGateway } from './host-gateway.ts';
import { healthChecks } from './health-checks.ts';
import { killMode } from './kill-mode.ts';
import { mountFlags } from './mount-flags.ts';
import { networkGone } from './network-gone.ts';
import { neverEnded } from './never-ended.ts';
import { nftablesFlush } from './nftables-flush.ts';
import { noNetwork } from './no-network.ts';
import { overlayNetworks } from './overlay-networks.ts';
import { ownLogTarget } from './own-log-target.ts';
import { portRules } from './port-rules.ts';
import { portsNotRestored } from './ports-not-restored.ts';
import { proxyLeft } from './proxy-left.ts';
import { restartLoop } from './restart-loop.ts';
import { restoredNetworks } from './restored-networks.ts';
import { shimMissing } from './shim-missing.ts';
import { standardNetworks } from './standard-networks.ts';
import { startFailed } from './start-failed.ts';
import { startLimit } from './start-limit.ts';
import { sysboxNames } from './sysbox-names.ts';
import { unattendedUpgrades } from './unattended-upgrades.ts';
import { volumePrune } from './volume-prune.ts';
import { volumeUnmounted } from './volume-unmounted.ts';

/** A check that is not here does not compile. */
export const checks: { readonly [Id in CheckId]: Check<Id> } = {
  'kill-mode': killMode,
  'never-ended': neverEnded,
  'mount-flags': mountFlags,
  'containerd-bound': containerdBound,
  'start-limit': startLimit,
  'restart-loop': restartLoop,
  'ports-not-restored': portsNotRestored,
  'no-network': noNetwork,
  'duplicate-address': duplicateAddress,
  'standard-networks': standardNetworks,
  'ghost-process': ghostProcess,
  'shim-missing': shimMissing,
  'auto-remove': autoRemove,
  'health-checks': healthChecks,
  'overlay-networks': overlayNetworks,
  'volume-prune': volumePrune,
  'own-log-target': ownLogTarget,
  'sysbox-names': sysboxNames,
  'gpu-daemon-reload': gpuDaemonReload,
  'unattended-upgrades': unattendedUpgrades,
  'nftables-flush': nftablesFlush,
  'network-gone': networkGone,
  'bridge-address': bridgeAddress,
  'bridge-detached': bridgeDetached,
  'bridge-settings': bridgeSettings,
  'port-rules': portRules,
  'proxy-left': proxyLeft,
  'start-failed': startFailed,
  'volume-unmounted': volumeUnmounted,
  'restored-networks': restoredNetworks,
  'bind-mount-crash': bindMountCrash,
  'host-gateway': hostGateway,
};

/** A check without its own kind: all of them are asked alike. */
type AnyCheck = Omit<Check, 'find' | 'id'> & { find(look: Look): readonly DoctorAbout[] };

/** All that is found, the gravest first. */
export function examine(look: Look): readonly Finding[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return (Object.values(checks) as readonly AnyCheck[])
    .filter((check) => meets(check, look))
    .flatMap((check): readonly Finding[] =>
      check.find(look).map((about) => ({
        severity: check.severity,
        path: [],
        place: null,
        about: { kind: 'doctor', ...about },
      })),
    )
    .toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function meets({ versions: { from, until } }: AnyCheck, { facts }: Look): boolean {
  if (facts === null) return true;
  return (from === null || isAtLeast(facts.version, from)) && (until === null || !isAtLeast(facts.version, until));
}
