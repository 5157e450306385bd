// A daemon in memory that behaves as dockerd was measured to: sticky keys, silent reloads, live restore at stop and start.
import type { Journal, Transaction } from '../../electron/engine/journal.ts';
import type { ApplySite, Prepared } from '../../electron/engine/apply.ts';
import type { Daemon } from '../../electron/engine/daemon.ts';
import type { ServiceManager } from '../../electron/engine/service-manager.ts';
import { patched, type Patch } from '../../electron/contract/change.ts';
import type { JsonObject } from '../../electron/contract/json.ts';
import type { Effect } from '../../electron/contract/plan.ts';
import { fail, ok, type Problem } from '../../electron/contract/problem.ts';
import type { Container, EngineFacts } from '../../electron/contract/snapshot.ts';

/** What goes wrong in this world. */
export type Mishaps = {
  /** Texts containing this are refused at start. */
  startFailsOn?: string;
  /** Texts containing this are silently refused at reload. */
  reloadFailsOn?: string;
  /** It answers, but lets nobody listen to its events. */
  deafToReload?: boolean;
  /** Texts containing this end the daemon at reload. */
  reloadKillsOn?: string;
  /** The write after so many fails for lack of space. */
  noSpaceAfter?: number;
  /** The journal cannot be written from this phase on. */
  journalFullFrom?: Transaction['phase'];
  /** Texts containing this make the daemon hang up at reload and be there again with the new values at once. */
  reloadRenewsOn?: string;
  /** What somebody else writes into the file when the daemon is told to reload. */
  foreignAtReload?: string;
  /** After a start so many questions for facts get no answer: a host that is busy with its containers. */
  busyAfterStart?: number;
  /** Texts containing this start a process that never answers. */
  silentOn?: string;
  /** Texts containing this start a process that its manager calls `starting` for so many looks. */
  slowStart?: { readonly on: string; readonly looks: number };
  /** It is told to end, and neither does so nor answers any more. */
  stuckAtRestart?: boolean;
  /** The manager refuses to restart. */
  restartRefused?: boolean;
  /** How long a restart takes by the wall clock, before the daemon is there. */
  restartTakesMs?: number;
  validateRefuses?: string;
  /** Live restore is on by flag: with the key as well it does not start. */
  liveRestoreFlag?: boolean;
  /** So many starts fail, whatever the file says. */
  startsThatFail?: number;
  version?: string;
};

export const container = (name: string, pid: number): Container => ({
  id: name.padEnd(64, '0'),
  name,
  image: 'img',
  state: 'running',
  pid,
  startedAt: '2026-01-01T00:00:00Z',
  exitCode: 0,
  restartPolicy: 'no',
  autoRemove: false,
  healthCheck: false,
  health: null,
  ports: [],
  details: null,
});

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const etagOf = (bytes: Uint8Array): string => `etag:${textOf(bytes)}`;

const valuesOf = (text: string | null): JsonObject =>
  text === null || text.trim() === '' ? {} : (JSON.parse(text) as JsonObject);

