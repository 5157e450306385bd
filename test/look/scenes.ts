// Every page and every state worth looking at.
import type { Change } from '@contract/change.ts';
import type { PlaceName, Verb } from '@contract/ipc.ts';
import { optionGroups } from '@contract/options-form.ts';
import type { Plan } from '@contract/plan.ts';
import { sameJson } from '@contract/json.ts';
import { patched, valueAt } from '@contract/change.ts';
import type { History, WayBack } from '@contract/history.ts';
import type { LogPipes } from '@contract/outage.ts';
import type { Outcome } from '@contract/outcome.ts';
import type { ReadOnlyReason } from '@contract/problem.ts';
import type { Rights } from '@contract/rights.ts';
import type { EngineState, Snapshot, Target } from '@contract/snapshot.ts';
import type { Upgrade } from '@contract/upgrade.ts';
import type { createFakeBridge } from '../fakes/bridge.ts';
import {
  appFacts,
  CONFIG_PATH,
  configFile,
  container,
  engineStates,
  facts,
  outcome,
  planned,
  snapshot,
  snapshotIn,
  START,
  target,
  verdict,
  workedVersion,
} from '../fakes/snapshot.ts';

type Fake = ReturnType<typeof createFakeBridge>;
export type Scene = {
  readonly place: PlaceName;
  readonly snapshot: Snapshot;
  readonly plan?: (change: Change) => Plan;
  readonly verb?: (verb: Verb) => Plan;
  /** What there is to go back to; absent: nothing is known. */
  readonly wayBack?: WayBack;
  /** What comes of a rescue. */
  readonly rescued?: Outcome;
  /** Clicks, as selectors with what to type, before the picture is taken. */
  readonly acts?: readonly (readonly [selector: string, text?: string])[];
  /** What happens as soon as the page is there. */
  readonly after?: (fake: Fake) => void;
  /** What happens when the clicks are done. */
  readonly later?: (fake: Fake) => void;
};

const file = configFile({
  'live-restore': true,
  'log-driver': 'json-file',
  'registry-mirrors': ['https://mirror.harbor.example'],
  'log-opts': { 'max-size': '10m', 'max-file': '3' },
});
const denied = { ...file, writable: { ok: false, block: 'denied' } } as Snapshot['config'];
const withFile = snapshot({ config: file });
const off = snapshot({
  config: configFile({ 'log-driver': 'json-file' }),
  liveRestore: { effective: false, file: null, flag: null, blockedBy: null },
});
const names = ['web', 'api', 'db', 'cache'];
const stopping = (verb: Verb | 'apply', over: Partial<Plan> = {}): Plan =>
  planned({
    verb,
    effect: 'restart',
    expectedGapMs: 12_600,
    containers: names.map((name) => verdict(name, 'stops')),
    needs: ['stops'],
    ...over,
  });

/** What main would say of a patch on this file, roughly: enough to look at. */
const planOn =
  (on: Snapshot, over: (keys: readonly string[]) => Partial<Plan>) =>
  (change: Change): Plan => {
    const { config } = on;
    if (config.state !== 'read') return planned(over([]));
    if (change.kind === 'text')
      return planned({ etag: config.etag, text: { before: config.text, after: change.text }, ...over(['?']) });
    const values = patched(config.values, change.patch);
    const after = `${JSON.stringify(values, null, 2)}\n`;
    const keys = [...new Set(change.patch.map((edit) => edit.path.join('.')))];
    return planned({
      etag: config.etag,
      text: { before: config.text, after },
      changes: change.patch
        .filter((edit) => !sameJson(valueAt(config.values, edit.path), valueAt(values, edit.path)))
        .map((edit) => ({
          key: edit.path.join('.'),
          from: valueAt(config.values, edit.path),
          to: valueAt(values, edit.path),
          effect: edit.path[0] === 'mtu' ? ('restart' as const) : ('reload' as const),
          risk: edit.path[0] === 'mtu' ? ('deferred' as const) : ('none' as const),
        })),
      ...over(keys),
    });
  };

const broken = '{\n  "live-restore": true,\n  "log-driver": "json-file",\n}\n';
const fault = {
  kind: 'config.invalid',
  path: CONFIG_PATH,
  fault: 'trailing-comma',
  place: { line: 3, column: 29 },
  detail: '',
} as const;
const brokenFile = {
  state: 'unreadable',
  path: CONFIG_PATH,
  etag: 'broken',
  text: broken,
  repaired: broken.replace('",\n}', '"\n}'),
  problem: fault,
  writable: { ok: true },
} as const;

