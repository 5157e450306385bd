import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { fail, type Problem } from '../../../electron/contract/problem.ts';
import type { EngineFacts, EngineStatus } from '../../../electron/contract/snapshot.ts';
import type { Circumstances } from '../../../electron/engine/circumstances.ts';
import { planChange, planVerb } from '../../../electron/engine/plan.ts';
import { down, edited, running } from '../../fakes/circumstances.ts';
import { configFile, container, facts, START } from '../../fakes/snapshot.ts';

const swarm = { state: 'active', role: 'manager', quorum: null } as const;
const containers = [container('web'), container('db')];

function planned(now: Circumstances, after: JsonObject): Plan {
  const plan = planChange(now, edited(after));
  if (!plan.ok) throw new Error(plan.problem.kind);
  return plan.value;
}

/** File before, live restore in memory, file after. */
const change = (
  before: JsonObject,
  liveRestore: boolean,
  after: JsonObject,
  told: Partial<EngineFacts> = {},
  over: Partial<Circumstances> = {},
): Plan => planned(running(before, { liveRestore, ...told }, { containers, ...over }), after);

const verdicts = (plan: Plan): readonly string[] => [...new Set(plan.containers.map(({ verdict }) => verdict))];

describe('the effect of a change', () => {
  test.each([
    // file before, memory, file after: effect, verdict
    [{}, false, { debug: true }, 'reload', 'keeps-running'],
    [{}, false, { mtu: 1400 }, 'restart', 'stops'],
    [{ 'live-restore': true }, true, { 'live-restore': true, mtu: 1400 }, 'restart', 'keeps-running'],
    [{}, false, { 'live-restore': true }, 'reload', 'keeps-running'],
    // Live restore and an option that needs a restart: in one phase every container would die (measured).
    [{}, false, { 'live-restore': true, mtu: 1400 }, 'reload-then-restart', 'keeps-running'],
    [{ 'live-restore': false }, false, { 'live-restore': true, mtu: 1400 }, 'reload-then-restart', 'keeps-running'],
    // The file had it, but nobody reloaded.
    [{ 'live-restore': true }, false, { 'live-restore': true, mtu: 1400 }, 'reload-then-restart', 'keeps-running'],
    [{ 'live-restore': true }, true, { 'live-restore': false }, 'reload', 'keeps-running'],
    // Off together with a restart: they live until the new start, and die then.
    [{ 'live-restore': true }, true, { 'live-restore': false, mtu: 1400 }, 'restart', 'stops'],
    // Removed by hand: it sticks until the restart that stops the containers.
    [{ 'live-restore': true }, true, {}, 'restart', 'stops'],
    // Removed where the daemon has it off anyway: nothing sticks.
    [{ 'live-restore': true }, false, {}, 'reload', 'keeps-running'],
    [{ debug: true }, false, {}, 'reload', 'keeps-running'],
    [{ labels: ['a=b'], 'live-restore': true }, true, { 'live-restore': true }, 'restart', 'keeps-running'],
    [{ 'max-concurrent-downloads': 9 }, false, {}, 'reload', 'keeps-running'],
    [{ 'live-restore': true }, true, { 'live-restore': true }, 'none', 'keeps-running'],
    [{ features: { buildkit: true } }, false, { features: { buildkit: false } }, 'reload', 'keeps-running'],
    [
      { 'live-restore': true, features: {} },
      true,
      { 'live-restore': true, features: { 'containerd-snapshotter': true } },
      'restart',
      'hidden',
    ],
  ] as const)('%j with memory %s to %j: %s', (before, memory, after, effect, verdict) => {
    const plan = change(before, memory, after);
    expect(plan.effect).toBe(effect);
    expect(verdicts(plan)).toEqual([verdict]);
    expect(plan.blocked).toBeNull();
    expect(plan.needs.includes('stops')).toBe(verdict === 'stops');
  });

  test('while the daemon is down there is none: it takes the file at its next start', () => {
    const plan = planned(down({}, {}, { containers }), { 'live-restore': true, mtu: 1400 });
    expect(plan).toMatchObject({ effect: 'none', blocked: null, needs: [], expectedGapMs: 0 });
  });

  test('while it is down, turning live restore off is foretold as the next start will have it', () => {
    const now = down({ 'live-restore': true }, {}, { containers });
    const off = planned(now, { 'live-restore': false });
    expect(off).toMatchObject({ effect: 'none', blocked: null, needs: ['stops'] });
    expect(verdicts(off)).toEqual(['stops']);
    expect(off.findings).toMatchObject([{ about: { kind: 'next-start-would-stop', containers: 2 } }]);
    expect(planned(now, {}).needs).toEqual(['stops']);
    expect(planned(down({ 'live-restore': true }), { 'live-restore': false }).needs).toEqual([]);
  });

  test('while it is down, a change that takes nothing from anybody endangers nobody', () => {
    for (const file of [{}, { 'live-restore': false }, { 'live-restore': true }]) {
      const plan = planned(down(file, {}, { containers }), { ...file, mtu: 1400 });
      expect(plan).toMatchObject({ effect: 'none', needs: [], findings: [] });
      expect(verdicts(plan)).toEqual(['keeps-running']);
    }
    const byFlag = down({}, {}, { containers, flags: ['--live-restore'] });
    expect(verdicts(planned(byFlag, { mtu: 1400 }))).toEqual(['keeps-running']);
  });

  test('before a restart live restore is named, so that it is seen in memory first', () => {
    const plan = change({ 'live-restore': true }, false, { 'live-restore': true, mtu: 1400 });
    expect(plan.changes.map(({ key, from, to, effect }) => [key, from, to, effect])).toEqual([
      ['mtu', undefined, 1400, 'restart'],
      ['live-restore', false, true, 'reload'],
    ]);
  });

  test('with live restore by flag one restart is enough', () => {
    const plan = change({}, true, { mtu: 1400 }, {}, { flags: ['--live-restore'] });
    expect(plan).toMatchObject({ effect: 'restart', blocked: null });
    expect(verdicts(plan)).toEqual(['keeps-running']);
  });

  test('white space alone is written without an effect', () => {
    const plan = planChange(running({ debug: true }), {
      ok: true,
      value: { text: '{"debug":true}', values: { debug: true } },
    });
    expect(plan).toMatchObject({ ok: true, value: { effect: 'none', changes: [], text: { after: '{"debug":true}' } } });
  });

  test('an edit that failed is handed on', () => {
    const problem: Problem = { kind: 'change.empty-path' };
    expect(planChange(running({}), fail(problem))).toEqual({ ok: false, problem });
  });
});

