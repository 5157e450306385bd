// The facade: watch one daemon, plan and apply changes to its configuration, reload, restart, start and stop it.
import type { ProcessName } from '../contract/audit.ts';
import type { Change } from '../contract/change.ts';
import type { Drill } from '../contract/drill.ts';
import type { WayBack } from '../contract/history.ts';
import type { Verb } from '../contract/ipc.ts';
import type { PipesReport } from '../contract/outage.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Preset } from '../contract/preset.ts';
import type { StatusDocument } from '../contract/privileged.ts';
import type { Consent, Finding, Plan } from '../contract/plan.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Candidate, EngineView, ManagerKind } from '../contract/snapshot.ts';
import type { Upgrade } from '../contract/upgrade.ts';
import type { ApplyRequest } from './apply.ts';
import type { Authorized } from './authority.ts';
import { findCandidates } from './candidates.ts';
import { checkBytes, fixBytes, fixFile, type Asked, type CheckResult, type FixResult } from './check-file.ts';
import { lookAsRoot, pipesAsRoot, startAgainAsRoot } from './elevation.ts';
import { nothingSeen, untilKnown, wishOf } from './first-view.ts';
import { endpointText, parseEndpoint } from './endpoint.ts';
import { createEngineHistory, type EngineHistory } from './engine-history.ts';
import { circumstancesOf, prepareChange, prepareVerb } from './gather.ts';
import { keptText } from './history.ts';
import { observe, type Account, type Observer } from './observer.ts';
import { refusal } from './outcome.ts';
import { presetsHere } from './presets-here.ts';
import type { Platform } from './ports.ts';
import type { RescueRequest } from './rescue.ts';
import { noteLooked } from './looked.ts';
import { shared } from './shared.ts';
import { startAgain } from './start-again.ts';
import { createSteps } from './steps.ts';
import { upgradeNow } from './upgrade-look.ts';
import { createVerbs } from './verbs.ts';
import { createViewStore } from './view.ts';
import { findWayBack } from './way-back.ts';

export type EngineOptions = {
  readonly host: string | null;
  readonly context: string | null;
  readonly configFile: string | null;
  readonly manager: ManagerKind | null;
  /** Writes down also what others do to the daemon and its file; without it only what we do. */
  readonly watchful?: boolean;
  /** Called at every step of a transaction and between its system calls; for fault injection. */
  readonly probe?: (point: string) => Promise<void>;
  /** What may be done at most, where it was authorized by somebody; null or absent: everything that we can. */
  readonly authorized?: Authorized | null;
};

/** By its id, or as it is told by somebody who has it. `etag` is of the file that was shown; null: there was none. */
export type GoBack = Consent & { readonly etag: string | null } & ({ readonly id: string } | { readonly text: string });