const lost: Partial<Plan> = {
  effect: 'restart',
  expectedGapMs: 2400,
  containers: names.map((name) => ({
    ...verdict(name, 'hidden'),
    reasons: [{ kind: 'option', key: 'data-root', risk: 'hides' }],
  })),
  needs: ['hides'],
  changes: [{ key: 'data-root', from: undefined, to: '/srv/docker', effect: 'restart', risk: 'hides' }],
};

const running = { kind: 'running', verb: 'apply', step: 'proving-reload', since: Date.now() - 280 } as const;

const states = Object.fromEntries(
  engineStates.map((state: EngineState): [string, Scene] => [
    `status-${state}`,
    { place: 'status', snapshot: snapshotIn(state) },
  ]),
);
const advancedStates = Object.fromEntries(
  (['connecting', 'stopped', 'denied', 'absent', 'failed'] as const).map((state): [string, Scene] => [
    `advanced-${state}`,
    { place: 'daemon/advanced', snapshot: snapshotIn(state) },
  ]),
);

const pipe = (bytes: number, rate: number, over: Partial<LogPipes> = {}): LogPipes => ({
  bytes,
  capacity: 131_072,
  rate,
  blocksAt: rate === 0 ? null : Date.now() + ((131_072 - bytes) / rate) * 1000,
  blocked: false,
  ...over,
});
const pipesIn = [
  pipe(113_000, 360),
  pipe(60, 0.001),
  pipe(2_000, 0),
  pipe(28_000, 42),
  pipe(128_000, 0, { blocked: true }),
];
const left = ['api', 'cache', 'db', 'web', 'worker-1'].map((name, i) => ({
  id: `${i}`.repeat(64),
  name,
  pid: 2000 + i,
  pipes: pipesIn[i] ?? null,
}));
const bare = '{\n  "log-driver": "json-file"\n}\n';
const rescuing = snapshotIn('failed', {
  config: configFile({ 'log-driver': 'json-file' }, { text: bare }),
  liveRestore: { effective: null, file: null, flag: null, blockedBy: null },
  outage: { containers: left, notMeasured: null, pipeMaxSize: 1_048_576, pressure: 'blocked' },
  rescue: {
    containers: left,
    etag: 'etag',
    text: { before: bare, after: '{\n  "log-driver": "json-file",\n  "live-restore": true\n}\n' },
    blocked: null,
  },
});

const skipping: Upgrade = {
  manager: 'apt',
  name: 'docker-ce',
  installed: '5:26.1.4-1~debian.12~bookworm',
  candidate: '5:28.5.2-1~debian.12~bookworm',
  held: true,
  byItself: ['needrestart'],
  running: '26.1.4',
  verdict: 'skips',
  containers: [],
  removed: ['migrate'],
  problems: [],
  steps: [
    { kind: 'record', command: String.raw`printf '%s\n' db cache api web > running-set.txt` },
    { kind: 'stop', command: 'docker stop web migrate api cache db' },
    { kind: 'upgrade', command: 'sudo apt-get install --only-upgrade --allow-change-held-packages docker-ce' },
    { kind: 'start', command: 'docker start db cache api web' },
  ],
};

