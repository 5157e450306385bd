// Chooses the adapters for this computer, once; the only file that decides by operating system.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Candidate, ManagerKind } from '../contract/snapshot.ts';
import type { Identification, Platform } from '../engine/ports.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { createBareProcess } from './bare-process.ts';
import { createDial } from './dial.ts';
import { createElevation } from './elevate.ts';
import { createFileAttributes } from './file-attributes.ts';
import { couldRun, readOnly, samePlace, trace, type Traced } from './identify.ts';
import { flagPlacesOfFile, flagPlacesOfUnit, type FlagPlaces } from './flag-places.ts';
import { foreignSandbox, identified, remote, unproven } from './identification.ts';
import { createInitScript, initScript, isOfInitScript } from './init-script.ts';
import { leftRunning } from './left-running.ts';
import { machineLook } from './machine-look.ts';
import { measurePipes, pipeMaxSize } from './log-pipes.ts';
import { livesHere, machineFacts } from './machine.ts';
import { startOf, stopped } from './next-start.ts';
import { networksHere } from './networks.ts';
import { packageFacts } from './packages.ts';
import { readPolicyFile } from './policy-file.ts';
import type { ProcessView } from './processes.ts';
import type { Sandbox } from './sandbox-daemon.ts';
import { containersHere } from './containers-here.ts';
import { runsStill } from './daemon-process.ts';
import { flagsOfScript, flagsOfUnit, nextFlagsOfScript, nextFlagsOfUnit } from './service-flags.ts';
import { usualStateFolder } from './state-folder.ts';
import { stoppedDaemon } from './stopped-daemon.ts';
import { surroundingsHere } from './surroundings.ts';
import {
  createSystemd,
  hasSystemd,
  linkOf,
  readUnit,
  runtimeFolder,
  socketUnitOf,
  untilStarted,
  type SystemdUnit,
  type UnitView,
} from './systemd.ts';
import { unitOf, type Shown } from './unit-of.ts';
import { mayBeUnseen, runsUnseen, unseenOf } from './unseen-daemon.ts';
import { ownedByUs } from './usual-places.ts';
import { createValidator } from './validator.ts';
import { watchFolders } from './watch-for-start.ts';
import { whoWrote } from './who-wrote.ts';

/** The platform, and the door by which our own sandboxes are made known to it. */
export type HostPlatform = Platform & { adopt(sandbox: Sandbox): void; forget(sandbox: Sandbox): void };

const onLinux = process.platform === 'linux';
const systemUnit: SystemdUnit = { unit: 'docker.service', user: false };
/** As Docker's setup tool for rootless daemons calls it. */
const userUnit: SystemdUnit = { unit: 'docker.service', user: true };
const usualConfig = '/etc/docker/daemon.json';

