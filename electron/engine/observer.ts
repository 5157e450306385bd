// Watches one daemon from all sides - connection, process, service manager, file - and notes what it sees in the store.
import { setTimeout as pause } from 'node:timers/promises';
import type { Candidate, ManagerKind } from '../contract/snapshot.ts';
import type { PipesReport } from '../contract/outage.ts';
import { ok, type Result } from '../contract/problem.ts';
import { countsOf, createApi, type ApiEvent } from './api.ts';
import { noPolicy, type Policy } from '../contract/policy.ts';
import { policyIn } from './policy.ts';
import { openConfigFile, type ConfigFileOnDisk } from './config-file.ts';
import { isHidden, readConfigState, type ConfigState } from './config-state.ts';
import { keepConnected, type Connection } from './connection.ts';
import type { Daemon } from './daemon.ts';
import { daemonOf } from './daemon-of.ts';
import { createExaminer } from './doctor/examiner.ts';
import { parseEndpoint } from './endpoint.ts';
import { fallenBefore } from './fallen-before.ts';
import { tellUnlessOfSystem } from './fault.ts';
import { createHttp } from './http.ts';
import { inOrder } from './in-order.ts';
import type { LogSource } from './log-gaps.ts';
import { lookAfresh, type LookAfresh } from './look-afresh.ts';
import { observeOutage, processOf, type Went } from './observe-outage.ts';
import { watchOthers } from './others-restart.ts';
import { keepPastGap } from './past-gaps.ts';
import type { Identification, Platform } from './ports.ts';
import { goesOn, startedAt, stillRuns } from './process-identity.ts';
import { identityOf, signsOf } from './process-signs.ts';
import { machineFor } from './machine.ts';
import type { Link } from './status.ts';
import { readTls, type TlsFiles } from './tls-files.ts';
import { watchPackages } from './upgrade-look.ts';
import type { ViewStore } from './view.ts';

export type ObserverOptions = {
  readonly configFile: string | null;
  readonly manager: ManagerKind | null;
  readonly tls: TlsFiles | null;
  /** The daemon read its file again. */
  readonly reloaded: () => void;
  /** Somebody follows it for long: newer packages are asked for, and what others do to it is compared afterwards. */
  readonly watchful: boolean;
  /** Between all system calls of a file change; for fault injection. */
  readonly step: (name: string) => Promise<void>;
};

export type Observer = LookAfresh & {
  readonly daemon: Daemon;
  identification(): Promise<Identification>;
  readonly logs: LogSource;
  /** The last end of the daemon; null where it was not seen. */
  went(): Went | null;
  /** What the daemon itself tells of the time since then, in ms since 1970. */
  account(sinceMs: number): Promise<Account>;
  /** Runs the doctor on what is true now. */
  examine(): Promise<void>;
  startContainer(id: string): Promise<Result<string | null>>;
  /** Notes who ended with the daemon before it was watched, as far as its service manager tells. */
  recall(): Promise<void>;
  attend(looking: boolean): void;
  /** Of all that run, whether the daemon does or not. */
  pipes(enlargeTo: number | null): Promise<Result<PipesReport>>;
  /** The configuration file; null where nobody knows its path. */
  file(): ConfigFileOnDisk | null;
  /** Reads file and service again, and asks a daemon that answers. */
  refresh(): Promise<void>;
  /** Looks at once instead of when something happens. */
  nudge(): void;
  close(): void;
};

/** The daemon's own words about a stretch of time; what it did before its own start it does not know. */
export type Account = { readonly events: readonly ApiEvent[]; readonly log: readonly string[] };

/** Work that nobody waits for: what it looks at is looked at again with the next event, or when somebody looks. */
const aside = (work: Promise<unknown>): void => void work.catch(tellUnlessOfSystem);

/** A start that failed in the last minute is the one to explain. */
const failureWindowMs = 60_000;
const failureLines = 5;
const restPollMs = 100;
const restartGapMs = 1_000;
const firstRetryMs = 1_000;
const lastRetryMs = 60_000;

