// Keeps what was observed and makes the published view of it.
import { isDeepStrictEqual } from 'node:util';
import type { Orphan, OthersRestart } from '../contract/audit.ts';
import type { Fallen } from '../contract/outage.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Finding } from '../contract/plan.ts';
import type {
  Access,
  Candidate,
  ConfigFile,
  Container,
  ContainerCounts,
  EngineFacts,
  EngineView,
  Operation,
  Target,
} from '../contract/snapshot.ts';
import type { Rights } from '../contract/rights.ts';
import type { Policy } from '../contract/policy.ts';
import type { PackageFacts } from '../contract/upgrade.ts';
import { configPlaces } from './config-places.ts';
import { policyFindings } from './policy.ts';
import { standingFindings } from './findings.ts';
import { liveRestoreOf } from './live-restore.ts';
import { withLooked, type Looked } from './looked.ts';
import type { Machine } from './machine.ts';
import { leftContainers, outageOf, rescueOf, stillFallen } from './outage.ts';
import type { Watched } from './outage-watch.ts';
import type { Identification, LeftRunning } from './ports.ts';
import { knownTruths } from './sources.ts';
import type { ServiceState } from './service-manager.ts';
import { statusOf, type Link } from './status.ts';
import { upgradeInView } from './upgrade-in-view.ts';

/** What is observed, each part replaced as a whole when it changes. */
export type Observed = {
  /** A context or address that was asked for and could not be followed; null: none was, or it could. */
  readonly wish: string | null;
  readonly candidates: readonly Candidate[];
  readonly candidate: Candidate;
  readonly identification: Identification | null;
  readonly link: Link;
  /** What the daemon said when it was last up; null: never. */
  readonly lastFacts: EngineFacts | null;
  readonly service: ServiceState | null;
  readonly config: ConfigFile;
  readonly policy: Policy;
  /** This computer as checks need to know it; null where it was not looked at. */
  readonly machine: Machine | null;
  readonly containers: { readonly counts: ContainerCounts; readonly list: readonly Container[] } | null;
  readonly orphans: readonly Orphan[];
  readonly rights: Rights;
  /** What was read for us with root's rights, and when; null: nothing, or it is out of date. */
  readonly looked: Looked | null;
  /** Found without the daemon while it is down; null: nobody has looked, or it is up. */
  readonly left: readonly LeftRunning[] | null;
  /** The pipes of those, sampled while it is down. */
  readonly watched: Watched;
  readonly pipeMaxSize: number | null;
  /** Who ran before the last outage; of these, those count that do not run now. */
  readonly fallen: Fallen | null;
  readonly othersRestart: OthersRestart | null;
  /** What the doctor found at its last look. */
  readonly ailments: readonly Finding[];
  /** What the package manager told of dockerd's package; null: it was not asked. */
  readonly packages: PackageFacts | null;
  readonly operation: Operation;
  readonly lastOutcome: Outcome | null;
  readonly failureLog: readonly string[];
};

export type ViewStore = {
  observed(): Observed;
  view(): EngineView;
  /** Takes over what was observed; listeners hear of it only when the view really differs. */
  observe(part: Partial<Observed>): void;
  /** Calls back now, and again after every change. */
  watch(listener: (view: EngineView) => void): () => void;
};

export function createViewStore(first: Observed): ViewStore {
  let observed = first;
  let view = viewOf(observed, null);
  const listeners = new Set<(view: EngineView) => void>();
  return {
    observed: () => observed,
    view: () => view,
    observe(part) {
      observed = { ...observed, ...part };
      if (observed.link.kind === 'up') observed = { ...observed, lastFacts: observed.link.facts };
      const next = viewOf(observed, view);
      if (isDeepStrictEqual(next, view)) return;
      view = sharing(next, view);
      for (const listener of listeners) listener(view);
    },
    watch(listener) {
      listeners.add(listener);
      listener(view);
      return () => void listeners.delete(listener);
    },
  };
}

/** Parts that are equal stay the same object, so that views can compare them by identity. */
function sharing(next: EngineView, before: EngineView): EngineView {
  const parts = Object.entries(next).map(([key, value]) => {
    const old = before[key as keyof EngineView];
    return [key, isDeepStrictEqual(value, old) ? old : value];
  });
  return Object.freeze(Object.fromEntries(parts)) as EngineView;
}