/** `stateFolder` where it is not the usual one; `terminal` where a password may be asked for in the one we run in. */
export function createPlatform({
  stateFolder = usualStateFolder(),
  terminal = false,
}: { readonly stateFolder?: string; readonly terminal?: boolean } = {}): HostPlatform {
  const surroundings = surroundingsHere();
  const sandboxes = new Map<string, Sandbox>();
  /** Managers by endpoint, kept so that one that knows how a daemon was started knows it still when it is down. */
  const kept = new Map<string, { readonly manager: ServiceManager; readonly traced: Traced }>();
  const managers = new Map<string, ServiceManager>();

  async function identify(
    candidate: Candidate,
    overrides: Parameters<Platform['identify']>[1],
  ): Promise<Identification> {
    const socketPath = socketOf(candidate);
    if (socketPath === null) return remote(candidate);
    if (process.platform !== 'linux') return unproven('none', readOnly('platform', process.platform));
    if (/\/(\.docker\/desktop|com\.docker\.docker)\//.test(socketPath)) {
      return unproven('docker-desktop', readOnly('managed-elsewhere', 'Docker Desktop'));
    }
    const found = trace(socketPath);
    const owned = sandboxes.get(candidate.endpoint);
    const shown = found !== null && hasSystemd() ? await unitOf(found.process) : null;
    // One that ended before systemd was asked is nobody's main process any more, which says nothing of who manages it.
    if (found !== null && (shown !== null || !hasSystemd() || runsStill(found.process))) {
      const unit = shown?.unit ?? null;
      const traced = shown ? await shownBySystemd(found, shown, socketPath) : found;
      const manager = owned?.manager ?? managerFor(traced, unit, candidate.endpoint, socketPath, overrides.manager);
      kept.set(candidate.endpoint, { manager, traced });
      const places = { ...placesFor(manager, shown?.view ?? null), ...nextFlags(manager, shown?.view, traced) };
      return { ...identified(traced, manager, overrides.configFile, foreignSandbox(socketPath, owned)), ...places };
    }
    const before = kept.get(candidate.endpoint);
    if (before) {
      const last = {
        ...identified(before.traced, before.manager, overrides.configFile, null),
        pid: null,
        startTicks: null,
      };
      // The unit may have been changed since.
      const { kind, unit } = before.manager;
      const isUnit = (kind === 'systemd' || kind === 'systemd-user') && unit !== null;
      const view = isUnit ? await readUnit({ unit, user: kind === 'systemd-user' }) : null;
      const { startFlags } = nextFlags(before.manager, view?.loaded ? view : null, before.traced);
      if (startFlags === undefined) return last;
      const usual = before.traced.configPathGiven ? usualConfig : before.traced.configPath;
      return {
        ...last,
        ...startOf(startFlags, overrides.configFile, usual),
        ...placesFor(before.manager, view),
      };
    }
    return notRunning(candidate.endpoint, socketPath, overrides);
  }

  /** No process: what would be started, and with what. */
  async function notRunning(
    endpoint: string,
    socketPath: string,
    overrides: Parameters<Platform['identify']>[1],
  ): Promise<Identification> {
    const ours = stoppedDaemon(stateFolder, socketPath)?.traced;
    if (ours) {
      const manager = bareFor(endpoint, socketPath, ours.process);
      return { ...identified(ours, manager, overrides.configFile, null), pid: null, startTicks: null };
    }
    const usual = samePlace(socketPath, '/run/docker.sock');
    const unit = usual ? systemUnit : isOwnSocket(socketPath) ? userUnit : null;
    if (unit !== null && hasSystemd()) {
      const view = await readUnit(unit);
      if (view?.loaded) {
        const manager = systemdFor(endpoint, unit);
        // Docker's own unit of a user starts a script around dockerd; its words behind the script go to dockerd.
        const program = unit.user ? {} : { executable: view.program };
        const flags = flagsOfUnit(view);
        return {
          ...stopped(manager, flags, unit.unit, overrides.configFile, unit.user ? ownConfig() : usualConfig),
          ...(unit.user ? ownedByUs() : {}),
          ...(view.program === null ? {} : program),
          ...placesFor(manager, view),
          ...(await unseenOf(unit, view, { flags, socketPath })),
        };
      }
    }
    if (usual && !hasSystemd() && existsSync(initScript)) {
      const manager = same(endpoint, 'init-script', initScript, () => createInitScript(socketPath));
      const found = stopped(manager, flagsOfScript(), '/etc/default/docker', overrides.configFile, usualConfig);
      const unseen = await runsUnseen(found, socketPath);
      const access = unseen ? { access: readOnly('not-permitted', socketPath) } : {};
      return { ...found, ...placesFor(manager, null), ...access };
    }
    return unproven('none', readOnly(mayBeUnseen(socketPath) ? 'not-permitted' : 'socket-not-proven', socketPath));
  }

  /** The manager that is known for this endpoint, if it is the same; watching and what it remembers go on. */
  function same(endpoint: string, kind: ManagerKind, unit: string | null, make: () => ServiceManager): ServiceManager {
    const before = managers.get(endpoint);
    if (before?.kind === kind && before.unit === unit) return before;
    const manager = make();
    managers.set(endpoint, manager);
    return manager;
  }

  function managerFor(
    { process: daemon }: Traced,
    unit: SystemdUnit | null,
    endpoint: string,
    socketPath: string,
    wish: ManagerKind | null,
  ): ServiceManager {
    if (unit && (wish === null || wish === systemdKind(unit))) return systemdFor(endpoint, unit);
    if (wish === 'init-script' || (wish === null && !hasSystemd() && isOfInitScript(daemon.pid)))
      return same(endpoint, 'init-script', initScript, () => createInitScript(socketPath));
    return bareFor(endpoint, socketPath, daemon);
  }

  const bareFor = (endpoint: string, socketPath: string, last: ProcessView): ServiceManager =>
    same(endpoint, 'bare-process', null, () => createBareProcess({ socketPath, last, stateFolder }));

  const systemdFor = (endpoint: string, unit: SystemdUnit): ServiceManager =>
    same(endpoint, systemdKind(unit), unit.unit, () => createSystemd(unit));

  return {
    surroundings,
    policy: () => readPolicyFile(),
    networks: networksHere,
    identify,
    async daemonRuns(candidate, last) {
      const socketPath = socketOf(candidate);
      if (socketPath === null || !onLinux) return false;
      if (!couldRun(socketPath)) return runsUnseen(last, socketPath);
      if (!last || !isSystemd(last.manager)) return true;
      // A connection would wait in its socket, and start it once more if this start or stop ends without it.
      const { state } = await last.manager.state();
      // While that was asked, a daemon that cannot start has ended: its armed socket would start the next one.
      return state !== 'starting' && state !== 'stopping' && couldRun(socketPath);
    },
    watchForStart(candidate, last, coming) {
      const socketPath = socketOf(candidate);
      if (socketPath === null) return () => undefined;
      const stops = [
        last?.manager.watch(coming),
        watchFolders([socketPath, '/var/run/docker.pid', linkOf(systemUnit)], coming),
        last && isSystemd(last.manager) ? untilStarted(last.manager, coming) : undefined,
      ];
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    ...containersHere(onLinux),
    leftRunning: (daemon, values, known) => Promise.resolve(onLinux ? leftRunning(daemon, values, known) : []),
    measurePipes: (left, enlargeTo) =>
      onLinux ? measurePipes(left, enlargeTo) : Promise.resolve({ kind: 'not-measured', why: 'platform' }),
    whoWrote: (path, at) => Promise.resolve(onLinux ? whoWrote(path, at) : { kind: 'unknown' }),
    machineLook,
    packageFacts,
    pipeMaxSize: () => (onLinux ? pipeMaxSize() : null),
    dial: (endpoint) => createDial(endpoint),
    fileAttributes: createFileAttributes(),
    validator: createValidator(),
    elevation: createElevation({ terminal, stateFolder }),
    machine: async (paths, daemon) =>
      process.platform === 'linux' && livesHere(daemon.pid) ? machineFacts(paths, daemon) : null,
    stateFolder,
    adopt: (sandbox) => void sandboxes.set(sandbox.endpoint, sandbox),
    forget: (sandbox) => {
      sandboxes.delete(sandbox.endpoint);
      kept.delete(sandbox.endpoint);
      managers.delete(sandbox.endpoint);
    },
  };
}

const socketOf = ({ endpoint }: Candidate): string | null =>
  endpoint.startsWith('unix://') ? endpoint.slice('unix://'.length) : null;

const isSystemd = ({ kind }: ServiceManager): boolean => kind === 'systemd' || kind === 'systemd-user';

const systemdKind = ({ user }: SystemdUnit): ManagerKind => (user ? 'systemd-user' : 'systemd');

/** Where the flags of this daemon's next start stand. */
function placesFor({ kind }: ServiceManager, view: UnitView | null): { readonly flagPlaces: FlagPlaces } {
  if (view !== null) return { flagPlaces: flagPlacesOfUnit(view) };
  return { flagPlaces: kind === 'init-script' ? flagPlacesOfFile('/etc/default/docker') : {} };
}

/** The flags of this daemon's next start, where they can be told; else those that it runs with are the best guess. */
function nextFlags(
  { kind }: ServiceManager,
  view: UnitView | null | undefined,
  { process: daemon }: Traced,
): { readonly startFlags?: readonly string[] } {
  const isUnit = (kind === 'systemd' || kind === 'systemd-user') && view;
  const told = isUnit ? nextFlagsOfUnit(view, daemon.executable) : kind === 'init-script' ? nextFlagsOfScript() : null;
  return told === null ? {} : { startFlags: told };
}

/** The socket on which a rootless daemon of this user listens. */
const isOwnSocket = (path: string): boolean => samePlace(path, join(runtimeFolder(), 'docker.sock'));

const ownConfig = (): string =>
  join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'docker', 'daemon.json');

/**
 * An ordinary user may not look at root's process; but that it is the main process of its unit, and that the unit's
 * socket is this one, is systemd's word, and as good.
 */
async function shownBySystemd(traced: Traced, { unit, view }: Shown, socketPath: string): Promise<Traced> {
  const { access, process: daemon } = traced;
  if (access.kind === 'proven' || access.reason !== 'not-permitted') return traced;
  const socket = await readUnit(socketUnitOf(unit));
  const listens = socket?.listens.some((path) => samePlace(path, socketPath)) ?? false;
  if (view.mainPid !== daemon.pid || !listens) return traced;
  return {
    ...traced,
    process: { ...daemon, executable: daemon.executable ?? view.program },
    access: { kind: 'proven' },
  };
}