const past: History = {
  versions: [
    {
      id: 'a'.repeat(64),
      at: START,
      by: { kind: 'us' },
      changes: [{ key: 'live-restore', from: null, to: 'true' }],
      first: false,
      current: true,
      ran: { at: START, how: 'reloaded' },
    },
    {
      id: 'b'.repeat(64),
      at: START - 86_400_000,
      by: { kind: 'package', name: 'nvidia-container-toolkit' },
      changes: [{ key: 'runtimes', from: null, to: '{"nvidia":{"path":"nvidia-container-runtime","args":[]}}' }],
      first: false,
      current: false,
      ran: null,
    },
    {
      id: 'c'.repeat(64),
      at: START - 900_000_000,
      by: { kind: 'editor', name: 'nano' },
      changes: [{ key: 'log-driver', from: '"json-file"', to: '"local"' }],
      first: false,
      current: false,
      ran: null,
    },
    {
      id: 'd'.repeat(64),
      at: START - 1_900_000_000,
      by: { kind: 'unknown' },
      changes: null,
      first: true,
      current: false,
      ran: null,
    },
  ],
  entries: [
    {
      at: START,
      kind: 'outcome',
      verb: 'apply',
      result: 'applied',
      effect: 'reload',
      before: 4,
      kept: 4,
      ended: [],
      apiDowntimeMs: 0,
      problem: null,
    },
    { at: START, kind: 'file', etag: 'a'.repeat(64), by: { kind: 'us' } },
    {
      at: START - 3_600_000,
      kind: 'daemon',
      event: 'restarted',
      version: '28.5.2',
      before: 5,
      kept: 3,
      ended: ['web', 'api'],
    },
    { at: START - 7_200_000, kind: 'daemon', event: 'crashed', version: '28.5.2', before: 5, kept: 5, ended: [] },
  ],
};
const showPast = (fake: Fake): void => {
  fake.answer('history.read', () => ({ ok: true, value: past }));
  fake.answer('history.text', (id) => ({
    ok: true,
    value: {
      id,
      text: id.startsWith('a')
        ? '{\n  "log-driver": "local",\n  "live-restore": true\n}\n'
        : '{\n  "log-driver": "local",\n  "runtimes": { "nvidia": { "path": "nvidia-container-runtime" } }\n}\n',
    },
  }));
};
const unknownKey: Snapshot['findings'][number] = {
  severity: 'error',
  path: ['live_restore'],
  place: { line: 2, column: 3 },
  about: { kind: 'unknown-key', key: 'live_restore', suggestion: 'live-restore' },
  fix: [
    { path: ['live_restore'], remove: true },
    { path: ['live-restore'], set: true },
  ],
};
const misspelt = '{\n  "live_restore": true,\n  "log-driver": "local"\n}\n';
const worked = '{\n  "log-driver": "local"\n}\n';
const faulty = snapshotIn('failed', {
  config: configFile({ live_restore: true, 'log-driver': 'local' }, { text: misspelt }),
  liveRestore: { effective: null, file: null, flag: null, blockedBy: null },
  findings: [unknownKey],
});
const wayBack = (over: Partial<Plan> = {}, saves: number | null = 4): WayBack => ({
  version: workedVersion({ at: START - 3_600_000, ran: { at: START - 3_500_000, how: 'started' } }),
  plan: planned({ verb: 'start', effect: 'none', text: { before: misspelt, after: worked }, etag: 'e', ...over }),
  saves,
});
/** Options of every form set, so that each group is seen full. */
const full = snapshot({
  target: target({ flags: ['-H', 'fd://', '--mtu=1400'] }),
  config: configFile({
    'live-restore': true,
    'default-address-pools': [{ base: '172.30.0.0/16', size: 24 }],
    'default-network-opts': { bridge: { 'com.docker.network.driver.mtu': '1400' } },
    'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard: 4096 } },
    runtimes: { crun: { path: '/usr/bin/crun', runtimeArgs: ['--debug'] } },
    dns: ['192.168.1.1', 'fd00::1'],
    'log-opts': { 'max-size': '10m', 'max-file': '3' },
    builder: { gc: { enabled: true, policy: [{ all: true, filter: ['unused-for=48h'], maxUsedSpace: '20GB' }] } },
    graph: '/old',
    labels: 'no list',
  }),
});
const optionScenes = Object.fromEntries([
  ...optionGroups.map((group, at): [string, Scene] => [
    `options-${group}`,
    { place: 'daemon/advanced', snapshot: full, acts: [[`.group-index button:nth-child(${at + 1})`]] },
  ]),
  ['options-details', { place: 'daemon/advanced', snapshot: full, acts: [['.more']] }],
  ['options-search', { place: 'daemon/basic', snapshot: full, acts: [['.search input', 'proxy']] }],
  ['options-risky', { place: 'daemon/basic', snapshot: full, acts: [['.search input', '@risky']] }],
  [
    'options-deferred',
    {
      place: 'daemon/basic',
      snapshot: full,
      acts: [['.search input', 'bip']],
    },
  ],
  ['options-none', { place: 'daemon/basic', snapshot: full, acts: [['.search input', 'qwertz']] }],
  [
    'options-foreign',
    { place: 'daemon/advanced', snapshot: full, acts: [['.foreign-too input'], ['[data-option="graph"] .more']] },
  ],
  [
    'options-new',
    { place: 'daemon/advanced', snapshot: full, acts: [['[data-option="default-address-pools"] .entries > .button']] },
  ],
] satisfies [string, Scene][]);

/** The page of the first start, in everything that it can find. */
const readOnly = (reason: ReadOnlyReason, over: Partial<Target>): Target =>
  target({ ...over, access: { kind: 'read-only', reason, detail: '' } });