export type Engine = {
  get(): EngineView;
  /** Calls back now, and again after every change. Returns the way to stop. */
  watch(listener: (view: EngineView) => void): () => void;
  /** The first view in which the engine's state and its file are known, with anything unfinished settled. */
  settled(): Promise<EngineView>;
  plan(change: Change): Promise<Result<Plan>>;
  /** The small changes that are offered by name, made for this daemon; `mirror` is the address for that preset. */
  presets(mirror: string | null): Promise<Result<readonly Preset[]>>;
  planVerb(verb: Verb): Promise<Result<Plan>>;
  /** Would the daemon start with this? Null: the file of the target. */
  check(bytes: Uint8Array | null, options: Asked): Promise<Result<CheckResult>>;
  /** What it would be with every remedy that needs no question; writes nothing. Null: the file of the target. */
  fix(bytes: Uint8Array | null, options: Asked): Promise<Result<FixResult>>;
  /** The same, and writes it: for a file that is not the target's. */
  fixFile(path: string, options: Asked): Promise<Result<FixResult>>;
  apply(change: Change, request: Omit<ApplyRequest, 'change'>): Promise<Outcome>;
  act(verb: Verb, consent: Consent): Promise<Outcome>;
  /** Reads, as root and after a question, what we may not see ourselves. Changes nothing. */
  look(): Promise<Result<null>>;
  /** What the daemon itself tells of the time since (ms since 1970): events and log lines. Wakes nothing. */
  account(sinceMs: number): Promise<Account>;
  /** Ends by hand a container that the daemon does not manage: the very processes that were shown, or none. */
  endOrphan(orphan: ProcessName): Promise<Result<null>>;
  /** Saves whoever outlived the daemon: live restore into its file, then the start. */
  rescue(request: RescueRequest): Promise<Outcome>;
  /** What waits in the log pipes of all that run; `enlargeTo` (bytes) makes smaller ones larger first. */
  pipes(request: { readonly enlargeTo: number | null }): Promise<Result<PipesReport>>;
  /** Whether somebody looks now: while the daemon is down, its pipes are then looked at more often. */
  attend(looking: boolean): void;
  /** Notes who ended with the daemon before this engine watched it, as far as its service manager tells. */
  recall(): Promise<void>;
  /** Starts those again that ended with the daemon, in their order; `only`: of these, or nobody if one did not. */
  startAgain(only?: readonly string[]): Promise<Result<null>>;
  /** Looks at everything that can hurt this daemon and its containers; what it finds is in the view, too. */
  doctor(): Promise<readonly Finding[]>;
  /** What there is to go back to while the daemon is down. */
  wayBack(): Promise<Result<WayBack>>;
  /** Puts a kept version, or a text, into the file and starts the daemon with it, as one transaction. */
  goBack(request: GoBack): Promise<Outcome>;
  history: EngineHistory['history'];
  versionText: EngineHistory['versionText'];
  /** Rehearses a restart with a throw-away container; refuses where it would harm another one. */
  drill(): Promise<Drill>;
  /** What an upgrade of the engine's package would do. Changes nothing. */
  upgrade(): Promise<Upgrade>;
  /** Reads everything again. Wakes nothing. */
  refresh(): Promise<void>;
  /** Takes another daemon among the candidates, or one at an endpoint that was just made (the sandbox). */
  choose(endpoint: string): Promise<Result<null>>;
  /** While held, the target does not change: a draft is open. */
  holdTarget(held: boolean): void;
  /** Where a wish for a daemon could not be followed. */
  readonly problem: Problem | null;
  close(): Promise<void>;
};

