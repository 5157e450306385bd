// Foretells what a container that goes on running misses meanwhile: ports, names, health checks, a reader of its output.
import { isAtLeast } from '../contract/options.ts';
import type { Reason } from '../contract/plan.ts';
import type { Container } from '../contract/snapshot.ts';
import { logTargetOf } from './log-target.ts';

/** What decides over it; `act` is one in which the daemon stops, starts or both. */
export type Meanwhile = {
  readonly act: 'restart' | 'reload-then-restart' | 'stop' | 'start';
  readonly version: string | null;
  readonly containers: readonly Container[];
  readonly userlandProxy: boolean;
  readonly iptables: boolean;
};

export const interruptions = (container: Container, meanwhile: Meanwhile): readonly Reason[] => [
  ...portReasons(container, meanwhile),
  ...nameReasons(container, meanwhile),
  ...healthReasons(container, meanwhile),
  ...execReasons(container, meanwhile),
  ...outputReasons(container, meanwhile),
  ...logReasons(container, meanwhile),
];

/**
 * While the daemon is down, docker-proxy is gone, and with it 127.0.0.1; other addresses are served by rules and live on.
 * The starting daemon writes those rules anew: connections then fail for 0.2 to 0.8 s (measured on 20.10, 26.1, 28.5).
 * Without rules docker-proxy serves every address.
 */
function portReasons(container: Container, { userlandProxy, iptables, act }: Meanwhile): readonly Reason[] {
  const ports = container.ports.filter((port) => port.includes('->'));
  const byProxy = act !== 'start' && userlandProxy ? ports.filter((port) => !iptables || isOnLoopback(port)) : [];
  // What only docker-proxy serves has no rules to be written.
  const byRules = act !== 'stop' && iptables ? ports.filter((port) => !userlandProxy || !isOnlyOnLoopback(port)) : [];
  return [
    ...(byProxy.length > 0 ? [{ kind: 'published-ports', ports: byProxy } as const] : []),
    ...(byRules.length > 0 ? [{ kind: 'port-rules', ports: byRules } as const] : []),
  ];
}

/** A port published on one outside address is not reached by 127.0.0.1 at all. */
const isOnLoopback = (port: string): boolean => /^(|0\.0\.0\.0|::|::1|::ffff:127\..*|127\..*)$/.test(addressOf(port));
const isOnlyOnLoopback = (port: string): boolean => /^(::1|::ffff:127\..*|127\..*)$/.test(addressOf(port));
const addressOf = (port: string): string => (/^(.*):\d+(?:-\d+)?->/.exec(port)?.[1] ?? '?').replace(/^\[|\]$/g, '');

/** dockerd's own name server at 127.0.0.11 is gone with it; there is none in the networks that Docker makes itself. */
function nameReasons(container: Container, { act, containers }: Meanwhile): readonly Reason[] {
  if (act === 'start') return [];
  const networks = networksOf(container, containers).filter((name) => !['bridge', 'host', 'none'].includes(name));
  return networks.length > 0 ? [{ kind: 'network-names', networks }] : [];
}

/** Its own, or those of the container whose network it shares. */
function networksOf({ details }: Container, containers: readonly Container[]): readonly string[] {
  if (details === null) return [];
  const shared = /^container:(.+)$/.exec(details.networkMode)?.[1];
  const other = shared === undefined ? undefined : containers.find(({ id, name }) => id === shared || name === shared);
  return (other?.details ?? details).networks.map(({ name }) => name);
}

/**
 * dockerd runs the checks. One older than 23.0 does not take them up again, which is told by a reason of its own; one from
 * 25.0 on begins them anew and forgets what was found, without granting `--health-start-period` again (measured on 26.1
 * and 28.5; moby#47051).
 */
function healthReasons({ healthCheck }: Container, { act, version }: Meanwhile): readonly Reason[] {
  if (!healthCheck) return [];
  const starts = act !== 'stop';
  const stays = starts && version !== null && !goesOnChecking(version);
  const anew = starts && (version === null || isAtLeast(version, '25.0'));
  return [
    ...(act !== 'start' && !stays ? [{ kind: 'health-checks-pause' } as const] : []),
    ...(anew ? [{ kind: 'health-begins-again' } as const] : []),
  ];
}

/** Whether a daemon that finds containers running runs their health checks (moby#41935; 20.10 measured). */
export const goesOnChecking = (version: string): boolean => isAtLeast(version, '23.0');

/**
 * Whoever sits at one is cut off. Its process goes on, and belongs to nobody: the next daemon knows its id no more
 * (measured on 20.10, 26.1, 28.5).
 */
const execReasons = ({ details }: Container, { act }: Meanwhile): readonly Reason[] =>
  act !== 'start' && details?.execs !== undefined ? [{ kind: 'execs-cut', count: details.execs }] : [];

/** A pipe of 64 KiB to a FIFO of as much; with a terminal less (measured on 20.10, 26.1, 28.5, with every log driver). */
const outputBytes = { pipes: 128 * 1024, terminal: 78 * 1024 };

/** In a restart nobody notices; who stops the daemon decides for how long. */
const outputReasons = ({ details }: Container, { act }: Meanwhile): readonly Reason[] =>
  act === 'stop' && details !== null
    ? [{ kind: 'output-waits', bytes: details.tty ? outputBytes.terminal : outputBytes.pipes }]
    : [];

/**
 * A daemon adopts a container only after its log driver is ready, and published ports come back later than that: it leaves
 * such a container alone. It runs on, but its output fills the pipe until it waits for good, and exec fails; a stop ends it
 * (measured on 20.10, 26.1, 28.5 with syslog and fluentd over TCP; moby#45002).
 */
function logReasons(container: Container, { act, containers }: Meanwhile): readonly Reason[] {
  const target = act === 'stop' ? null : logTargetOf(container, containers);
  return target === null ? [] : [{ kind: 'log-target-away', target }];
}