describe('changes', () => {
  test('are told option by option, inside the objects that hold options', () => {
    const before = { debug: true, features: { cdi: true, buildkit: true }, 'log-opts': { 'max-size': '1m' } };
    const after = { features: { cdi: false, buildkit: true }, 'log-opts': { 'max-size': '2m' }, mtu: 9000 };
    expect(change(before, true, after).changes).toEqual([
      { key: 'debug', from: true, to: undefined, effect: 'reload', risk: 'none' },
      { key: 'features.cdi', from: true, to: false, effect: 'restart', risk: 'none' },
      { key: 'log-opts', from: { 'max-size': '1m' }, to: { 'max-size': '2m' }, effect: 'restart', risk: 'none' },
      { key: 'mtu', from: undefined, to: 9000, effect: 'restart', risk: 'deferred' },
    ]);
  });

  test.each([
    [{}, { 'data-root': '/srv' }, 'hides', ['hides']],
    [{}, { 'data-root': '/var/lib/docker' }, 'none', []],
    [{}, { 'storage-driver': 'overlay2' }, 'none', []],
    [{}, { 'storage-driver': 'vfs' }, 'hides', ['hides']],
    [{}, { 'exec-root': '/run/other' }, 'loses', ['loses']],
    [{}, { 'exec-root': '/var/run/docker' }, 'none', []],
    [{}, { 'containerd-namespace': 'other' }, 'loses', ['loses']],
    [{}, { 'userns-remap': 'default' }, 'hides', ['hides']],
    [{}, { bip: '10.9.0.1/24' }, 'deferred', []],
    [{}, { 'firewall-backend': 'nftables' }, 'unknown', []],
    [{}, { 'storage-opts': ['x=y'] }, 'start-fails', ['start-fails']],
    [{}, { tlsverify: true }, 'locks-out-clients', ['locks-out-clients']],
    [{}, { 'authorization-plugins': ['nope'] }, 'ends-daemon', ['ends-daemon']],
    [{ 'authorization-plugins': ['nope'] }, {}, 'none', []],
    [{}, { 'authorization-plugins': [] }, 'none', []],
    // Only a runtime that goes endangers its containers.
    [{}, { runtimes: { crun: { path: '/c' } } }, 'none', []],
    [{ runtimes: { crun: { path: '/c' } } }, { runtimes: {} }, 'later-start-fails', ['later-start-fails']],
    [
      { runtimes: { crun: { path: '/c' } } },
      { runtimes: { crun: { path: '/d' } } },
      'later-start-fails',
      ['later-start-fails'],
    ],
    [{}, { 'default-runtime': 'nope' }, 'start-fails', ['start-fails']],
    [{}, { 'default-runtime': 'io.containerd.runsc.v1' }, 'none', []],
    [{}, { 'default-runtime': 'runc' }, 'none', []],
  ] as const)('%j to %j: %s', (before, after, risk, needs) => {
    const on = { 'live-restore': true };
    const plan = change({ ...on, ...before }, true, { ...on, ...after }, { version: '29.7.0' }, { version: '29.7.0' });
    expect(plan.changes[0]?.risk).toBe(risk);
    expect(plan.needs).toEqual(needs);
  });

  test('on 20.10 a reload without the runtime that is the default ends the daemon', () => {
    const told = { version: '20.10.24' };
    const before = { 'default-runtime': 'crun', runtimes: { crun: { path: '/c' } } };
    const plan = change(before, true, { 'default-runtime': 'crun', runtimes: {} }, told, told);
    expect(plan.changes[0]).toMatchObject({ key: 'runtimes', effect: 'reload', risk: 'ends-daemon' });
    expect(plan.needs).toEqual(['ends-daemon']);
  });

  test('nobody is hidden or lost where nothing runs', () => {
    expect(change({}, true, { 'exec-root': '/x' }, {}, { containers: [] }).needs).toEqual([]);
    const stopped = [container('web', { state: 'exited' })];
    expect(change({}, true, { 'exec-root': '/x' }, {}, { containers: stopped }).needs).toEqual([]);
  });

  test('a change of containerd beside living containers needs consent also while the daemon is down', () => {
    expect(planned(down({}, {}, { containers }), { 'exec-root': '/x' }).needs).toEqual(['loses']);
  });
});

