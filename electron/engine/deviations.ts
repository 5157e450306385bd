// Compares every container before and after a restart of the daemon: process, ports, networks, health, mounts and counts.
import type { Audit, ContainerAudit, ContainerLog, Deviation, Orphan } from '../contract/audit.ts';
import type { ContainerFate } from '../contract/outcome.ts';
import type { Container } from '../contract/snapshot.ts';
import { runs, sameProcess, unrestMs } from './audit.ts';
import { goesOnChecking } from './interruptions.ts';

/** What was looked at afterwards. */
export type Afterwards = {
  /** When that was, in ms since 1970. */
  readonly at: number;
  /** Of the daemon that is there now. */
  readonly version: string;
  readonly containers: readonly Container[];
  /** Where something listens on the daemon's side, e.g. `tcp/8080`; null where published ports have no listener, or it cannot be seen. */
  readonly listening: ReadonlySet<string> | null;
  readonly orphans: readonly Orphan[];
  readonly logs: readonly ContainerLog[];
};

/** `fates` say what was foretold. */
export function auditOf(
  before: readonly Container[],
  fates: readonly Pick<ContainerFate, 'id' | 'foretold'>[],
  after: Afterwards,
): Audit {
  const running = before.filter(runs);
  const now = new Map(after.containers.map((container) => [container.id, container]));
  const foretold = new Map(fates.map((fate) => [fate.id, fate.foretold]));
  const containers = running.flatMap((container): readonly ContainerAudit[] => {
    const { id, name } = container;
    const deviations = deviationsOf(container, now.get(id), after);
    return deviations.length === 0 ? [] : [{ id, name, foretold: foretold.get(id) ?? 'keeps-running', deviations }];
  });
  return { compared: running.length, containers, orphans: after.orphans, logs: after.logs };
}

export function deviationsOf(
  before: Container,
  later: Container | undefined,
  { at, version, listening }: Pick<Afterwards, 'at' | 'version' | 'listening'>,
): readonly Deviation[] {
  if (later === undefined) return [{ kind: 'unknown' }];
  if (!runs(later)) return [{ kind: 'ended', exitCode: later.exitCode }];
  // Between two processes it has neither ports nor addresses, which says nothing of those that it gets.
  if (before.state === 'restarting') return [];
  if (unrestMs(later, at) > 0) return [{ kind: 'keeps-ending', exitCode: later.exitCode }];
  const isSame = before.pid === later.pid && before.startedAt === later.startedAt;
  return [
    // Found without the daemon, its start was not told.
    ...(isSame || (before.startedAt === '' && before.pid === later.pid)
      ? []
      : [{ kind: 'new-process', from: before.pid, to: later.pid } as const]),
    ...portDeviations(before, later, listening),
    ...connectionDeviations(before, later),
    ...(later.health === 'unhealthy' && before.health !== 'unhealthy'
      ? [{ kind: 'health-worse', to: later.health } as const]
      : []),
    ...(stopsChecking(before, later, version) ? [{ kind: 'health-stopped', last: later.health ?? '' } as const] : []),
    ...(before.state === 'paused' && later.state !== 'paused' ? [{ kind: 'not-paused' } as const] : []),
  ];
}

/** One that is paused is checked again once it goes on (measured on 20.10). */
const stopsChecking = (before: Container, later: Container, version: string): boolean =>
  later.healthCheck && later.state === 'running' && sameProcess(before, later) && !goesOnChecking(version);

function portDeviations(before: Container, later: Container, listening: Afterwards['listening']): Deviation[] {
  const gone = before.ports.filter((port) => !later.ports.includes(port));
  const closed = listening === null ? [] : later.ports.filter((port) => !listensAt(port, listening));
  return [
    ...gone.map((port) => ({ kind: 'port-gone', port }) as const),
    ...closed.map((port) => ({ kind: 'port-closed', port }) as const),
  ];
}

/** `0.0.0.0:8080->80/tcp` is `tcp/8080`. What is not published, or a range, is not looked for. */
function listensAt(port: string, listening: ReadonlySet<string>): boolean {
  const found = /:(\d+)->\d+\/(tcp|udp)$/.exec(port);
  return !found || listening.has(`${found[2] ?? ''}/${found[1] ?? ''}`);
}

function connectionDeviations({ details: before }: Container, { details: later }: Container): Deviation[] {
  if (before === null || later === null) return [];
  const addresses = new Map(later.networks.map(({ name, address }) => [name, address]));
  const networks = before.networks.flatMap(({ name: network, address: from }): Deviation[] => {
    const to = addresses.get(network);
    if (to === undefined) return [{ kind: 'network-gone', network }];
    return to === from ? [] : [{ kind: 'address-changed', network, from, to }];
  });
  const isSameDns = before.dns.join(' ') === later.dns.join(' ');
  const times = later.restartCount - before.restartCount;
  return [
    ...networks,
    ...(isSameDns ? [] : [{ kind: 'dns-changed', from: before.dns, to: later.dns } as const]),
    ...before.mounts
      .filter((path) => !later.mounts.includes(path))
      .map((path) => ({ kind: 'mount-gone', path }) as const),
    ...(times > 0 ? [{ kind: 'restarted', times } as const] : []),
  ];
}
