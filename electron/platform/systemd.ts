// A daemon that is a systemd unit, of the system or of a user: read and driven through systemctl.
import { existsSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Absence, ServiceManager, ServiceState } from '../engine/service-manager.ts';
import { daemonOf } from './rootlesskit.ts';
import { run } from './run.ts';
import { watchFolders } from './watch-for-start.ts';

const readLimitMs = 5_000;
/** A stop that has to end containers takes 10 s and more; systemd itself gives up after TimeoutStopSec. */
const verbLimitMs = 180_000;
/** `failed` flashes by between automatic restarts: it counts when it stays (measured on systemd 252). */
const settleMs = 300;
/** A unit that systemd would start again for ever is given up after as many restarts as Docker's own unit is let make. */
const mostRestarts = 3;
const pollMs = 50;

/** Properties that are read of a unit. */
export type UnitView = {
  readonly loaded: boolean;
  readonly active: string;
  readonly sub: string;
  readonly job: string;
  readonly mainPid: number | null;
  readonly killMode: string;
  readonly execStart: string;
  /** It has a command of its own that ends it. */
  readonly execStop: boolean;
  /** The program of `ExecStart`. */
  readonly program: string | null;
  /** Paths on which a socket unit listens. */
  readonly listens: readonly string[];
  /** The unit's own variables, as systemd quotes them: `A=b "C=d e"`. */
  readonly environment: string;
  readonly environmentFiles: readonly string[];
  /** The unit's own file, and those that change it, in the order in which they count; `''` where there is none. */
  readonly fragment: string;
  readonly dropIns: readonly string[];
  readonly invocation: string;
  /** Units that start this one; only those that systemd has loaded. */
  readonly triggeredBy: readonly string[];
  /** Automatic restarts since somebody started it. */
  readonly restarts: number;
};

export type SystemdUnit = { readonly unit: string; readonly user: boolean };

/** True where systemd is what started this machine. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system');

const properties =
  'LoadState,ActiveState,SubState,Job,MainPID,NRestarts,InvocationID,KillMode,' +
  'ExecStart,ExecStop,Environment,EnvironmentFiles,TriggeredBy,Listen,FragmentPath,DropInPaths';

/** `docker.socket` of `docker.service`. */
export const socketUnitOf = ({ unit, user }: SystemdUnit): SystemdUnit => ({
  unit: unit.replace(/\.service$/, '.socket'),
  user,
});

/** What systemd says of a unit; null where it does not answer. */
export async function readUnit({ unit, user }: SystemdUnit): Promise<UnitView | null> {
  const args = [...(user ? ['--user'] : []), 'show', unit, '--property', properties];
  const shown = await run('systemctl', args, { timeoutMs: readLimitMs, env: { ...process.env, LC_ALL: 'C' } });
  return shown.code === 0 ? unitFrom(shown.stdout) : null;
}

export function unitFrom(text: string): UnitView {
  const lines = text
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  const all = (name: string): readonly string[] =>
    lines.flatMap(([key, value]) => (key === name && value !== '' ? [value] : []));
  const one = (name: string): string => all(name)[0] ?? '';
  const pid = Number(one('MainPID'));
  return {
    loaded: one('LoadState') === 'loaded',
    active: one('ActiveState'),
    sub: one('SubState'),
    job: one('Job'),
    mainPid: pid > 0 ? pid : null,
    killMode: one('KillMode'),
    execStart: /argv\[\]=(.*?) ;/.exec(all('ExecStart').at(-1) ?? '')?.[1] ?? '',
    execStop: all('ExecStop').length > 0,
    program: /path=(.*?) ;/.exec(all('ExecStart').at(-1) ?? '')?.[1] ?? null,
    listens: all('Listen').map((entry) => entry.replace(/ \(\w+\)$/, '')),
    environment: one('Environment'),
    environmentFiles: all('EnvironmentFiles').map((entry) => entry.replace(/ \(ignore_errors=\w+\)$/, '')),
    fragment: one('FragmentPath'),
    dropIns: one('DropInPaths').split(' ').filter(Boolean),
    invocation: one('InvocationID'),
    triggeredBy: one('TriggeredBy').split(' ').filter(Boolean),
    restarts: Number(one('NRestarts')),
  };
}

