// Builders of snapshots, plans and outcomes: a healthy daemon by default, and whatever a test makes of it.
import type { FileVersion } from '@contract/history.ts';
import type { Outcome } from '@contract/outcome.ts';
import type { ContainerVerdict, Plan, Verdict } from '@contract/plan.ts';
import { unknownRights } from '@contract/rights.ts';
import { defaultPreferences } from '@contract/preferences.ts';
import type { JsonObject } from '@contract/json.ts';
import type {
  AppFacts,
  ConfigFile,
  Container,
  EngineFacts,
  EngineState,
  EngineStatus,
  Snapshot,
  Target,
} from '@contract/snapshot.ts';

export const CONFIG_PATH = '/etc/docker/daemon.json';
/** A fixed moment that fakes begin at, ms since 1970. */
export const START = Date.UTC(2026, 10, 22, 14, 2, 0);

/** What `/info` says of a healthy daemon. */
export const facts = (over: Partial<EngineFacts> = {}): EngineFacts => ({
  id: '3f0c8a2e-7d51-4f0b-9d1e-0a4b8f6c2d11',
  name: 'harbor',
  version: '28.5.2',
  apiVersion: '1.51',
  osType: 'linux',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  rootless: false,
  dockerRootDir: '/var/lib/docker',
  storageDriver: 'overlay2',
  snapshotter: false,
  usernsRemap: false,
  cgroupDriver: 'systemd',
  liveRestore: true,
  debug: false,
  running: {},
  warnings: [],
  swarm: { state: 'inactive', role: null, quorum: null },
  ...over,
});

/** A container that runs. */
export const container = (name: string, over: Partial<Container> = {}): Container => ({
  id: name.padEnd(64, '.'),
  name,
  image: `${name}:stable`,
  state: 'running',
  pid: 4000 + name.length * 17,
  startedAt: '2026-11-21T09:30:00.000000000Z',
  exitCode: 0,
  restartPolicy: 'no',
  autoRemove: false,
  healthCheck: false,
  health: null,
  ports: [],
  details: null,
  ...over,
});

/** A configuration file that can be read and written. */
export function configFile(
  values: JsonObject,
  over: { readonly etag?: string; readonly text?: string } = {},
): ConfigFile {
  const text = over.text ?? `${JSON.stringify(values, null, 2)}\n`;
  return {
    state: 'read',
    path: CONFIG_PATH,
    etag: over.etag ?? `etag of ${text.trim()}`,
    text,
    values,
    writable: { ok: true },
  };
}

/** The daemon of a packaged install. */
export const target = (over: Partial<Target> = {}): Target => ({
  endpoint: 'unix:///var/run/docker.sock',
  source: 'default',
  context: null,
  manager: 'systemd',
  unit: 'docker.service',
  pid: 812,
  flags: ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
  configPath: CONFIG_PATH,
  access: { kind: 'proven' },
  ...over,
});

export const appFacts = (over: Partial<AppFacts> = {}): AppFacts => ({
  version: '0.1.0',
  electron: '45.4.1',
  chromium: '152.0.7444.60',
  node: '26.2.0',
  unsupportedRuntime: false,
  packaging: 'checkout',
  platform: 'linux',
  tray: true,
  logPath: '/home/mira/.local/state/afloat/afloat.log',
  preferencesPath: '/home/mira/.config/afloat/preferences.json',
  preferencesSetAside: null,
  language: 'en',
  sandbox: { state: 'off' },
  dark: false,
  ...over,
});

/** A status in each state that there is. */
export function engineIn(state: EngineState): EngineStatus {
  switch (state) {
    case 'running':
    case 'reloading':
      return { state, since: START, facts: facts() };
    case 'failed':
      return {
        state,
        since: START,
        log: [
          "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't match any configuration option: live_restore",
        ],
      };
    case 'connecting':
    case 'starting':
    case 'restarting':
    case 'stopping':
    case 'stopped':
    case 'armed':
    case 'hanging':
    case 'denied':
      return { state, since: START };
    case 'absent':
      return { state, since: START, unreached: null };
  }
}

export const engineStates: readonly EngineState[] = [
  'connecting',
  'running',
  'reloading',
  'starting',
  'restarting',
  'stopping',
  'stopped',
  'armed',
  'hanging',
  'failed',
  'denied',
  'absent',
];

