// Puts into words of the engine what was found of a daemon, or why it may only be looked at.
import type { Candidate, ManagerKind } from '../contract/snapshot.ts';
import type { Identification } from '../engine/ports.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { readOnly, type Traced } from './identify.ts';
import { nothingKnown } from './next-start.ts';
import { createNoManager } from './no-manager.ts';
import { processView } from './processes.ts';
import { sandboxOwner, type Sandbox } from './sandbox-daemon.ts';
import { ownedBy } from './usual-places.ts';

/** Its files and processes are on another machine. */
export const remote = ({ endpoint }: Candidate): Identification => unproven('none', readOnly('remote', endpoint));

export function unproven(kind: ManagerKind, access: Identification['access']): Identification {
  return { ...nothingKnown, manager: createNoManager(kind, null), managerKind: kind, access };
}

/** As its process, its file and its manager show it. */
export function identified(
  traced: Traced,
  manager: ServiceManager,
  wished: string | null,
  foreign: Identification['access'] | null,
): Identification {
  const { process: daemon, configPath, configPathGiven, dataRoot, access } = traced;
  const differs = wished !== null && wished !== configPath;
  return {
    pid: daemon.pid,
    startTicks: daemon.startTicks,
    executable: daemon.executable,
    flags: daemon.arguments.slice(1),
    startFlags: daemon.arguments.slice(1),
    environment: daemon.environment ?? {},
    configPath,
    configPathGiven,
    flagSource: manager.unit ?? `dockerd (${daemon.pid})`,
    flagPlaces: {},
    manager,
    managerKind: manager.kind,
    access: foreign ?? (differs ? readOnly('config-other', `${wished} ≠ ${configPath}`) : access),
    dataRoot,
    ...ownedBy(daemon),
  };
}

/** A sandbox of another Afloat is its owner's: it restarts it, and it cleans up after it. */
export function foreignSandbox(socketPath: string, owned: Sandbox | undefined): Identification['access'] | null {
  const marker = owned ? null : sandboxOwner(socketPath);
  if (marker === null || marker.owner === process.pid) return null;
  return processView(marker.owner)?.startTicks === marker.startTicks
    ? readOnly('managed-elsewhere', `Afloat (${marker.owner})`)
    : null;
}