describe('what stands in the way of a change', () => {
  const readOnly = { kind: 'read-only', reason: 'remote', detail: 'tcp://x' } as const;
  const notWritable = { ...configFile({}), writable: { ok: false, block: 'immutable' } } as Circumstances['config'];
  test.each([
    ['read-only', change({}, false, { debug: true }, {}, { access: readOnly }), 'target.read-only'],
    ['not writable', change({}, false, { debug: true }, {}, { config: notWritable }), 'config.not-writable'],
    ['file not found', change({}, false, { debug: true }, {}, { config: { state: 'unknown' } }), 'target.read-only'],
    ['swarm', change({}, false, { 'live-restore': true }, { swarm }), 'live-restore.swarm'],
    ['windows', change({}, false, { 'live-restore': true }, { osType: 'windows' }), 'live-restore.windows'],
    ['flag', change({}, false, { 'live-restore': true }, {}, { flags: ['--live-restore=false'] }), 'live-restore.flag'],
    ['flag, off', change({}, true, { 'live-restore': false }, {}, { flags: ['--live-restore'] }), 'live-restore.flag'],
    ['other flag', change({}, true, { hosts: ['unix:///x'] }), 'change.conflicts-with-flag'],
    ['unknown key', change({}, true, { 'foo-bar': 1 }), 'config.faulty'],
    ['wrong type', change({}, true, { debug: 'yes' }), 'config.faulty'],
    // A reload applies the whole file, so an old mistake elsewhere blocks it.
    ['old mistake', change({ 'foo-bar': 1 }, true, { 'foo-bar': 1, debug: true }), 'config.faulty'],
    [
      'userland-proxy',
      change({ 'userland-proxy': true }, true, { 'userland-proxy': true, debug: true }),
      'config.faulty',
    ],
    // A reload would put it into the memory of a node that then never starts again.
    [
      'bomb by reload',
      change({ 'live-restore': true }, false, { 'live-restore': true, debug: true }, { swarm }),
      'live-restore.swarm',
    ],
  ] as const)('%s', (_, plan, kind) => {
    expect(plan.blocked?.kind).toBe(kind);
  });

  test.each([
    ['off on a swarm node', change({ 'live-restore': true }, true, { 'live-restore': false }, { swarm }), 'reload'],
    [
      'the key removed beside its flag',
      change({ 'live-restore': true }, true, {}, {}, { flags: ['--live-restore'] }),
      'restart',
    ],
    ['userland-proxy with a restart', change({}, true, { 'userland-proxy': true }), 'restart'],
    [
      'runtimes beside --add-runtime',
      change({}, true, { runtimes: {} }, {}, { flags: ['--add-runtime', 'a=/b'] }),
      'reload',
    ],
    ['nothing changed in a file with a mistake', change({ 'foo-bar': 1 }, true, { 'foo-bar': 1 }), 'none'],
  ] as const)('not %s', (_, plan, effect) => {
    expect(plan.blocked).toBeNull();
    expect(plan.effect).toBe(effect);
  });

  test.each([
    ['connecting', 'engine.busy'],
    ['starting', 'engine.busy'],
    ['restarting', 'engine.busy'],
    ['stopping', 'engine.busy'],
    ['hanging', 'engine.hanging'],
    ['denied', 'engine.denied'],
    ['absent', 'engine.absent'],
    ['stopped', undefined],
    ['armed', undefined],
    ['failed', undefined],
  ] as const)('an engine that is %s', (state, kind) => {
    const engine = { state, since: START, log: [] } as EngineStatus;
    expect(planned(down({}, {}, { engine }), { debug: true }).blocked?.kind).toBe(kind);
  });

  test('one that was just found to hang has been waited for all the same', () => {
    const now = down({}, {}, { engine: { state: 'hanging', since: START }, now: START + 200 });
    expect(planned(now, { debug: true }).blocked).toMatchObject({ kind: 'engine.hanging', waitedMs: 5_200 });
  });

  test('a broken file may be replaced by a whole one', () => {
    const problem = {
      kind: 'config.invalid',
      path: '/f',
      fault: 'syntax',
      place: { line: 1, column: 1 },
      detail: '',
    } as const;
    const config = { state: 'unreadable', path: '/f', etag: 'e', text: '{', problem, writable: { ok: true } } as const;
    const plan = change({}, true, { debug: true }, {}, { config });
    expect(plan).toMatchObject({ blocked: null, etag: 'e', text: { before: '{' }, effect: 'reload' });
    const hidden = { ...config, etag: null, text: null };
    expect(change({}, true, {}, {}, { config: hidden }).blocked).toEqual(problem);
  });
});