function viewOf(own: Observed, before: EngineView | null): EngineView {
  const { observed, seenAt } = withLooked(own);
  const { identification, link, service, config } = observed;
  const engine = statusOf(
    {
      link,
      service,
      operation: observed.operation,
      installed: identification !== null && (identification.pid !== null || identification.managerKind !== 'none'),
      failureLog: observed.failureLog,
    },
    before?.engine ?? { state: 'connecting', since: Date.now() },
    Date.now(),
  );
  const facts = link.kind === 'up' ? link.facts : null;
  const values = config.state === 'read' ? config.values : null;
  const flags = identification?.flags ?? [];
  const containers = facts === null ? null : observed.containers;
  const left = observed.left && leftContainers(observed.left, observed.containers?.list ?? []);
  const { step } = observed.rights;
  const access = accessOf(identification, link, step);
  const { lastFacts, watched, pipeMaxSize } = observed;
  const liveRestore = liveRestoreOf({ facts, lastFacts, values, flags });
  const target = targetOf(observed);
  const down = { engine, left, watched, pipeMaxSize };
  return Object.freeze({
    target,
    candidates: observed.candidates,
    engine,
    config,
    options: knownTruths({
      values: config.state === 'absent' ? {} : values,
      flags,
      flagSource: identification?.flagSource ?? '',
      flagPlaces: identification?.flagPlaces ?? {},
      running: facts?.running ?? {},
      version: facts?.version ?? null,
    }),
    liveRestore,
    containers,
    // Of a daemon that is down, everybody who still runs is told elsewhere.
    orphans: facts === null ? [] : observed.orphans,
    outage: outageOf(down),
    rescue: rescueOf({ ...down, config, flags, access, lastFacts, elevates: step === 'installed' }),
    fallen: stillFallen(observed.fallen, containers?.list ?? null),
    othersRestart: observed.othersRestart,
    findings: [
      ...unfollowed(observed.wish),
      ...policyFindings(observed.policy, values, configPlaces(config.state === 'read' ? config.text : '')),
      ...standingFindings({
        facts,
        values,
        flags,
        startFlags: identification?.startFlags ?? flags,
        flagSource: identification?.flagSource ?? '',
        flagPlaces: identification?.flagPlaces ?? {},
        containers: containers?.list ?? [],
        config,
        version: observed.lastFacts?.version ?? null,
        machine: observed.machine,
      }),
      ...observed.ailments,
    ],
    rights: observed.rights,
    seenAt,
    policy: observed.policy,
    upgrade: upgradeInView(observed, liveRestore.effective, target),
    operation: observed.operation,
    lastOutcome: observed.lastOutcome,
  });
}

const unfollowed = (wish: string | null): readonly Finding[] =>
  wish === null ? [] : [{ severity: 'error', path: [], place: null, about: { kind: 'wish-not-followed', wish } }];

function targetOf({ candidate, identification, service, link, rights }: Observed): Target {
  return {
    ...candidate,
    manager: identification?.managerKind ?? 'none',
    unit: identification?.manager.unit ?? null,
    // The service manager knows of a death before the next look at the process does.
    pid: service === null || service.state === 'unknown' ? (identification?.pid ?? null) : service.pid,
    flags: identification?.flags ?? [],
    configPath: identification?.configPath ?? null,
    access: accessOf(identification, link, rights.step),
  };
}

/** Identification shows process, file and manager; the running daemon's own word about its root closes the circle. */
export function accessOf(identification: Identification | null, link: Link, step: Rights['step']): Access {
  if (identification === null) return { kind: 'read-only', reason: 'not-permitted', detail: '' };
  const { access, dataRoot } = identification;
  // Whoever acts with root's rights proves it himself, before anything is done.
  if (access.kind === 'read-only' && access.reason === 'not-permitted' && step === 'installed')
    return { kind: 'proven' };
  if (access.kind === 'read-only' || link.kind !== 'up' || dataRoot === null) return access;
  const told = link.facts.dockerRootDir;
  // userns-remap puts a folder named after the first uid and gid below the root that was asked for.
  const same =
    told === dataRoot || (told.startsWith(`${dataRoot}/`) && /^\d+\.\d+$/.test(told.slice(dataRoot.length + 1)));
  return same ? access : { kind: 'read-only', reason: 'info-differs', detail: `${told} ≠ ${dataRoot}` };
}

/** What the daemon says of itself, or said when it was last up. */
export const lastFacts = (store: ViewStore): EngineFacts | null => {
  const { link, lastFacts: last } = store.observed();
  return link.kind === 'up' ? link.facts : last;
};
