// A daemon that is a systemd unit, of the system or of a user: read and driven through systemctl.
import { existsSync } from 'node:fs';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { ServiceManager, ServiceState } from '../engine/service-manager.ts';
import { run } from './run.ts';
import { watchFolders } from './watch-for-start.ts';

const readLimitMs = 5_000;
/** A stop that has to end containers takes 10 s and more; systemd itself gives up after TimeoutStopSec. */
const verbLimitMs = 180_000;
/** `failed` flashes by between automatic restarts: it counts when it stays (measured on systemd 252). */
const settleMs = 300;
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
  /** The program of `ExecStart`. */
  readonly program: string | null;
  /** Paths on which a socket unit listens. */
  readonly listens: readonly string[];
  readonly environmentFiles: readonly string[];
  readonly invocation: string;
};

export type SystemdUnit = { readonly unit: string; readonly user: boolean };

/** True where systemd is what started this machine. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system');

const properties = 'LoadState,ActiveState,SubState,Job,MainPID,KillMode,ExecStart,EnvironmentFiles,InvocationID,Listen';

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
    program: /path=(.*?) ;/.exec(all('ExecStart').at(-1) ?? '')?.[1] ?? null,
    listens: all('Listen').map((entry) => entry.replace(/ \(\w+\)$/, '')),
    environmentFiles: all('EnvironmentFiles').map((entry) => entry.replace(/ \(ignore_errors=\w+\)$/, '')),
    invocation: one('InvocationID'),
  };
}

/** Manages one unit. Verbs are for root, and for a user's own units; others are told the command to run. */
export function createSystemd(target: SystemdUnit): ServiceManager {
  const { unit, user } = target;
  const socketUnit = socketUnitOf(target).unit;
  const scope = user ? ['--user'] : [];
  const read = (): Promise<UnitView | null> => readUnit(target);
  const isArmed = async (): Promise<boolean> => {
    const socket = await readUnit({ unit: socketUnit, user });
    return socket !== null && socket.active === 'active';
  };

  async function state(): Promise<ServiceState> {
    const view = await read();
    if (view === null) return { state: 'unknown', pid: null };
    const pid = view.mainPid;
    switch (view.active) {
      case 'active':
      case 'reloading':
        return { state: 'running', pid };
      case 'activating':
        return { state: 'starting', pid };
      case 'deactivating':
        return { state: 'stopping', pid };
      // Its socket may be armed nevertheless; that it failed is what is to be told.
      case 'failed':
        return { state: 'failed', pid };
      default:
        return { state: (await isArmed()) ? 'armed' : 'stopped', pid };
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
  const forgetFailures = (): Promise<unknown> =>
    run('systemctl', [...scope, '--no-ask-password', 'reset-failed', unit, socketUnit], { timeoutMs: readLimitMs });

  /** Waits until the unit runs or has failed for good; systemctl returns before automatic restarts. */
  async function settled(before: number | null): Promise<Result<null>> {
    const until = Date.now() + verbLimitMs;
    let failedSince: number | null = null;
    while (Date.now() < until) {
      const view = await read();
      if (view?.active === 'active' && view.mainPid !== null && view.mainPid !== before) return ok(null);
      const failed =
        view !== null && (view.sub === 'failed' || view.active === 'inactive') && (view.job === '' || view.job === '0');
      failedSince = failed ? (failedSince ?? Date.now()) : null;
      if (failedSince !== null && Date.now() - failedSince > settleMs)
        return fail({ kind: 'daemon.not-up', lines: [], waitedMs: 0 });
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return fail({ kind: 'daemon.not-up', lines: [], waitedMs: verbLimitMs });
  }

  const refusal = (verb: string): Problem | null => {
    if (user || process.getuid?.() === 0) return null;
    const units = verb === 'stop' ? [socketUnit, unit] : [unit];
    return { kind: 'service.refused', manager: 'systemd', detail: '', command: commandFor([verb, ...units]) };
  };

  return {
    kind: user ? 'systemd-user' : 'systemd',
    unit,
    killMode: async () => (await read())?.killMode ?? null,
    state,
    // systemd keeps a link for every unit that runs there, and pulls it away when the unit ends.
    watch: (changed) =>
      watchFolders([`/run/systemd/units/invocation:${unit}`, '/run/docker.pid', '/run/docker.sock'], changed),
    refusal: (verb) => Promise.resolve(refusal(verb)),
    reload: () => systemctl('reload', unit),
    async restart() {
      const before = (await read())?.mainPid ?? null;
      await forgetFailures();
      const done = await systemctl('restart', unit);
      const end = await settled(before);
      return end.ok || done.ok
        ? end
        : done.problem.kind === 'service.refused' && /denied|authentication/i.test(done.problem.detail)
          ? done
          : end;
    },
    async start() {
      await forgetFailures();
      await systemctl('start', socketUnit);
      await systemctl('start', unit);
      return settled(null);
    },
    async stop() {
      // The socket first: armed, it would start the daemon again with the next `docker ps`.
      return systemctl(
        'stop',
        ...((await isArmed()) || (await readUnit({ unit: socketUnit, user }))?.loaded ? [socketUnit] : []),
        unit,
      );
    },
    async logSince(sinceMs) {
      const id = (await read())?.invocation ?? '';
      const which = id === '' ? [...(user ? ['--user-unit'] : ['--unit']), unit] : [`_SYSTEMD_INVOCATION_ID=${id}`];
      const args = ['--output=cat', '--no-pager', '--quiet', `--since=@${Math.floor(sinceMs / 1000)}`, '--lines=200'];
      const lines = await run('journalctl', [...args, ...which], { timeoutMs: readLimitMs });
      return lines.code === 0 ? lines.stdout.split('\n').filter((line) => line.trim() !== '') : [];
    },
  };
}
