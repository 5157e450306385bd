// Foretells, for every running container, what becomes of it; each rule was measured on 20.10, 26.1 and 28.5.
import { isAtLeast } from '../contract/options.ts';
import type { ContainerVerdict, Effect, OptionChange, Reason, Verdict } from '../contract/plan.ts';
import type { Container, ManagerKind } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { goesOnChecking, interruptions } from './interruptions.ts';
import { logTargetOf } from './log-target.ts';
import type { Shim } from './ports.ts';

/** What is about to happen to the daemon. */
export type Act = Effect | 'stop' | 'start';

/** Everything that decides over containers. */
export type Circumstance = {
  readonly act: Act;
  /** Null counts as a new one. */
  readonly version: string | null;
  readonly liveRestore: {
    /**
     * In the memory of the daemon at the moment it is told to stop: an orderly stop goes by this alone, whatever the
     * file says. Null, not known, counts as off.
     */
    readonly atStop: boolean | null;
    /** What the starting daemon reads, by flag or from the file: it adopts the containers it finds, or stops them. */
    readonly atStart: boolean;
  };
  readonly containers: readonly Container[];
  /** Options that change with this act. */
  readonly changes: readonly OptionChange[];
  readonly manager: ManagerKind;
  /** systemd's KillMode; null where there is none or it cannot be read. */
  readonly killMode: string | null;
  /** Whether dockerd runs a containerd of its own, whose shims then stand in dockerd's unit. Null counts as yes. */
  readonly ownContainerd: boolean | null;
  readonly rootless: boolean;
  readonly swarm: boolean;
  /** Whether published ports are also served by docker-proxy, which ends with dockerd. */
  readonly userlandProxy: boolean;
  /** Whether the daemon writes rules for published ports; without them docker-proxy serves every address. */
  readonly iptables: boolean;
  /** systemd's unit of the daemon; null where there is none. */
  readonly unit: string | null;
  /** What holds the containers, as far as it can be seen. */
  readonly shims: readonly Pick<Shim, 'id' | 'units'>[];
};

/** A verdict for every container that runs, paused ones too; the others have nothing to lose. */
export const verdictsFor = (circumstance: Circumstance): readonly ContainerVerdict[] =>
  circumstance.containers.filter(runs).map((container): ContainerVerdict => {
    const reasons = reasonsFor(container, circumstance);
    return { id: container.id, name: container.name, verdict: worst(reasons), reasons };
  });

function reasonsFor(container: Container, circumstance: Circumstance): readonly Reason[] {
  const { act } = circumstance;
  if (act === 'none') return [];
  if (act === 'reload') return [{ kind: 'reload-leaves-alone' }, ...optionReasons(circumstance)];
  const ending = endingReasons(container, circumstance);
  const options =
    act === 'stop' ? [] : optionReasons(circumstance).map((reason) => forOld(reason, container, circumstance));
  // Whom the starting daemon does not see, it does not start.
  const again = options.some(hides) ? [] : startedAgain(container, circumstance);
  if (ending.length > 0) return [...ending, ...again, ...options];
  return [
    { kind: 'live-restore-on' },
    // Only whom the starting daemon sees, it does wrong to.
    ...(act === 'stop' || options.some(isAway) ? [] : oldEngineReasons(container, circumstance)),
    ...interruptions(container, { ...circumstance, act }),
    ...options,
  ];
}

/** Why its process would end; empty where live restore keeps it. */
function endingReasons(container: Container, circumstance: Circumstance): readonly Reason[] {
  const { act, liveRestore, swarm } = circumstance;
  const stops = act !== 'start' && liveRestore.atStop !== true;
  const stoppedAtStart = act !== 'stop' && !liveRestore.atStart;
  const reasons: Reason[] = [];
  if (act === 'start') {
    if (stoppedAtStart) reasons.push({ kind: 'live-restore-off-at-start' });
  } else if (stops && (stoppedAtStart || act === 'stop')) reasons.push({ kind: 'live-restore-off' });
  else if (stops) reasons.push({ kind: 'live-restore-off-at-stop' });
  else if (stoppedAtStart) reasons.push({ kind: 'live-restore-off-at-start' });
  if (reasons.length > 0 && swarm) reasons.push({ kind: 'swarm' });
  const killed = act === 'start' && !circumstance.rootless ? null : killReason(container, circumstance);
  if (killed) reasons.push(killed);
  return reasons;
}

/**
 * The service manager ends the shims itself. systemd does so with every KillMode but `process` and `none`, when dockerd
 * runs its own containerd (measured on 20.10 under systemd 252). A rootless daemon loses them whatever its unit says:
 * every new rootlesskit has a /run of its own, in which containerd finds none of the shims, and so ends the containers
 * (measured on 28.5 with `process`: exit code 255).
 */