export function observe(
  platform: Platform,
  candidate: Candidate,
  store: ViewStore,
  options: ObserverOptions,
): Observer {
  const parsed = parseEndpoint(candidate.endpoint);
  const endpoint = parsed.ok ? parsed.value : ({ kind: 'unix', path: '/nowhere' } as const);
  const tls = options.tls ? readTls(options.tls, platform.surroundings.files.read) : null;
  let connection: Connection | null = null;
  const api = createApi(
    createHttp(endpoint, { dial: platform.dial(candidate.endpoint), tls, onEnding: () => connection?.hangUp() }),
    candidate.endpoint,
  );
  const overrides = { configFile: options.configFile, manager: options.manager };

  let identified: Identification | null = null;
  let file: ConfigFileOnDisk | null = null;
  let state: ConfigState = { config: { state: 'unknown' }, bytes: null, folderMissing: false };
  let stopFile = (): void => undefined;
  let stopService = (): void => undefined;
  let closed = false;
  const looksAt = { daemon: inOrder(), file: inOrder(), service: inOrder() };

  async function identify(): Promise<Identification> {
    const isNews = looksAt.daemon();
    const found = await platform.identify(candidate, overrides);
    if (closed) return found;
    if (!isNews()) return identified ?? found;
    const before = identified;
    identified = found;
    if (
      before?.managerKind !== found.managerKind ||
      before.manager.unit !== found.manager.unit ||
      before.pid !== found.pid
    ) {
      stopService();
      // What its manager gave up on shows only when it has failed, after the connection was lost.
      stopService = found.manager.watch(() => aside(readService().then((failed) => (failed ? examine() : undefined))));
    }
    if (found.configPath !== (file?.path ?? null)) {
      stopFile();
      file =
        found.configPath === null
          ? null
          : openConfigFile({ path: found.configPath, attributes: platform.fileAttributes, step: options.step });
      stopFile = file ? file.watch(() => aside(changed())) : () => undefined;
    }
    const shown = store.observed().identification;
    const isOther = shown?.managerKind !== found.managerKind || shown.access.kind !== found.access.kind;
    const rights = isOther ? await platform.elevation.rights(candidate, found) : store.observed().rights;
    if (closed || identified !== found) return found;
    store.observe({ identification: found, rights, policy: policyFor(found) });
    return found;
  }

  function changed(): Promise<ConfigState> {
    // What was read for us of a file that we may not read is out of date now.
    if (isHidden(state.config)) store.observe({ looked: null });
    return readFileState();
  }

  /** The practice daemon is nobody's but the user's. */
  const policyFor = ({ managerKind }: Identification): Policy =>
    managerKind === 'sandbox' ? noPolicy : policyIn(platform.policy());

  async function readFileState(): Promise<ConfigState> {
    if (file === null) return state;
    const isNews = looksAt.file();
    const { link } = store.observed();
    const version = link.kind === 'up' ? link.facts.version : (lastVersion ?? null);
    const read = await readConfigState(file, version);
    const machine = await machineFor(platform, read.config, identified);
    if (closed || !isNews()) return read;
    state = read;
    store.observe({ config: read.config, machine });
    return read;
  }

  /** Whether it has failed. */
  async function readService(): Promise<boolean> {
    const manager = identified?.manager;
    if (!manager) return false;
    const isNews = looksAt.service();
    const service = await manager.state();
    // Each time: a start that fails right after a stop is one failure to look at, and its own line comes last.
    const failed = service.state === 'failed';
    const log = failed ? (await manager.logSince(Date.now() - failureWindowMs)).slice(-failureLines) : [];
    if (closed || identified?.manager !== manager || !isNews()) return false;
    // While it is down, nothing new is no reason to forget what was said at its end.
    store.observe({ service, ...(failed && log.length === 0 ? {} : { failureLog: log }) });
    return failed;
  }

  /**
   * What begins and fails without a process leaves no trace: its manager is asked until it has come to rest. The start of
   * a restart comes a moment after its end: what has only just stopped is not at rest yet.
   */
  async function untilAtRest(link: Link): Promise<void> {
    const until = performance.now() + restartGapMs;
    const moves = (): boolean => {
      const now = store.observed().service?.state ?? '';
      return /^(starting|stopping)$/.test(now) || (/^(stopped|armed)$/.test(now) && performance.now() < until);
    };
    while (moves() && latest === link && !closed) {
      await pause(restPollMs);
      if (await readService()) aside(examine());
    }
  }

  const outage = observeOutage(platform, store, () => identified);
  const afresh = lookAfresh({
    platform,
    candidate,
    store,
    api,
    outage,
    begun: () => first,
    identify,
    identified: () => identified,
    readFile: readFileState,
    policyFor,
    closed: () => closed,
  });
  const examine = createExaminer({ api, platform, store, identified: () => identified, closed: () => closed });
  const packages = options.watchful ? watchPackages(platform, { store, closed: () => closed }) : null;
  const looking = { ...afresh, logs: api, went: outage.went };
  const process = (): string => processOf(identified);
  const others = options.watchful
    ? watchOthers({
        platform,
        looking,
        store,
        process,
        goesOn: async () => identified !== null && (await goesOn(identityOf(identified))),
        began: async () => startedAt({ startTicks: identified?.startTicks ?? '' }),
        keep: (gap) => keepPastGap(platform.stateFolder, identified?.configPath ?? null, gap),
        closed: () => closed,
      })
    : null;
  let lastVersion: string | null = null;
  let latest: Link | null = null;
  async function linked(link: Link): Promise<void> {
    latest = link;
    if (link.kind !== 'up') {
      outage.leaving(link);
      others?.lost(link.kind === 'down');
      store.observe({ link });
      await readService();
      await outage.look();
      if (link.kind === 'down') aside(examine());
      if (latest === link && link.kind === 'down' && !closed) outage.begin();
      if (link.kind === 'down') await untilAtRest(link);
      return;
    }
    const versionChanged = lastVersion !== link.facts.version;
    lastVersion = link.facts.version;
    const known = identified !== null && identified.pid !== null && (await stillRuns(identityOf(identified)));
    // It is up all the same; who it is will be looked for again with the next look at everything.
    if (!known) await identify().catch(tellUnlessOfSystem);
    // It may have hung up while its process was looked for.
    if (latest !== link || closed) return;
    store.observe({ link, ...outage.returned() });
    await Promise.all([readService(), versionChanged ? readFileState() : Promise.resolve()]);
    // Nor is a daemon looked at that went meanwhile: this would be taken for its return.
    if (latest !== link || closed) return;
    aside((others?.back() ?? Promise.resolve()).then(afresh.orphans));
    aside(examine());
    aside(packages?.look(identified) ?? Promise.resolve());
  }

  const signs = signsOf(platform, candidate, { identified: () => identified, closed: () => closed });

  /** Where the system has no process, memory or file for a look now, it is tried again; null: closed meanwhile. */
  async function untilSeen<Seen>(look: () => Promise<Seen>): Promise<Seen | null> {
    for (let waitMs = firstRetryMs; !closed; waitMs = Math.min(waitMs * 2, lastRetryMs)) {
      try {
        return await look();
      } catch (error) {
        tellUnlessOfSystem(error);
      }
      await pause(waitMs);
    }
    return null;
  }

  const first = (async () => {
    const found = await untilSeen(identify);
    if (closed || found === null) return;
    // Only a daemon whose process we can see is waited for; others are asked gently.
    const { managerKind, access } = found;
    const elsewhere = managerKind === 'docker-desktop' || (access.kind === 'read-only' && access.reason === 'platform');
    const local = endpoint.kind === 'unix' && !elsewhere;
    connection = keepConnected(api, local ? signs : null, {
      link: (link) => aside(linked(link)),
      containers(list) {
        outage.told(list);
        store.observe({ containers: { list, counts: countsOf(list) } });
      },
      signaled: outage.signaled,
      reloaded: () => {
        options.reloaded();
        aside(readFileState());
      },
    });
    await untilSeen(async () => {
      await Promise.all([readFileState(), readService()]);
      await outage.look();
    });
  })();

  return {
    daemon: daemonOf(api, () => connection?.letGo() ?? (() => undefined)),
    identification: identify,
    logs: api,
    went: outage.went,
    async account(sinceMs) {
      const events = connection?.isUp() ? await api.eventsSince(sinceMs) : ok([]);
      const log = (await identified?.manager.logSince(sinceMs)) ?? [];
      return { events: events.ok ? events.value : [], log };
    },
    examine: () => first.then(examine),
    startContainer: (id) => api.start(id),
    async recall() {
      await first;
      const { containers, fallen } = store.observed();
      const absence = await identified?.manager.lastAbsence();
      if (!absence || containers === null || fallen !== null) return;
      const found = await fallenBefore(absence, containers.list, api.lastRun);
      if (!closed && store.observed().fallen === null) store.observe({ fallen: found });
    },
    attend: (looking) => outage.attend(looking),
    pipes: (enlargeTo) => first.then(() => outage.pipes(enlargeTo)),
    file: () => file,
    ...afresh,
    async refresh() {
      await first;
      const found = await identify();
      const rights = await platform.elevation.rights(candidate, found);
      if (closed) return;
      store.observe({ rights });
      await Promise.all([readFileState(), readService()]);
      if (!connection?.isUp()) {
        await outage.look();
        return connection?.nudge();
      }
      const facts = await api.facts();
      if (closed) return;
      if (facts.ok && connection.isUp()) store.observe({ link: { kind: 'up', facts: facts.value } });
      aside(packages?.look(found) ?? Promise.resolve());
      await Promise.all([afresh.orphans(), examine()]);
    },
    nudge: () => connection?.nudge(),
    close() {
      closed = true;
      outage.close();
      stopFile();
      stopService();
      connection?.close();
      api.close();
    },
  };
}