const four: readonly Container[] = [
  container('web', { image: 'nginx:1.29', ports: ['0.0.0.0:8080->80/tcp', '127.0.0.1:8443->443/tcp'], pid: 2211 }),
  container('api', {
    image: 'registry.example.org/team/api:2026.11',
    ports: ['0.0.0.0:9000->9000/tcp'],
    pid: 2304,
    healthCheck: true,
    health: 'healthy',
  }),
  container('db', { image: 'postgres:18', restartPolicy: 'always', pid: 2399 }),
  container('cache', { image: 'valkey:9', pid: 2412 }),
  container('migrate', { image: 'registry.example.org/team/api:2026.11', state: 'exited', pid: 0 }),
];

/** A whole snapshot: a running daemon with live restore on and four containers, unless told otherwise. */
export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  target: target(),
  candidates: [{ endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null }],
  engine: engineIn('running'),
  config: configFile({ 'live-restore': true, 'log-driver': 'json-file' }),
  liveRestore: { effective: true, file: true, flag: null, blockedBy: null },
  containers: { counts: { running: 4, paused: 0, stopped: 1 }, list: four },
  orphans: [],
  outage: null,
  rescue: null,
  fallen: null,
  othersRestart: null,
  options: [],
  findings: [],
  rights: unknownRights,
  seenAt: null,
  policy: { state: 'none' },
  upgrade: null,
  operation: { kind: 'idle' },
  lastOutcome: null,
  preferences: defaultPreferences,
  app: appFacts(),
  ...over,
});

/** A snapshot with the engine in this state, and with what can be known then. */
export function snapshotIn(state: EngineState, over: Partial<Snapshot> = {}): Snapshot {
  const engine = engineIn(state);
  const up = state === 'running' || state === 'reloading';
  const none = state === 'absent' || state === 'connecting' || state === 'denied';
  return snapshot({
    engine,
    ...(up ? {} : { containers: null, liveRestore: { effective: null, file: true, flag: null, blockedBy: null } }),
    ...(up || state === 'hanging' ? {} : { target: target({ pid: null, flags: [] }) }),
    ...(none
      ? {
          config: { state: 'unknown' },
          liveRestore: { effective: null, file: null, flag: null, blockedBy: null },
          target: target({ pid: null, flags: [], configPath: null, unit: null, manager: 'none' }),
        }
      : {}),
    ...(state === 'denied' ? { rights: { step: 'missing', control: null, unit: 'asks', group: false } } : {}),
    ...(state === 'denied' || state === 'connecting'
      ? { target: target({ access: { kind: 'read-only', reason: 'not-permitted', detail: '' } }) }
      : {}),
    ...over,
  });
}

/** A verdict for a container of this name. */
export const verdict = (name: string, what: Verdict = 'keeps-running'): ContainerVerdict => ({
  id: name.padEnd(64, '.'),
  name,
  verdict: what,
  reasons: [reasonFor(what)],
});

function reasonFor(what: Verdict): ContainerVerdict['reasons'][number] {
  if (what === 'keeps-running') return { kind: 'live-restore-on' };
  return what === 'interrupted' ? { kind: 'health-checks-pause' } : { kind: 'live-restore-off' };
}

/** A version of the file that somebody wrote by hand, and with which the daemon began. */
export const workedVersion = (over: Partial<FileVersion> = {}): FileVersion => ({
  id: 'e'.repeat(64),
  at: START,
  by: { kind: 'editor', name: 'nano' },
  changes: [],
  first: false,
  current: false,
  ran: { at: START, how: 'started' },
  ...over,
});

/** A plan under which nothing is lost, unless told otherwise. */
export const planned = (over: Partial<Plan> = {}): Plan => ({
  verb: 'apply',
  effect: 'reload',
  changes: [],
  text: null,
  containers: ['web', 'api', 'db', 'cache'].map((name) => verdict(name)),
  findings: [],
  etag: null,
  expectedGapMs: 0,
  expectedGapRangeMs: null,
  blocked: null,
  authority: null,
  needs: [],
  ...over,
});

/** An outcome that went well, unless told otherwise. */
export const outcome = (over: Partial<Outcome> = {}): Outcome => ({
  verb: 'apply',
  result: 'applied',
  effect: 'reload',
  proof: {
    event: '1795356120042000000',
    info: [{ key: 'live-restore', value: 'true' }],
    pidBefore: 812,
    pidAfter: 812,
  },
  containers: { before: 4, kept: 4, stopped: [], lost: [], all: [] },
  apiDowntimeMs: 0,
  history: '2026-11-22T14-02-00.json',
  log: [],
  problem: null,
  file: 'new',
  timings: [
    { step: 'checking', ms: 61 },
    { step: 'writing', ms: 4 },
    { step: 'reloading', ms: 12 },
    { step: 'proving-reload', ms: 30 },
  ],
  startedAt: START + 60_000,
  finishedAt: START + 60_107,
  audit: null,
  ...over,
});