function killReason({ id }: Container, circumstance: Circumstance): Reason | null {
  const { manager, killMode, ownContainerd, rootless, unit, shims } = circumstance;
  if (rootless) return { kind: 'rootless' };
  const shim = shims.find((one) => one.id === id);
  const systemd = manager === 'systemd' || manager === 'systemd-user';
  const mode = killMode ?? (manager === 'systemd-user' ? 'mixed' : 'process');
  const kills = systemd && mode !== 'process' && mode !== 'none';
  // Where its shim can be seen, that says who would end it: dockerd takes a containerd that runs before one of its own.
  const isInUnit = shim && unit !== null && systemd ? shim.units.includes(unit) : ownContainerd !== false;
  return kills && isInUnit ? { kind: 'kill-mode', killMode: mode } : null;
}

/**
 * With `always` the starting daemon starts it again. With `unless-stopped` only where the ending daemon had stopped it:
 * one that the starting daemon stops counts as stopped by a user, and stays so (measured on 20.10, 26.1, 28.5).
 */
function startedAgain(container: Container, { act, liveRestore, ...around }: Circumstance): readonly Reason[] {
  const { restartPolicy: policy } = container;
  if (act === 'stop' || (policy !== 'always' && policy !== 'unless-stopped')) return [];
  const endsAtStop = act !== 'start' && liveRestore.atStop !== true;
  if (policy !== 'always' && !endsAtStop) return [{ kind: 'stays-stopped', policy }];
  const target = logTargetOf(container, around.containers);
  // 26.1 and 28.5 try once, before published ports are there, and give up; 20.10 had it running (measured; moby#45002).
  const isEarly = around.version === null || isAtLeast(around.version, '23.0');
  return target !== null && isEarly ? [{ kind: 'log-target-keeps-down', target }] : [{ kind: 'started-again', policy }];
}

const hides = (reason: Reason): boolean => reason.kind === 'option' && reason.risk === 'hides';

const isAway = (reason: Reason): boolean =>
  reason.kind === 'option' && (reason.risk === 'hides' || reason.risk === 'loses');

/** Putting the option back does not repair it where the old engine then removes it (measured on 20.10). */
function forOld(reason: Reason, { autoRemove }: Container, { version }: Circumstance): Reason {
  const isRemoved = autoRemove && version !== null && !isAtLeast(version, '24.0.9');
  return isRemoved && reason.kind === 'option' && reason.risk === 'hides' ? { ...reason, risk: 'loses' } : reason;
}

/** What old engines do wrong to containers that they adopt: 20.10 measured, the first good versions by source. */
function oldEngineReasons(container: Container, { version }: Circumstance): readonly Reason[] {
  if (version === null) return [];
  const reasons: Reason[] = [];
  if (container.autoRemove && !isAtLeast(version, '24.0.9')) reasons.push({ kind: 'auto-remove-on-old-engine' });
  if (container.healthCheck && !goesOnChecking(version)) reasons.push({ kind: 'health-checks-stop-on-old-engine' });
  return reasons;
}

function optionReasons({ changes, act }: Circumstance): readonly Reason[] {
  const told: readonly OptionChange['risk'][] =
    act === 'reload' ? ['ends-daemon'] : ['hides', 'loses', 'later-start-fails'];
  return changes
    .filter(({ risk, effect }) => effect !== 'none' && told.includes(risk))
    .map(({ key, risk }): Reason => ({ kind: 'option', key, risk }));
}

const order: readonly Verdict[] = ['keeps-running', 'interrupted', 'stops', 'hidden', 'lost'];

export const isWorse = (verdict: Verdict, than: Verdict): boolean => order.indexOf(verdict) > order.indexOf(than);

/**
 * The worst that the reasons come to. Containers that end in good order before the daemon starts with another
 * containerd are not lost, but stopped (only living ones are taken for ended and started twice: measured).
 */
function worst(reasons: readonly Reason[]): Verdict {
  const verdicts = reasons.map(verdictOf);
  const ends = verdicts.includes('stops');
  return verdicts
    .filter((verdict) => !(ends && verdict === 'lost'))
    .reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'keeps-running');
}

function verdictOf(reason: Reason): Verdict {
  switch (reason.kind) {
    case 'live-restore-on':
    case 'reload-leaves-alone':
    case 'output-waits':
    case 'health-begins-again':
      return 'keeps-running';
    case 'published-ports':
    case 'port-rules':
    case 'network-names':
    case 'health-checks-pause':
    case 'execs-cut':
    case 'log-target-away':
    case 'gpus-lost':
    case 'health-checks-stop-on-old-engine':
      return 'interrupted';
    case 'live-restore-off':
    case 'live-restore-off-at-start':
    case 'live-restore-off-at-stop':
    case 'started-again':
    case 'stays-stopped':
    case 'log-target-keeps-down':
    case 'auto-remove-on-old-engine':
    case 'kill-mode':
    case 'rootless':
    case 'swarm':
      return 'stops';
    case 'option':
      return reason.risk === 'hides' ? 'hidden' : reason.risk === 'loses' ? 'lost' : 'keeps-running';
  }
}

/** Whether its process ends by these reasons, whatever else becomes of it. */
export const processEnds = (verdict: ContainerVerdict): boolean =>
  verdict.reasons.some((reason) => verdictOf(reason) === 'stops');
