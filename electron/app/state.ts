// The only place where the published truth changes: what the engine saw, the preferences and facts about the app.
import { isDeepStrictEqual } from 'node:util';
import { createStore } from 'zustand/vanilla';
import { unknownRights } from '../contract/rights.ts';
import type { Preferences } from '../contract/preferences.ts';
import type { AppFacts, EngineView, Snapshot } from '../contract/snapshot.ts';

/** What can be published: any parts of a snapshot but its number. */
export type Part = Partial<Omit<Snapshot, 'revision'>>;

export type State = {
  get(): Snapshot;
  /** Publishes parts. Silent where they equal what is published already. */
  publish(part: Part): void;
  /** Publishes some of the facts about the app. */
  publishApp(facts: Partial<AppFacts>): void;
  /** Calls back now, and again after every change. Returns the way to stop. */
  watch(listener: (snapshot: Snapshot) => void): () => void;
};

export function createState(first: { readonly preferences: Preferences; readonly app: AppFacts }): State {
  const store = createStore<Snapshot>(() => frozen({ ...nothingKnown, ...first, revision: 1 }));

  function publish(part: Part): void {
    const now = store.getState();
    const news = Object.entries(part).filter(([name, value]) => !isDeepStrictEqual(value, now[name as keyof Part]));
    if (news.length === 0) return;
    store.setState(frozen({ ...now, ...Object.fromEntries(news), revision: now.revision + 1 }), true);
  }

  return {
    get: store.getState,
    publish,
    publishApp: (facts) => publish({ app: { ...store.getState().app, ...facts } }),
    watch(listener) {
      listener(store.getState());
      return store.subscribe(listener);
    },
  };
}

/** Before the engine has looked. */
const nothingKnown: EngineView = {
  target: {
    endpoint: '',
    source: 'default',
    context: null,
    manager: 'none',
    unit: null,
    pid: null,
    flags: [],
    configPath: null,
    access: { kind: 'read-only', reason: 'socket-not-proven', detail: '' },
  },
  candidates: [],
  engine: { state: 'connecting', since: Date.now() },
  config: { state: 'unknown' },
  liveRestore: { effective: null, file: null, flag: null, blockedBy: null },
  containers: null,
  orphans: [],
  outage: null,
  rescue: null,
  fallen: null,
  othersRestart: null,
  options: [],
  findings: [],
  policy: { state: 'none' },
  upgrade: null,
  operation: { kind: 'idle' },
  rights: unknownRights,
  seenAt: null,
  lastOutcome: null,
};

/** Frozen with everything in it; what is frozen already was published before and is not walked again. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