const notMine: Rights = { step: 'missing', control: null, unit: null, group: true };
const proof = outcome({
  proof: { event: '1', info: [{ key: 'live-restore', value: 'true' }], pidBefore: 812, pidAfter: 812 },
});
const welcomes = Object.fromEntries(
  Object.entries({
    off: { snapshot: off, verb: (verb) => stopping(verb), plan: planOn(off, () => ({ effect: 'reload' })) },
    done: { snapshot: withFile, after: (fake) => fake.publish({ lastOutcome: proof }) },
    protected: { snapshot: withFile },
    several: {
      snapshot: {
        ...off,
        candidates: [
          { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
          { endpoint: 'unix:///run/user/1000/docker.sock', source: 'rootless', context: null },
          { endpoint: 'ssh://mira@quay.example.org', source: 'context', context: 'quay' },
        ],
      },
      verb: (verb) => stopping(verb),
      plan: planOn(off, () => ({ effect: 'reload' })),
    },
    'by-hand': {
      snapshot: {
        ...off,
        config: denied,
        rights: notMine,
        target: target({ manager: 'bare-process', unit: null }),
      },
      verb: (verb) => stopping(verb),
      plan: (change) => ({
        ...planOn(off, () => ({ effect: 'reload' }))(change),
        blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' },
      }),
    },
    busy: { snapshot: { ...off, operation: running } },
    swarm: {
      snapshot: { ...off, liveRestore: { effective: false, file: null, flag: null, blockedBy: 'swarm' } },
      verb: (verb) => stopping(verb),
    },
    desktop: {
      snapshot: {
        ...off,
        config: { state: 'unknown' },
        target: readOnly('managed-elsewhere', { manager: 'docker-desktop', unit: null, pid: null, configPath: null }),
      },
      verb: (verb) => planned({ verb, blocked: { kind: 'target.read-only', reason: 'managed-elsewhere', detail: '' } }),
    },
    broken: { snapshot: snapshotIn('failed', { config: brokenFile }) },
    rescue: { snapshot: rescuing },
    ...Object.fromEntries(
      (['connecting', 'stopped', 'hanging', 'failed', 'denied', 'absent'] as const).map((state) => [
        state,
        { snapshot: snapshotIn(state) },
      ]),
    ),
  } satisfies Record<string, Omit<Scene, 'place'>>).map(
    ([name, scene]: [string, Omit<Scene, 'place'>]): [string, Scene] => [
      `welcome-${name}`,
      { place: 'welcome', ...scene },
    ],
  ),
);

/** Opens the search in the text as soon as there is an editor. */
function findInText(): void {
  const editor = document.querySelector('.editor-frame')?.shadowRoot;
  if (editor?.querySelector('.cm-content'))
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true }));
  if (!editor?.querySelector('.cm-find')) setTimeout(findInText, 50);
}

const silentOutcome = outcome({
  verb: 'apply',
  result: 'failed',
  effect: 'restart',
  file: 'new',
  problem: {
    kind: 'daemon.silent',
    lines: ['level=info msg="Loading containers: start."'],
    waitedMs: 240_000,
  },
  log: ['level=info msg="Loading containers: start."'],
});
const wouldLose = outcome({
  verb: 'start',
  result: 'refused',
  effect: 'none',
  file: 'unchanged',
  proof: null,
  problem: { kind: 'rescue.would-lose', path: CONFIG_PATH, keys: ['data-root'], names: ['api', 'cache', 'db'] },
});