/** Finds the daemon and begins to watch it. Connects to nothing that does not already run. */
export function createEngine(platform: Platform, options: EngineOptions): Engine {
  const found = findCandidates({ ...platform.surroundings, host: options.host, context: options.context });
  const probe = options.probe ?? (() => Promise.resolve());
  const fallback: Candidate = { endpoint: options.host ?? 'unix:///nowhere', source: 'flag', context: options.context };
  const firstCandidate = found.problem ? fallback : (found.candidates[0] ?? fallback);
  const store = createViewStore(nothingSeen(found.candidates, firstCandidate, wishOf(found.problem)));
  const memory = createEngineHistory(platform, {
    file: () => observer.file(),
    whoRan: () => observer.went()?.containers ?? null,
  });
  let observer = observed(firstCandidate);
  if (options.watchful) store.watch(memory.recorder.follow);
  const authorized = options.authorized ?? null;
  let held = false;
  let attended = false;
  const ports = { platform, store, recorder: memory.recorder, authorized, probe };
  const verbs = createVerbs({ ...ports, observer: () => observer });

  function observed(candidate: Candidate): Observer {
    return observe(platform, candidate, store, {
      configFile: options.configFile,
      manager: options.manager,
      tls: found.tls.get(candidate.endpoint) ?? null,
      reloaded: () => (options.watchful ? memory.recorder.reloaded(store.view()) : undefined),
      watchful: options.watchful ?? false,
      step: probe,
    });
  }

  const settled = untilKnown(store.watch).then(async (view) => {
    const { access, configPath } = view.target;
    const left = verbs.isElevated() ? await platform.elevation.leftBehind() : null;
    if (left !== null) store.observe({ lastOutcome: left });
    // To finish or undo a change is to act.
    if (access.kind !== 'proven' || configPath === null || authorized?.authority === 'look' || verbs.isElevated())
      return store.view();
    await verbs.settle();
    return store.view();
  });
  // Whoever waits for it hears of a failure; where nobody does, it must not end the program.
  settled.catch(() => undefined);

  const silent = () => createSteps(() => undefined, probe);
  // Whoever clicks twice is asked once.
  const lookElevated = shared(async () => noted(await lookAsRoot(platform.elevation, silent())));
  const startElevated = shared(async () =>
    noted(await startAgainAsRoot(platform.elevation, store.view().fallen?.containers ?? [], silent())),
  );

  function noted(seen: Result<StatusDocument>): Result<null> {
    if (!seen.ok) return seen;
    noteLooked(store, seen.value);
    return ok(null);
  }

  return {
    apply: verbs.apply,
    act: verbs.act,
    rescue: verbs.rescue,
    async goBack(request) {
      const keptAs = keptText(platform.stateFolder, store.view().target.configPath ?? '');
      const earlier = 'id' in request ? await keptAs(request.id) : new TextEncoder().encode(request.text);
      if (earlier === null) return refusal('start', { kind: 'history.unknown', id: 'id' in request ? request.id : '' });
      const { etag, accept, shown } = request;
      return verbs.goBack({ earlier, etag, accept, ...(shown ? { shown } : {}) });
    },
    wayBack: () =>
      findWayBack({ stateFolder: platform.stateFolder, history: memory.history, gather: () => observer.gather() }),
    drill: verbs.drill,
    problem: found.problem,
    get: store.view,
    watch: store.watch,
    settled: () => settled,
    async plan(change) {
      const gathered = await observer.gather();
      if (!gathered.ok) return gathered;
      const prepared = prepareChange(gathered.value, change);
      return prepared.ok ? ok(prepared.value.plan) : prepared;
    },
    async presets(mirror) {
      const gathered = await observer.gather();
      return gathered.ok ? presetsHere(circumstancesOf(gathered.value), platform, mirror) : gathered;
    },
    async planVerb(verb) {
      const gathered = await observer.gather();
      return gathered.ok ? ok(prepareVerb(gathered.value, verb).plan) : gathered;
    },
    check: (bytes, asked) => checkBytes(platform, observer, bytes, asked),
    fix: (bytes, asked) => fixBytes(platform, observer, bytes, asked),
    fixFile: (path, asked) => fixFile(platform, observer, path, asked),
    async look() {
      const busy = verbs.busy();
      if (busy !== null) return fail(busy);
      return verbs.isElevated() ? lookElevated() : ok(null);
    },
    account: (sinceMs) => observer.account(sinceMs),
    async endOrphan({ pid, startTicks }) {
      const found = (await observer.orphans()).find((one) => one.pid === pid && one.startTicks === startTicks);
      const problem = found ? await platform.endOrphan(found) : ({ kind: 'orphan.changed', pid } as const);
      await observer.orphans();
      return problem ? fail(problem) : ok(null);
    },
    recall: () => observer.recall(),
    async startAgain(only) {
      const busy = verbs.busy();
      if (busy !== null) return fail(busy);
      return store.observed().link.kind === 'denied' && verbs.isElevated()
        ? startElevated()
        : startAgain(store.view(), only ?? null, observer.startContainer);
    },
    // To look is silent: what only root can measure is said to be so, until somebody wants it larger.
    pipes: ({ enlargeTo }) =>
      enlargeTo !== null && verbs.isElevated()
        ? pipesAsRoot(platform.elevation, enlargeTo, silent())
        : observer.pipes(enlargeTo),
    attend(looking) {
      attended = looking;
      observer.attend(looking);
    },
    async doctor() {
      await observer.examine();
      return store.view().findings;
    },
    history: memory.history,
    versionText: memory.versionText,
    upgrade: () => upgradeNow(platform, observer, store),
    refresh: () => observer.refresh(),
    async choose(wanted) {
      if (held || verbs.busy() !== null) return fail({ kind: 'target.held' });
      const parsed = parseEndpoint(wanted);
      if (!parsed.ok) return parsed;
      const endpoint = endpointText(wanted);
      const known = store.observed().candidates.find((candidate) => candidate.endpoint === endpoint);
      const candidate = known ?? { endpoint, source: 'sandbox', context: null };
      const candidates = known ? store.observed().candidates : [...store.observed().candidates, candidate];
      observer.close();
      store.observe(nothingSeen(candidates, candidate, null));
      observer = observed(candidate);
      observer.attend(attended);
      await untilKnown(store.watch);
      return ok(null);
    },
    holdTarget(now) {
      held = now;
    },
    close() {
      observer.close();
      return memory.recorder.written();
    },
  };
}