describe('findings of a plan', () => {
  test('name what else a reload takes', () => {
    const plan = change({ debug: true, 'live-restore': true }, true, {
      debug: true,
      'live-restore': true,
      labels: ['a=b'],
    });
    expect(plan.findings.map(({ about }) => about)).toEqual([
      { kind: 'memory-differs', key: 'debug', file: true, running: false },
    ]);
  });

  test('leave out what the change itself says', () => {
    expect(change({}, false, { 'live-restore': true }).findings).toEqual([]);
  });
});

describe('verbs', () => {
  const verb = (name: Plan['verb'] & ('reload' | 'restart' | 'start' | 'stop'), now: Circumstances): Plan =>
    planVerb(name, now);
  const on = { 'live-restore': true };

  test.each([
    ['restart', on, true, 'restart', 'keeps-running', []],
    ['restart', on, false, 'reload-then-restart', 'keeps-running', []],
    ['restart', {}, false, 'restart', 'stops', ['stops']],
    ['restart', {}, true, 'restart', 'stops', ['stops']],
    ['restart', { 'live-restore': false }, true, 'restart', 'stops', ['stops']],
    ['reload', on, false, 'reload', 'keeps-running', []],
    ['reload', {}, true, 'reload', 'keeps-running', []],
    ['stop', on, true, 'none', 'keeps-running', []],
    ['stop', on, false, 'none', 'stops', ['stops']],
    ['stop', {}, true, 'none', 'keeps-running', []],
  ] as const)('%s with file %j and memory %s: %s, %s', (name, file, liveRestore, effect, verdict, needs) => {
    const plan = verb(name, running(file, { liveRestore }, { containers }));
    expect(plan).toMatchObject({ verb: name, effect, needs, blocked: null, text: null });
    expect(verdicts(plan)).toEqual([verdict]);
  });

  test('a restart in two phases names live restore', () => {
    const plan = verb('restart', running(on, { liveRestore: false }));
    expect(plan.changes).toEqual([{ key: 'live-restore', from: false, to: true, effect: 'reload', risk: 'none' }]);
  });

  test.each([
    [on, 'keeps-running', []],
    [{}, 'stops', ['stops']],
  ] as const)('a start after a crash, with %j', (file, verdict, needs) => {
    const plan = verb('start', down(file, {}, { containers }));
    expect(plan).toMatchObject({ effect: 'none', needs, blocked: null, expectedGapMs: null });
    expect(verdicts(plan)).toEqual([verdict]);
  });

  test('a storage driver that waits in the file hides the containers at the restart', () => {
    const plan = verb('restart', running({ ...on, 'storage-driver': 'vfs' }, {}, { containers }));
    expect(verdicts(plan)).toEqual(['hidden']);
    expect(plan.needs).toEqual(['hides']);
  });

  const broken = {
    state: 'unreadable',
    path: '/f',
    etag: 'e',
    text: '{',
    problem: { kind: 'config.invalid', path: '/f', fault: 'truncated', place: { line: 1, column: 2 }, detail: '' },
    writable: { ok: true },
  } as const;
  const hanging = { engine: { state: 'hanging', since: START } } as const;
  test.each([
    ['reload', down(on), 'engine.not-running'],
    ['restart', down(on), 'engine.not-running'],
    ['stop', down(on), 'engine.not-running'],
    ['start', down(on), undefined],
    ['start', running(on), 'engine.already-running'],
    ['reload', running(on, {}, hanging), 'engine.hanging'],
    ['restart', running(on, {}, hanging), undefined],
    ['stop', running(on, {}, hanging), undefined],
    // The next start would fail: the daemon would stay down.
    ['restart', running(on, { swarm }), 'live-restore.swarm'],
    ['start', down(on, { swarm }), 'live-restore.swarm'],
    ['stop', running(on, { swarm }), undefined],
    ['restart', running({}, { swarm }, { flags: ['--live-restore'] }), 'live-restore.swarm'],
    ['restart', running({ 'foo-bar': 1 }), 'config.faulty'],
    ['stop', running({ 'foo-bar': 1 }), undefined],
    ['restart', running({ hosts: ['unix:///x'] }), 'change.conflicts-with-flag'],
    ['restart', running({}, {}, { config: broken }), 'config.invalid'],
    ['reload', running({}, {}, { config: broken }), 'config.invalid'],
    ['start', down({}, {}, { config: broken }), 'config.invalid'],
    ['stop', running({}, {}, { config: broken }), undefined],
    ['reload', running({ 'userland-proxy': true }), 'config.faulty'],
    ['restart', running({ 'userland-proxy': true }), undefined],
    ['reload', running(on, { liveRestore: false, swarm }), 'live-restore.swarm'],
    ['restart', running(on, {}, { access: { kind: 'read-only', reason: 'remote', detail: '' } }), 'target.read-only'],
  ] as const)('%s %#: %s', (name, now, kind) => {
    expect(verb(name, now).blocked?.kind).toBe(kind);
  });

  test('a daemon that hangs is taken to have live restore off', () => {
    expect(verdicts(verb('restart', running(on, {}, { ...hanging, containers })))).toEqual(['stops']);
  });

  test.each([
    ['reload', true, null, 0],
    ['restart', true, null, 2_200],
    ['restart', true, 1_900, 1_900],
    // A gap without stopping says nothing of one in which containers are stopped first.
    ['restart', false, 1_900, 12_200],
    ['stop', true, 1_900, null],
  ] as const)('time without the API: %s', (name, liveRestore, before, gap) => {
    const file = liveRestore ? on : {};
    const pastGaps = before === null ? [] : [{ ms: before, containers: containers.length, ports: 0, stopped: false }];
    expect(verb(name, running(file, { liveRestore }, { containers, pastGaps })).expectedGapMs).toBe(gap);
  });
});