export const scenes: Readonly<Record<string, Scene>> = {
  ...welcomes,
  'status-upgrade': { place: 'status', snapshot: snapshot({ upgrade: skipping }), acts: [['.upgrade-steps summary']] },
  'status-upgrade-known': {
    place: 'status',
    snapshot: snapshot({
      upgrade: {
        ...skipping,
        candidate: '5:29.1.0-1~debian.12~bookworm',
        problems: [
          { id: 'names-outside-fail', source: 'https://github.com/moby/moby/pull/51615', names: ['api', 'web'] },
          { id: 'old-clients-refused', source: 'https://github.com/moby/moby/pull/52067', names: [] },
        ],
      },
    }),
    acts: [['.upgrade-steps summary']],
  },
  'status-upgrade-patch': {
    place: 'status',
    snapshot: snapshot({
      upgrade: {
        ...skipping,
        held: false,
        byItself: [],
        removed: [],
        verdict: 'patch',
        steps: skipping.steps.slice(2, 3),
      },
    }),
    acts: [['.upgrade-steps summary']],
  },
  'status-way-back': { place: 'status', snapshot: faulty, wayBack: wayBack() },
  'status-way-back-none': { place: 'status', snapshot: faulty },
  'status-way-back-by-hand': {
    place: 'status',
    snapshot: {
      ...faulty,
      config: { ...faulty.config, writable: { ok: false, block: 'denied' } } as Snapshot['config'],
      rights: notMine,
    },
    wayBack: wayBack({ blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' } }, null),
  },
  'confirm-way-back': {
    place: 'status',
    snapshot: faulty,
    wayBack: wayBack({ containers: names.map((name) => verdict(name, 'stops')), needs: ['stops'] }, null),
    acts: [['.verbs .primary']],
  },
  'advanced-way-back': { place: 'daemon/advanced', snapshot: faulty, wayBack: wayBack() },
  'status-silent': {
    place: 'status',
    snapshot: snapshotIn('hanging'),
    later: (fake) => fake.publish({ lastOutcome: silentOutcome }),
  },
  'status-rescue-would-lose': {
    place: 'status',
    snapshot: {
      ...rescuing,
      rescue: rescuing.rescue && { ...rescuing.rescue, blocked: null },
    },
    acts: [['.rescue .primary']],
    rescued: wouldLose,
  },
  'advanced-waiting': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, () => ({
      ...lost,
      changes: [
        { key: 'mtu', from: undefined, to: 1400, effect: 'restart', risk: 'deferred' },
        {
          key: 'data-root',
          from: '/var/lib/docker',
          to: '/srv/docker',
          effect: 'restart',
          risk: 'hides',
          waiting: true,
        },
      ],
    })),
    acts: [['input[placeholder="1500"]', '1400']],
  },
  'status-rescue': { place: 'status', snapshot: rescuing },
  'advanced-rescue': { place: 'daemon/advanced', snapshot: rescuing, acts: [['.rescue-change summary']] },
  history: {
    place: 'history',
    snapshot: withFile,
    after: (fake) => showPast(fake),
    acts: [['.versions li:nth-child(2) .version']],
  },
  'history-empty': {
    place: 'history',
    snapshot: withFile,
    after: (fake) => fake.answer('history.read', () => ({ ok: true, value: { versions: [], entries: [] } })),
  },
  'status-outage': {
    place: 'status',
    snapshot: snapshotIn('stopped', {
      outage: { containers: left, notMeasured: null, pipeMaxSize: 1_048_576, pressure: 'blocked' },
    }),
  },
  'status-outage-no-rights': {
    place: 'status',
    snapshot: snapshotIn('failed', {
      outage: {
        containers: left.map((one) => ({ ...one, pipes: null })),
        notMeasured: 'no-rights',
        pipeMaxSize: 1_048_576,
        pressure: 'none',
      },
    }),
  },
  'status-rescue-blocked': {
    place: 'status',
    snapshot: {
      ...rescuing,
      rescue: rescuing.rescue && {
        ...rescuing.rescue,
        blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' },
      },
    },
  },
  'status-fallen': {
    place: 'status',
    snapshot: {
      ...off,
      fallen: { at: START, containers: left.map(({ id, name }) => ({ id, name, exitCode: 137 })) },
    },
  },
  general: {
    place: 'general',
    snapshot: snapshot({
      candidates: [
        { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
        { endpoint: 'unix:///run/user/1000/docker.sock', source: 'rootless', context: null },
        { endpoint: 'ssh://mira@quay.example.org', source: 'context', context: 'quay' },
      ],
    }),
  },
  'general-notes': {
    place: 'general',
    snapshot: snapshot({
      app: appFacts({
        tray: false,
        preferencesSetAside: '/home/mira/.config/afloat/preferences.invalid-1795356120042.json',
        sandbox: { state: 'unavailable', missing: ['dockerd', 'the right to make network namespaces'] },
      }),
    }),
  },
  'general-sandbox-failed': {
    place: 'general',
    snapshot: snapshot({
      app: appFacts({
        sandbox: { state: 'failed', lines: ['failed to start daemon: Error initializing network controller'] },
      }),
    }),
  },
  basic: { place: 'daemon/basic', snapshot: withFile },
  'basic-draft': {
    place: 'daemon/basic',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ effect: 'reload' })),
    acts: [
      ['input[placeholder^="https"]', 'https://second.example\n'],
      ['input[placeholder^="registry"]', 'http://no'],
      ['input[placeholder="192.168.1.1"]', ''],
    ],
  },
  advanced: { place: 'daemon/advanced', snapshot: withFile },
  ...advancedStates,
  'advanced-off': { place: 'daemon/advanced', snapshot: off, verb: (verb) => stopping(verb) },
  'advanced-turning-on': {
    place: 'daemon/advanced',
    snapshot: off,
    verb: (verb) => stopping(verb),
    plan: planOn(off, () => ({ effect: 'reload' })),
    acts: [['#live-restore']],
  },
  'advanced-draft': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, (keys) => ({ effect: keys.includes('mtu') ? 'restart' : 'reload', expectedGapMs: 2100 })),
    acts: [
      ['input[placeholder="1500"]', '1400'],
      ['input[placeholder="3"]', '0'],
    ],
  },
  'advanced-review': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, () => ({
      effect: 'reload-then-restart',
      expectedGapMs: 2100,
      findings: [
        { severity: 'info', path: [], place: null, about: { kind: 'not-checked', why: 'not-offered-by-version' } },
      ],
      containers: [verdict('web', 'interrupted'), ...['api', 'db', 'cache'].map((name) => verdict(name))],
    })),
    acts: [['input[placeholder="1500"]', '1400'], ['.bar button[aria-expanded]']],
  },
  'advanced-blocked': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ blocked: { kind: 'config.rejected', path: CONFIG_PATH, lines: ['invalid mtu'] } })),
    acts: [['input[placeholder="1500"]', '1400']],
  },
  'advanced-moved': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ effect: 'restart', etag: 'other' })),
    acts: [['input[placeholder="1500"]', '1400']],
    later: (fake) => fake.publish({ config: configFile({ 'live-restore': true, debug: true }, { etag: 'other' }) }),
  },
  'advanced-swarm': {
    place: 'daemon/advanced',
    snapshot: snapshot({
      engine: {
        state: 'running',
        since: START,
        facts: facts({
          liveRestore: false,
          swarm: { state: 'active', role: 'manager', quorum: { reachable: 2, managers: 3 } },
        }),
      },
      liveRestore: { effective: false, file: null, flag: null, blockedBy: 'swarm' },
      config: configFile({}),
    }),
    verb: (verb) => stopping(verb),
  },
  'advanced-flag': {
    place: 'daemon/advanced',
    snapshot: snapshot({
      target: target({ flags: ['-H', 'fd://', '--live-restore', '--mtu=1400'] }),
      config: configFile({}),
      liveRestore: { effective: true, file: null, flag: true, blockedBy: 'flag' },
    }),
  },
  'advanced-differs': {
    place: 'daemon/advanced',
    snapshot: snapshot({ liveRestore: { effective: false, file: true, flag: null, blockedBy: null } }),
    verb: (verb) => planned({ verb, effect: 'reload-then-restart', expectedGapMs: 2100 }),
  },
  'advanced-read-only': {
    place: 'daemon/advanced',
    snapshot: snapshot({
      target: target({ endpoint: 'tcp://10.0.0.5:2376', access: { kind: 'read-only', reason: 'remote', detail: '' } }),
    }),
  },
  'advanced-broken': {
    place: 'daemon/advanced',
    snapshot: snapshot({
      config: brokenFile,
      liveRestore: { effective: true, file: null, flag: null, blockedBy: null },
    }),
    verb: (verb) =>
      planned({
        verb,
        blocked: {
          kind: 'config.faulty',
          path: CONFIG_PATH,
          findings: [
            { severity: 'error', path: [], place: fault.place, about: { kind: 'text-fault', problem: fault } },
          ],
        },
      }),
  },
  'advanced-progress': {
    place: 'daemon/advanced',
    snapshot: snapshot(),
    later: (fake) => {
      for (const step of [
        'locking',
        'reading',
        'planning',
        'checking',
        'backing-up',
        'writing',
        'reloading',
        'proving-reload',
      ] as const)
        fake.publish({ operation: { ...running, step } });
    },
  },
  'advanced-result': {
    place: 'daemon/advanced',
    snapshot: withFile,
    later: (fake) => fake.publish({ lastOutcome: outcome() }),
  },
  'advanced-rolled-back': {
    place: 'daemon/advanced',
    snapshot: withFile,
    later: (fake) =>
      fake.publish({
        lastOutcome: outcome({
          result: 'rolled-back',
          effect: 'restart',
          file: 'restored',
          log: ['failed to start daemon: Error initializing network controller: invalid argument'],
          problem: {
            kind: 'daemon.not-up',
            lines: ['failed to start daemon: Error initializing network controller: invalid argument'],
            waitedMs: 3100,
          },
        }),
      }),
  },
  'confirm-restart': { place: 'daemon/advanced', snapshot: withFile, acts: [['.survivors button']] },
  'confirm-stop-guided': {
    place: 'status',
    snapshot: withFile,
    verb: (verb) => planned({ verb, containers: names.map((name) => verdict(name)) }),
    acts: [['.verbs button:nth-child(3)']],
  },
  'confirm-stops': {
    place: 'daemon/advanced',
    snapshot: off,
    verb: (verb) => stopping(verb),
    acts: [['.survivors button']],
  },
  'confirm-many': {
    place: 'daemon/advanced',
    snapshot: off,
    verb: (verb) =>
      stopping(verb, {
        containers: Array.from({ length: 24 }, (_, i) =>
          verdict(`worker-with-a-rather-long-name-${i}`, i % 3 === 0 ? 'keeps-running' : 'stops'),
        ),
      }),
    acts: [['.survivors button']],
  },
  'confirm-risk': {
    place: 'daemon/advanced',
    snapshot: withFile,
    plan: planOn(withFile, () => lost),
    acts: [['input[placeholder="1500"]', '1400'], ['.bar .primary']],
  },
  ...optionScenes,
  json: { place: 'daemon/json', snapshot: withFile },
  'json-patch': {
    place: 'daemon/json',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ effect: 'reload' })),
    later: (fake) => fake.navigate({ place: 'daemon/json', confirm: null }),
  },
  'json-fix': {
    place: 'daemon/json',
    snapshot: snapshot({
      config: configFile({ labls: ['a=b'] }),
      findings: [
        {
          severity: 'error',
          path: ['labls'],
          place: { line: 2, column: 3 },
          about: { kind: 'unknown-key', key: 'labls', suggestion: 'labels' },
          fix: [
            { path: ['labls'], remove: true },
            { path: ['labels'], set: ['a=b'] },
          ],
        },
      ],
    }),
  },
  'json-find': {
    place: 'daemon/json',
    snapshot: withFile,
    after: () => findInText(),
    acts: [['.cm-find input', 'log\n']],
  },
  'json-broken': { place: 'daemon/json', snapshot: snapshot({ config: brokenFile }) },
  'json-draft': {
    place: 'daemon/json',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ blocked: { ...fault, fault: 'syntax', place: { line: 1, column: 9 } } })),
    acts: [['.cm-content', '{ "mtu" 1400 }']],
  },
  'json-conflict': {
    place: 'daemon/json',
    snapshot: withFile,
    plan: planOn(withFile, () => ({ effect: 'reload' })),
    acts: [['.cm-content', '{ "debug": true }']],
    later: (fake) => fake.publish({ config: configFile({ debug: false }, { etag: 'other' }) }),
  },
  'json-absent': {
    place: 'daemon/json',
    snapshot: snapshot({ config: { state: 'absent', path: CONFIG_PATH, writable: { ok: true } } }),
  },
  'json-not-writable': {
    place: 'daemon/json',
    snapshot: snapshot({
      config: { ...configFile({ debug: true }), writable: { ok: false, block: 'immutable' } } as Snapshot['config'],
    }),
  },
  ...states,
  'status-orphans': {
    place: 'status',
    snapshot: snapshot({
      config: file,
      orphans: [
        {
          pid: 4242,
          startTicks: '991',
          command: 'nginx: master process nginx -g daemon off;',
          container: '3f0c8a2e7d51'.padEnd(64, '0'),
          name: 'web',
          shim: { pid: 4201, startTicks: '990' },
          kind: 'copy',
        },
        {
          pid: 5151,
          startTicks: '1202',
          command: 'postgres -c config_file=/etc/postgresql/postgresql.conf -c hba_file=/etc/postgresql/pg_hba.conf',
          container: '9d1e0a4b8f6c'.padEnd(64, '0'),
          name: 'db',
          shim: { pid: 5100, startTicks: '1200' },
          kind: 'unknown',
        },
      ],
      lastOutcome: outcome({
        verb: 'restart',
        effect: 'restart',
        audit: {
          compared: 4,
          containers: [
            {
              id: 'w',
              name: 'web',
              foretold: 'keeps-running',
              deviations: [
                { kind: 'new-process', from: 4242, to: 6001 },
                { kind: 'port-closed', port: '0.0.0.0:8080->80/tcp' },
              ],
            },
            {
              id: 'd',
              name: 'db',
              foretold: 'interrupted',
              deviations: [{ kind: 'address-changed', network: 'backend', from: '172.18.0.2', to: '172.18.0.5' }],
            },
          ],
          orphans: [],
          logs: [
            { id: 'w', name: 'web', log: { kind: 'lost', ms: 4_200 } },
            { id: 'd', name: 'db', log: { kind: 'delayed', ms: 1_900, heldUp: true } },
            { id: 'c', name: 'cache', log: { kind: 'none' } },
            { id: 'a', name: 'api', log: { kind: 'not-known', why: 'driver', driver: 'fluentd' } },
          ],
        },
      }),
    }),
    acts: [['.orphan:nth-child(1) button']],
  },
  'status-others': {
    place: 'status',
    snapshot: snapshot({
      othersRestart: {
        at: START + 90_000,
        awayMs: 4_300,
        audit: {
          compared: 4,
          containers: [
            {
              id: 'w',
              name: 'web',
              foretold: 'keeps-running',
              deviations: [{ kind: 'port-closed', port: '0.0.0.0:8080->80/tcp' }],
            },
          ],
          orphans: [],
          logs: [
            { id: 'w', name: 'web', log: { kind: 'delayed', ms: 4_100, heldUp: true } },
            { id: 'd', name: 'db', log: { kind: 'none' } },
            { id: 'c', name: 'cache', log: { kind: 'none' } },
            { id: 'a', name: 'api', log: { kind: 'not-known', why: 'driver', driver: 'fluentd' } },
          ],
        },
      },
    }),
    acts: [['.card-text details summary']],
  },
  'status-many': {
    place: 'status',
    verb: (verb) =>
      planned({
        verb,
        effect: 'restart',
        containers: [...Array.from({ length: 12 }, (_, i) => `a-container-with-a-long-name-${i}`), 'paused'].map(
          (name, i) => verdict(name, i === 4 ? 'interrupted' : i === 7 ? 'stops' : 'keeps-running'),
        ),
      }),
    snapshot: snapshot({
      lastOutcome: outcome(),
      containers: {
        counts: { running: 12, paused: 1, stopped: 2 },
        list: [
          ...Array.from({ length: 12 }, (_, i) =>
            container(`a-container-with-a-long-name-${i}`, {
              image: `registry.example.org/some/deep/path/image-${i}:2026.11.22-rc.${i}`,
              ports: i % 4 === 0 ? ['0.0.0.0:8080->80/tcp', ':::8080->80/tcp'] : [],
            }),
          ),
          container('paused', { state: 'paused' }),
          container('gone', { state: 'exited', exitCode: 137, pid: 0 }),
          container('dead', { state: 'dead', pid: 0 }),
        ],
      },
      findings: [
        { severity: 'error', path: [], place: null, about: { kind: 'live-restore-with-swarm' } },
        {
          severity: 'warning',
          path: ['live_restore'],
          place: { line: 3, column: 3 },
          about: { kind: 'unknown-key', key: 'live_restore', suggestion: 'live-restore' },
        },
        { severity: 'info', path: [], place: null, about: { kind: 'wish-not-followed', wish: 'nope' } },
      ],
      engine: { state: 'running', since: START, facts: facts({ warnings: ['WARNING: No swap limit support'] }) },
    }),
  },
  'status-denied-as-user': {
    place: 'status',
    snapshot: snapshotIn('denied', {
      rights: { step: 'installed', control: 'asks', unit: 'asks', group: false },
      target: target(),
    }),
  },
  'status-seen-as-administrator': {
    place: 'status',
    snapshot: snapshot({ rights: { step: 'installed', control: 'asks', unit: 'asks', group: false }, seenAt: START }),
  },
  'status-by-hand': {
    place: 'status',
    snapshot: snapshot({ rights: { step: 'missing', control: null, unit: 'asks', group: true } }),
  },
  'general-rights': {
    place: 'general',
    snapshot: snapshot({ config: denied, rights: { step: 'installed', control: 'asks', unit: 'asks', group: true } }),
    later: () => document.querySelector('.page')?.scrollTo(0, 420),
  },
  'basic-asks': {
    place: 'daemon/basic',
    snapshot: snapshot({ config: denied, rights: { step: 'installed', control: 'asks', unit: 'asks', group: true } }),
    plan: planOn(withFile, () => ({ authority: { authority: 'change', named: ['hosts', 'runtimes'] } })),
    acts: [['input[placeholder^="https"]', 'https://second.example\n']],
  },
  'basic-by-hand': {
    place: 'daemon/basic',
    snapshot: snapshot({ config: denied, rights: { step: 'missing', control: null, unit: 'asks', group: true } }),
    plan: planOn(withFile, () => ({
      blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' },
      text: { before: '', after: '{\n  "live-restore": true,\n  "debug": true\n}\n' },
    })),
    acts: [['input[placeholder^="https"]', 'https://second.example\n']],
  },
  'status-read-only': {
    place: 'status',
    snapshot: snapshot({
      target: target({
        endpoint: 'tcp://10.0.0.5:2376',
        manager: 'none',
        unit: null,
        pid: null,
        configPath: null,
        access: { kind: 'read-only', reason: 'remote', detail: '' },
      }),
      config: { state: 'unknown' },
    }),
  },
  about: {
    place: 'about',
    snapshot: snapshot({
      app: appFacts({ unsupportedRuntime: true, electron: '33.2.1', version: '0.1.0~dev', packaging: 'deb' }),
    }),
  },
  'about-diagnostics': {
    place: 'about',
    snapshot: withFile,
    acts: [[':nth-match(.row-control .button, 4)']],
  },
};