/** A world with one daemon, one file and some containers. */
export function createModel(first: string | null, names: readonly string[], mishaps: Mishaps = {}) {
  let file = first;
  let running = true;
  let pid = 100;
  let writes = 0;
  let journaled: Transaction | null = null;
  let event = 0;
  let late: boolean | null = null;
  let containers = names.map((name, i) => container(name, 1000 + i));
  const flag = mishaps.liveRestoreFlag === true;
  let toFail = mishaps.startsThatFail ?? 0;
  const memory = {
    liveRestore: flag || valuesOf(first)['live-restore'] === true,
    debug: valuesOf(first)['debug'] === true,
  };
  let busy = 0;
  let silent = false;
  let looksLeft = 0;
  const log: string[] = [];
  const version = mishaps.version ?? '28.5.2';

  const facts = (): EngineFacts => ({
    id: 'ID',
    name: 'host',
    version,
    apiVersion: '1.51',
    osType: 'linux',
    operatingSystem: 'Debian',
    rootless: false,
    cgroupDriver: 'cgroupfs',
    dockerRootDir: '/var/lib/docker',
    storageDriver: 'overlay2',
    snapshotter: false,
    usernsRemap: false,
    liveRestore: memory.liveRestore,
    debug: memory.debug,
    running: {},
    warnings: [],
    swarm: { state: 'inactive', role: null, quorum: null },
  });
  const killAll = (): void => {
    containers = containers.map((one) => ({ ...one, state: 'exited', pid: 0, exitCode: 137 }));
  };
  const stopDaemon = (): void => {
    if (running && !memory.liveRestore) killAll();
    running = false;
  };
  const startDaemon = (): boolean => {
    if (mishaps.startFailsOn && file?.includes(mishaps.startFailsOn)) {
      log.push(`failed to start: ${mishaps.startFailsOn}`);
      return false;
    }
    const values = valuesOf(file);
    if (flag && 'live-restore' in values) {
      log.push('the following directives are specified both as a flag and in the configuration file: live-restore');
      return false;
    }
    if (toFail > 0) {
      toFail -= 1;
      return false;
    }
    memory.liveRestore = flag || values['live-restore'] === true;
    memory.debug = values['debug'] === true;
    if (!memory.liveRestore) killAll();
    running = true;
    pid += 1;
    busy = mishaps.busyAfterStart ?? 0;
    looksLeft = mishaps.slowStart && file?.includes(mishaps.slowStart.on) ? mishaps.slowStart.looks : 0;
    silent = mishaps.silentOn !== undefined && (file?.includes(mishaps.silentOn) ?? false);
    return true;
  };
  const listeners = new Set<(what: 'event' | 'gone') => void>();
  const attributes = (): Record<string, string> => ({
    'live-restore': String(memory.liveRestore),
    debug: String(memory.debug),
  });

  const daemon: Daemon = {
    answers: () => Promise.resolve(running && !silent && looksLeft === 0),
    facts() {
      if (!running) return Promise.resolve(fail({ kind: 'engine.not-running' }));
      if (busy > 0) {
        busy -= 1;
        return Promise.resolve(fail({ kind: 'engine.hanging', endpoint: '', waitedMs: 10_000 }));
      }
      const told = facts();
      if (late !== null) memory.debug = late;
      late = null;
      return Promise.resolve(ok(told));
    },
    containers: () => Promise.resolve(running ? ok(containers) : fail({ kind: 'engine.not-running' })),
    letGo: () => () => undefined,
    listenForReload() {
      let got: 'event' | 'gone' | null = null;
      const listener = (what: 'event' | 'gone'): void => void (got = what);
      listeners.add(listener);
      if (mishaps.deafToReload)
        return Promise.resolve(fail({ kind: 'engine.unreachable', endpoint: '', cause: 'deaf' }));
      return Promise.resolve(
        ok({
          wait: () =>
            Promise.resolve(
              got === 'event'
                ? { timeNano: String(event), attributes: attributes() }
                : got === 'gone'
                  ? 'gone'
                  : 'timeout',
            ),
          close: () => void listeners.delete(listener),
        }),
      );
    },
  };
  const manager: ServiceManager = {
    kind: 'bare-process',
    unit: null,
    killMode: () => Promise.resolve(null),
    lastAbsence: () => Promise.resolve(null),
    state() {
      if (!running) return Promise.resolve({ state: 'stopped', pid: null });
      if (looksLeft > 0) {
        looksLeft -= 1;
        return Promise.resolve({ state: 'starting', pid });
      }
      return Promise.resolve({ state: 'running', pid });
    },
    watch: () => () => undefined,
    refusal: () => Promise.resolve(null),
    reload() {
      if (mishaps.foreignAtReload !== undefined) file = mishaps.foreignAtReload;
      if (mishaps.reloadRenewsOn && file?.includes(mishaps.reloadRenewsOn)) {
        startDaemon();
        for (const tell of listeners) tell('gone');
      } else if (mishaps.reloadKillsOn && file?.includes(mishaps.reloadKillsOn)) {
        running = false;
        log.push('level=fatal plugin');
        for (const tell of listeners) tell('gone');
      } else if (mishaps.reloadFailsOn && file?.includes(mishaps.reloadFailsOn)) {
        log.push('level=error Error reloading configuration');
      } else {
        const values = valuesOf(file);
        // Removed keys stick.
        if ('live-restore' in values) memory.liveRestore = values['live-restore'] === true;
        // Only after the event, as dockerd does.
        if ('debug' in values) late = values['debug'] === true;
        event += 1;
        for (const tell of listeners) tell('event');
      }
      return Promise.resolve(ok(null));
    },
    async restart() {
      if (mishaps.restartRefused)
        return fail({ kind: 'service.refused', manager: 'systemd', detail: '', command: null });
      if (mishaps.stuckAtRestart) {
        silent = true;
        return fail({ kind: 'daemon.still-up' });
      }
      stopDaemon();
      if (mishaps.restartTakesMs) await new Promise((resolve) => setTimeout(resolve, mishaps.restartTakesMs));
      startDaemon();
      return ok(null);
    },
    start() {
      // As a unit that runs or is on its way: to start it does nothing.
      if (!running) startDaemon();
      return Promise.resolve(ok(null));
    },
    stop() {
      stopDaemon();
      return Promise.resolve(ok(null));
    },
    logSince: () => Promise.resolve(log.slice(-3)),
  };
  const journal: Journal = {
    configPath: '/etc/docker/daemon.json',
    pending: () => Promise.resolve(journaled),
    write: (transaction) => {
      if (mishaps.journalFullFrom === transaction.phase) return Promise.reject(new Error('ENOSPC'));
      journaled = transaction;
      return Promise.resolve();
    },
    end: () => {
      journaled = null;
      return Promise.resolve();
    },
    setAside: () => Promise.resolve([]),
  };
  const replace: ApplySite['replace'] = (bytes, ifMatch) => {
    const now = file === null ? null : etagOf(bytesOf(file));
    if (now !== ifMatch) return Promise.resolve(fail({ kind: 'config.changed', path: journal.configPath }));
    writes += 1;
    if (mishaps.noSpaceAfter !== undefined && writes > mishaps.noSpaceAfter) {
      return Promise.resolve(fail({ kind: 'config.no-space', path: journal.configPath }));
    }
    file = textOf(bytes);
    return Promise.resolve(ok({ etag: etagOf(bytes), createdFolder: false }));
  };

  const site = (after: string, effect: Effect, patch: Patch): ApplySite => ({
    daemon,
    manager,
    lives: (one) => Promise.resolve(containers.some((each) => each.pid === one)),
    journal,
    replace,
    prepare: () =>
      Promise.resolve(
        ok({
          plan: {
            verb: 'apply',
            effect,
            changes: patch.map((edit) => ({
              key: edit.path[0] ?? '',
              from: valuesOf(file)[edit.path[0] ?? ''],
              to: 'set' in edit ? edit.set : undefined,
              effect: effect === 'restart' ? ('restart' as const) : ('reload' as const),
              risk: 'none' as const,
            })),
            text: { before: file ?? '', after },
            containers: [],
            findings: [],
            etag: file === null ? null : etagOf(bytesOf(file)),
            expectedGapMs: null,
            expectedGapRangeMs: null,
            blocked: null,
            authority: null,
            needs: [],
          },
          before: {
            etag: file === null ? null : etagOf(bytesOf(file)),
            bytes: file === null ? null : bytesOf(file),
            folderMissing: false,
          },
          after: bytesOf(after),
          facts: running ? facts() : null,
          containers,
          liveRestoreByFlag: flag,
          setBack: patch.flatMap((edit) => {
            const key = edit.path[0] ?? '';
            const value = key === 'live-restore' ? memory.liveRestore : memory.debug;
            return key in valuesOf(file) || !('set' in edit) || (key !== 'live-restore' && key !== 'debug')
              ? []
              : [{ path: [key], set: value }];
          }),
          withPlugins: false,
        } satisfies Prepared),
      ),
    validate: (bytes) =>
      Promise.resolve<Problem | null>(
        mishaps.validateRefuses && textOf(bytes).includes(mishaps.validateRefuses)
          ? { kind: 'config.rejected', path: journal.configPath, lines: ['unable to configure'] }
          : null,
      ),
    lock: () => Promise.resolve(ok({ release: () => Promise.resolve() })),
    backUp: () => Promise.resolve('backup-1'),
    remove(ifMatch) {
      if (file === null || etagOf(bytesOf(file)) !== ifMatch)
        return Promise.resolve(fail({ kind: 'config.changed', path: '' }));
      file = null;
      return Promise.resolve(ok(null));
    },
    edited: (before, edits) =>
      bytesOf(JSON.stringify(patched(valuesOf(before === null ? null : textOf(before)), edits))),
    etagOf,
    etagNow: () => Promise.resolve(file === null ? null : etagOf(bytesOf(file))),
    keepingFailed: () => ({ kind: 'config.no-space', path: '/state' }),
    newTransaction: (fields) => ({
      ...fields,
      version: 1,
      id: 'tx1',
      configPath: journal.configPath,
      endpoint: 'unix:///x',
      verb: 'apply',
      phase: 'prepared',
      daemon: { pid, startTicks: '1' },
      startedAt: 0,
      owner: { pid: 1, startTicks: '1' },
      wrote: [fields.newEtag],
    }),
  });

  return {
    site,
    daemon,
    manager,
    journal,
    file: () => file,
    memory: () => ({ ...memory }),
    running: () => running,
    alive: () => containers.filter((one) => one.state === 'running').map((one) => one.name),
    writes: () => writes,
    journaled: () => journaled,
    write: (text: string) => void (file = text),
    crash: () => void (running = false),
  };
}