/** Where the bus has a unit: what is neither letter nor digit is written as its code, and so is a digit in front. */
export const busPathOf = (unit: string): string =>
  `/org/freedesktop/systemd1/unit/${unit.replaceAll(/^\d|[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;

/** `systemctl show` tells whole seconds, in which much can happen; the bus tells microseconds. */
async function lastAbsence({ unit, user }: SystemdUnit): Promise<Absence | null> {
  const names = ['ActiveExitTimestamp', 'ActiveEnterTimestamp'];
  const words = [
    'get-property',
    'org.freedesktop.systemd1',
    busPathOf(unit),
    'org.freedesktop.systemd1.Unit',
    ...names,
  ];
  const told = await run('busctl', [user ? '--user' : '--system', ...words], { timeoutMs: readLimitMs });
  const [from = 0, to = 0] = [...told.stdout.matchAll(/^t (\d+)$/gm)].map(([, micros]) => Number(micros) / 1_000);
  return told.code === 0 && from > 0 && to > from ? { from, to } : null;
}

const hasJob = ({ job }: UnitView): boolean => job !== '' && job !== '0';

/** Where sockets of this user's own services are. */
export const runtimeFolder = (): string => process.env['XDG_RUNTIME_DIR'] || `/run/user/${process.getuid?.() ?? 0}`;

/** systemd keeps a link for every unit that runs, and pulls it away when the unit ends: what a watch can see. */
export function linkOf({ unit, user }: SystemdUnit): string {
  return `${user ? runtimeFolder() : '/run'}/systemd/units/invocation:${unit}`;
}

/**
 * Calls back when a unit that is on its way up is there or has failed: neither leaves a trace of its own, so that it is
 * asked while it is under way, and only then. Returns the way to stop.
 */
export function untilStarted(manager: ServiceManager, ended: () => void): () => void {
  let stopped = false;
  void (async () => {
    let { state } = await manager.state();
    const starting = state === 'starting';
    while (state === 'starting' && !stopped) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      ({ state } = await manager.state());
    }
    if (starting && !stopped) ended();
  })();
  return () => {
    stopped = true;
  };
}

/** Manages one unit. Verbs are for root, and for a user's own units; others are told the command to run. */
export function createSystemd(target: SystemdUnit): ServiceManager {
  const { unit, user } = target;
  const scope = user ? ['--user'] : [];
  const read = (): Promise<UnitView | null> => readUnit(target);
  /** Its last start was in vain, though systemd goes on trying. */
  let givenUp = false;
  const socketsOf = (view: UnitView | null): readonly string[] =>
    (view?.triggeredBy ?? []).filter((name) => name.endsWith('.socket'));

  async function isArmed(view: UnitView): Promise<boolean> {
    const sockets = await Promise.all(socketsOf(view).map((name) => readUnit({ unit: name, user })));
    return sockets.some((socket) => socket?.active === 'active');
  }

  async function state(): Promise<ServiceState> {
    const view = await read();
    if (view === null) return { state: 'unknown', pid: null };
    // Whoever compares daemons before and after has to have the daemon's own.
    const pid = view.mainPid === null || !user ? view.mainPid : (daemonOf(view.mainPid) ?? view.mainPid);
    switch (view.active) {
      case 'active':
      case 'reloading':
        givenUp = false;
        return { state: 'running', pid };
      case 'activating':
        return { state: givenUp ? 'failed' : 'starting', pid };
      case 'deactivating':
        return { state: 'stopping', pid };
      default:
        // Between the end and the next start of an automatic restart nothing runs, and yet it is on its way.
        if (hasJob(view)) return { state: 'starting', pid };
        // Its socket may be armed nevertheless; that it failed is what is to be told.
        if (view.active === 'failed') return { state: 'failed', pid };
        return { state: (await isArmed(view)) ? 'armed' : 'stopped', pid };
    }
  }

  async function systemctl(...args: readonly string[]): Promise<Result<null>> {
    const done = await run('systemctl', [...scope, '--no-ask-password', ...args], { timeoutMs: verbLimitMs });
    if (done.code === 0) return ok(null);
    return fail({ kind: 'service.refused', manager: 'systemd', detail: done.stderr.trim(), command: commandFor(args) });
  }
  const commandFor = (args: readonly string[]): string =>
    ['sudo', 'systemctl', ...scope, ...args].slice(user ? 1 : 0).join(' ');

  /** Good restarts count against the start limit, three a minute: it is reset before each (measured). */
  const forgetFailures = (view: UnitView | null): Promise<unknown> =>
    run('systemctl', [...scope, '--no-ask-password', 'reset-failed', unit, ...socketsOf(view)], {
      timeoutMs: readLimitMs,
    });

  /**
   * Waits until the unit runs or has failed for good; systemctl returns before automatic restarts. A unit that tells when
   * it is up and never does so kept systemctl all the time that a verb has: then it is looked at once more.
   */
  async function settled(before: number | null, began: number): Promise<Result<null>> {
    const waitedMs = (): number => Math.round(performance.now() - began);
    let endedAt: number | null = null;
    givenUp = false;
    for (;;) {
      const over = waitedMs() >= verbLimitMs;
      const view = await read();
      if (view?.active === 'active' && view.mainPid !== null && view.mainPid !== before) return ok(null);
      const ended = view !== null && (view.sub === 'failed' || view.active === 'inactive') && !hasJob(view);
      endedAt = ended ? (endedAt ?? Date.now()) : null;
      const forGood = endedAt !== null && Date.now() - endedAt > settleMs;
      givenUp = view?.sub === 'auto-restart' && view.restarts >= mostRestarts;
      if (forGood || givenUp || over) break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return fail({ kind: 'daemon.not-up', lines: [], waitedMs: waitedMs() });
  }

  async function refusal(verb: string): Promise<Problem | null> {
    const view = await read();
    if ((verb === 'stop' || verb === 'restart') && view?.killMode === 'none' && !view.execStop)
      return { kind: 'service.never-ends', unit };
    if (user || process.getuid?.() === 0) return null;
    const units = verb === 'stop' ? [...socketsOf(view), unit] : [unit];
    return { kind: 'service.refused', manager: 'systemd', detail: '', command: commandFor([verb, ...units]) };
  }

  return {
    kind: user ? 'systemd-user' : 'systemd',
    unit,
    killMode: async () => (await read())?.killMode ?? null,
    state,
    lastAbsence: () => lastAbsence(target),
    watch: (changed) =>
      watchFolders(
        [linkOf(target), linkOf(socketUnitOf(target)), `${user ? runtimeFolder() : '/run'}/docker.pid`],
        changed,
      ),
    refusal,
    reload: () => systemctl('reload', unit),
    async restart() {
      const began = performance.now();
      const view = await read();
      await forgetFailures(view);
      const done = await systemctl('restart', unit);
      // An error tells of the first attempt alone, unless none was allowed.
      return isDenied(done) ? done : settled(view?.mainPid ?? null, began);
    },
    async start() {
      const began = performance.now();
      const view = await read();
      await forgetFailures(view);
      // Only where the daemon is handed its socket: otherwise that socket would stand where the daemon wants to listen.
      const sockets = view?.execStart.includes('fd://') ? socketsOf(view) : [];
      const done = await systemctl('start', ...sockets, unit);
      return isDenied(done) ? done : settled(null, began);
    },
    // With its sockets: armed, they would start the daemon again with the next `docker ps`.
    stop: async () => systemctl('stop', ...socketsOf(await read()), unit),
    async logSince(sinceMs) {
      const id = (await read())?.invocation ?? '';
      const which = id === '' ? [...(user ? ['--user-unit'] : ['--unit']), unit] : [`_SYSTEMD_INVOCATION_ID=${id}`];
      const args = ['--output=cat', '--no-pager', '--quiet', `--since=@${Math.floor(sinceMs / 1000)}`, '--lines=200'];
      const lines = await run('journalctl', [...args, ...which], { timeoutMs: readLimitMs });
      return lines.code === 0 ? lines.stdout.split('\n').filter((line) => line.trim() !== '') : [];
    },
  };
}

const isDenied = (done: Result<null>): boolean =>
  !done.ok && done.problem.kind === 'service.refused' && /denied|authentication/i.test(done.problem.detail);