test('a rootless daemon loses its containers at a restart whatever live restore says', () => {
  const rootless = { manager: 'systemd-user', killMode: 'mixed', ownContainerd: null, flags: [], containers } as const;
  const plan = planVerb('restart', running({ 'live-restore': true }, { rootless: true }, rootless));
  expect(verdicts(plan)).toEqual(['stops']);
  expect(plan.containers[0]?.reasons).toEqual([{ kind: 'rootless' }]);
});

test('docker-proxy turned off in the file or by flag leaves ports on 127.0.0.1 alive', () => {
  const web = [container('web', { ports: ['0.0.0.0:80->80/tcp'] })];
  const restart = (file: JsonObject, flags: readonly string[]) =>
    verdicts(planVerb('restart', running({ 'live-restore': true, ...file }, {}, { containers: web, flags })));
  expect(restart({}, [])).toEqual(['interrupted']);
  // Rules serve it then, which the starting daemon writes anew.
  const why = (file: JsonObject, flags: readonly string[]) =>
    planVerb(
      'restart',
      running({ 'live-restore': true, ...file }, {}, { containers: web, flags }),
    ).containers[0]?.reasons.map(({ kind }) => kind);
  expect(why({}, [])).toContain('published-ports');
  expect(why({ 'userland-proxy': false }, [])).toEqual(['live-restore-on', 'port-rules']);
  expect(why({}, ['--userland-proxy=false'])).toEqual(['live-restore-on', 'port-rules']);
});

test('the version of the daemon decides, not the newest', () => {
  const told = facts({ version: '26.1.5' });
  const plan = change({}, true, { bip6: 'fd00::1/64' }, told, { version: '26.1.5' });
  expect(plan.blocked?.kind).toBe('config.faulty');
});

describe('flags that the next start is without', () => {
  const flagged = (file: JsonObject, over: Partial<Circumstances> = {}) =>
    running(file, {}, { containers, flags: ['--live-restore'], startFlags: [], ...over });

  test('keep nobody alive over a restart, and it is said why', () => {
    const plan = planVerb('restart', flagged({}));
    expect(verdicts(plan)).toEqual(['stops']);
    expect(plan.needs).toEqual(['stops']);
    expect(plan.findings.map(({ about }) => about)).toContainEqual({
      kind: 'next-start-flags',
      gone: ['--live-restore'],
      come: [],
    });
    expect(planned(flagged({}), { mtu: 1400 }).needs).toEqual(['stops']);
    expect(planVerb('stop', flagged({})).findings).toMatchObject([
      { about: { kind: 'next-start-flags' } },
      { about: { kind: 'next-start-would-stop', containers: 2 } },
    ]);
  });

  test('decide with those that come over places and conflicts', () => {
    const moved = { startFlags: ['--live-restore', '--data-root=/srv/docker'] };
    expect(planVerb('restart', flagged({}, moved))).toMatchObject({
      needs: ['hides'],
      changes: [{ key: 'data-root', from: '/var/lib/docker', to: '/srv/docker', waiting: true }],
    });
    const clash = { startFlags: ['--live-restore', '--mtu=1400'] };
    expect(planned(flagged({}, clash), { mtu: 1500 }).blocked?.kind).toBe('change.conflicts-with-flag');
    // A reload would fail by the flags of now, a start by those of then.
    expect(planned(flagged({}), { 'live-restore': true }).blocked?.kind).toBe('live-restore.flag');
  });

  test('may lead to another file, of which nobody knows what it says', () => {
    const elsewhere = { flags: [], startFlags: ['--config-file=/srv/daemon.json'] };
    expect(verdicts(planVerb('restart', flagged({ 'live-restore': true }, elsewhere)))).toEqual(['stops']);
  });
});
