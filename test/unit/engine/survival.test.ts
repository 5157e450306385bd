import { describe, expect, test } from 'vitest';
import type { OptionChange, Reason, Risk, Verdict } from '../../../electron/contract/plan.ts';
import type { Container } from '../../../electron/contract/snapshot.ts';
import { processEnds, verdictsFor, type Act, type Circumstance } from '../../../electron/engine/survival.ts';
import { container } from '../../fakes/snapshot.ts';

const packaged: Circumstance = {
  act: 'restart',
  version: '28.5.2',
  liveRestore: { atStop: true, atStart: true },
  containers: [container('web')],
  changes: [],
  manager: 'systemd',
  killMode: 'process',
  ownContainerd: false,
  rootless: false,
  swarm: false,
  userlandProxy: true,
  iptables: true,
  unit: 'docker.service',
  shims: [],
};

const verdict = (over: Partial<Circumstance>, one: Partial<Container> = {}) => {
  const [first] = verdictsFor({ ...packaged, ...over, containers: [container('web', one)] });
  return {
    verdict: first?.verdict,
    reasons: first?.reasons.map(({ kind }) => kind),
    ends: first && processEnds(first),
  };
};

const change = (key: string, risk: Risk, effect: OptionChange['effect'] = 'restart'): OptionChange => ({
  key,
  from: undefined,
  to: 'x',
  effect,
  risk,
});

describe('live restore in memory and in the file, measured on all three versions', () => {
  const both: readonly (readonly [Act, boolean | null, boolean, Verdict, readonly Reason['kind'][]])[] = [
    ['restart', true, true, 'keeps-running', ['live-restore-on']],
    ['restart', false, false, 'stops', ['live-restore-off']],
    // Edited but not reloaded: everything dies at the stop.
    ['restart', false, true, 'stops', ['live-restore-off-at-stop']],
    // Turned off without a reload, or the key removed: they survive the stop and die at the start.
    ['restart', true, false, 'stops', ['live-restore-off-at-start']],
    ['restart', null, true, 'stops', ['live-restore-off-at-stop']],
    ['restart', null, false, 'stops', ['live-restore-off']],
    ['reload-then-restart', true, true, 'keeps-running', ['live-restore-on']],
    ['reload', false, false, 'keeps-running', ['reload-leaves-alone']],
    ['reload', false, true, 'keeps-running', ['reload-leaves-alone']],
    ['reload', true, false, 'keeps-running', ['reload-leaves-alone']],
    ['none', false, false, 'keeps-running', []],
    ['stop', true, true, 'keeps-running', ['live-restore-on']],
    // An orderly stop goes by memory alone.
    ['stop', true, false, 'keeps-running', ['live-restore-on']],
    ['stop', false, true, 'stops', ['live-restore-off']],
    ['stop', null, true, 'stops', ['live-restore-off']],
    // After a crash only what the starting daemon reads counts.
    ['start', null, true, 'keeps-running', ['live-restore-on']],
    ['start', null, false, 'stops', ['live-restore-off-at-start']],
    ['start', false, true, 'keeps-running', ['live-restore-on']],
  ];
  test.each(both)('%s with memory %s and file %s: %s', (act, atStop, atStart, expected, reasons) => {
    const found = verdict({ act, liveRestore: { atStop, atStart } });
    expect(found).toEqual({ verdict: expected, reasons, ends: expected === 'stops' });
  });

  test.each(['20.10.24', '26.1.5', '28.5.2', null])('is the same on %s', (version) => {
    expect(verdict({ version }).verdict).toBe('keeps-running');
    expect(verdict({ version, liveRestore: { atStop: false, atStart: false } }).verdict).toBe('stops');
  });
});

test('only containers with a process have a verdict', () => {
  const states = ['running', 'paused', 'restarting', 'created', 'exited', 'dead', 'removing'] as const;
  const containers = states.map((state) => container(state, { state }));
  expect(verdictsFor({ ...packaged, containers }).map(({ name }) => name)).toEqual(['running', 'paused', 'restarting']);
});

describe('old engines', () => {
  test.each([
    ['20.10.24+dfsg1', 'stops'],
    ['23.0.6', 'stops'],
    ['24.0.8', 'stops'],
    ['24.0.9', 'keeps-running'],
    ['25.0.0', 'keeps-running'],
    ['28.5.2', 'keeps-running'],
  ])('on %s a container with --rm %s', (version, expected) => {
    expect(verdict({ version }, { autoRemove: true }).verdict).toBe(expected);
    expect(
      verdict({ version, act: 'start', liveRestore: { atStop: null, atStart: true } }, { autoRemove: true }).verdict,
    ).toBe(expected);
    // A stop alone adopts nobody.
    expect(verdict({ version, act: 'stop' }, { autoRemove: true }).verdict).toBe('keeps-running');
    expect(verdict({ version, act: 'reload' }, { autoRemove: true }).verdict).toBe('keeps-running');
  });

  test.each([
    ['20.10.24', 'interrupted'],
    ['22.6.0', 'interrupted'],
    // They pause, and go on.
    ['23.0.0', 'interrupted'],
    ['26.1.5', 'interrupted'],
  ])('on %s a container with a health check: %s', (version, expected) => {
    expect(verdict({ version }, { healthCheck: true }).verdict).toBe(expected);
  });
});

describe('whoever ends the shims', () => {
  test.each([
    // manager, KillMode, own containerd, rootless: verdict, reason
    ['systemd', 'process', true, false, 'keeps-running', 'live-restore-on'],
    ['systemd', 'mixed', true, false, 'stops', 'kill-mode'],
    ['systemd', 'control-group', true, false, 'stops', 'kill-mode'],
    ['systemd', 'none', true, false, 'keeps-running', 'live-restore-on'],
    ['systemd', 'mixed', false, false, 'keeps-running', 'live-restore-on'],
    ['systemd', 'control-group', null, false, 'stops', 'kill-mode'],
    ['systemd', null, null, false, 'keeps-running', 'live-restore-on'],
    ['systemd-user', 'mixed', null, true, 'stops', 'rootless'],
    ['systemd-user', null, null, true, 'stops', 'rootless'],
    ['systemd-user', 'process', null, true, 'stops', 'rootless'],
    ['systemd-user', 'process', false, true, 'stops', 'rootless'],
    ['bare-process', null, null, false, 'keeps-running', 'live-restore-on'],
    ['bare-process', null, null, true, 'stops', 'rootless'],
    ['init-script', null, null, false, 'keeps-running', 'live-restore-on'],
    ['sandbox', null, true, false, 'keeps-running', 'live-restore-on'],
  ] as const)(
    '%s, KillMode %s, own containerd %s, rootless %s: %s',
    (manager, killMode, ownContainerd, rootless, expected, reason) => {
      const unit = { manager, killMode, ownContainerd, rootless };
      expect(verdict(unit)).toMatchObject({ verdict: expected, reasons: [reason] });
      expect(verdict({ ...unit, act: 'stop' }).verdict).toBe(expected);
      // A start ends nobody's unit; but a new rootlesskit finds nobody.
      expect(verdict({ ...unit, act: 'start' }).verdict).toBe(rootless ? 'stops' : 'keeps-running');
      expect(verdict({ ...unit, act: 'reload' }).verdict).toBe('keeps-running');
    },
  );
});

describe('where its shim can be seen, that says who would end it', () => {
  const shims = (units: readonly string[]) => [{ id: container('web').id, units }];
  test.each([
    // dockerd runs its own containerd, whose shims stand in its unit.
    ['mixed', true, ['docker.service'], 'stops'],
    // The flag says otherwise, the shim's own control group decides.
    ['mixed', false, ['docker.service'], 'stops'],
    // dockerd could run its own, but took one that ran already (measured on 20.10 under systemd 252).
    ['mixed', null, ['containerd.service'], 'keeps-running'],
    ['control-group', true, ['containerd.service'], 'keeps-running'],
    ['process', true, ['docker.service'], 'keeps-running'],
  ] as const)('KillMode %s, own containerd %s, shim in %j: %s', (killMode, ownContainerd, units, expected) => {
    expect(verdict({ killMode, ownContainerd, shims: shims(units) }).verdict).toBe(expected);
  });
});

test.each([
  ['always', 'restart', true],
  ['unless-stopped', 'restart', true],
  ['on-failure', 'restart', false],
  ['no', 'restart', false],
  ['always', 'stop', false],
] as const)('restart policy %s at a %s: told to be started again %s', (restartPolicy, act, expected) => {
  const found = verdict({ act, liveRestore: { atStop: false, atStart: false } }, { restartPolicy });
  expect(found.verdict).toBe('stops');
  expect(found.reasons?.includes('started-again')).toBe(expected);
});

// Measured on all three: the starting daemon's own stop counts as a user's.
test.each([
  ['always', 'started-again'],
  ['unless-stopped', 'stays-stopped'],
] as const)('%s, stopped by the starting daemon: %s', (restartPolicy, reason) => {
  const atStart = { atStop: true, atStart: false };
  expect(verdict({ liveRestore: atStart }, { restartPolicy }).reasons).toContain(reason);
  expect(verdict({ act: 'start', liveRestore: atStart }, { restartPolicy }).reasons).toContain(reason);
});

test('whom the starting daemon does not see, it does not start', () => {
  const off = { atStop: false, atStart: false };
  const found = verdict({ liveRestore: off, changes: [change('data-root', 'hides')] }, { restartPolicy: 'always' });
  expect(found.reasons).not.toContain('started-again');
});

test('on an old engine one with --rm is not only hidden', () => {
  const hidden = { changes: [change('data-root', 'hides')], version: '20.10.24' } as const;
  expect(verdict(hidden, { autoRemove: true }).verdict).toBe('lost');
  expect(verdict(hidden, {}).verdict).toBe('hidden');
  expect(verdict({ ...hidden, version: '28.5.2' }, { autoRemove: true }).verdict).toBe('hidden');
});

describe('published ports', () => {
  test.each([
    [['0.0.0.0:8080->80/tcp'], true, 'interrupted'],
    [['[::]:8080->80/tcp'], true, 'interrupted'],
    [[':::8080->80/tcp'], true, 'interrupted'],
    [['127.0.0.1:8080->80/tcp'], true, 'interrupted'],
    [['127.0.0.53:53->53/udp'], true, 'interrupted'],
    [['[::1]:8080->80/tcp'], true, 'interrupted'],
    [['192.168.1.5:8080->80/tcp'], true, 'interrupted'],
    [['80/tcp'], true, 'keeps-running'],
    [[], true, 'keeps-running'],
    [['0.0.0.0:8080->80/tcp'], false, 'interrupted'],
  ] as const)('%j with docker-proxy %s: %s', (ports, userlandProxy, expected) => {
    expect(verdict({ userlandProxy }, { ports }).verdict).toBe(expected);
    expect(verdict({ userlandProxy, act: 'reload' }, { ports }).verdict).toBe('keeps-running');
  });

  test('only those on 127.0.0.1 are named', () => {
    const ports = ['192.168.1.5:1->1/tcp', '0.0.0.0:2->2/tcp'];
    const [first] = verdictsFor({ ...packaged, containers: [container('web', { ports })] });
    expect(first?.reasons).toContainEqual({ kind: 'published-ports', ports: ['0.0.0.0:2->2/tcp'] });
  });
});

describe('dangerous options', () => {
  test.each([
    ['data-root', 'hides', true, 'hidden'],
    ['storage-driver', 'hides', true, 'hidden'],
    ['exec-root', 'loses', true, 'lost'],
    ['containerd', 'loses', true, 'lost'],
    ['runtimes', 'later-start-fails', true, 'keeps-running'],
    ['mtu', 'deferred', true, 'keeps-running'],
    // Those that ended in good order are hidden, but not lost.
    ['data-root', 'hides', false, 'hidden'],
    ['exec-root', 'loses', false, 'stops'],
  ] as const)('%s (%s) with live restore %s: %s', (key, risk, on, expected) => {
    const found = verdict({ changes: [change(key, risk)], liveRestore: { atStop: on, atStart: on } });
    expect(found.verdict).toBe(expected);
    expect(found.ends).toBe(!on);
  });

  test('a stop does not put them in force', () => {
    expect(verdict({ act: 'stop', changes: [change('exec-root', 'loses')] }).verdict).toBe('keeps-running');
  });

  test('a reload does not either, but names what may end the daemon', () => {
    const changes = [change('exec-root', 'loses'), change('authorization-plugins', 'ends-daemon', 'reload')];
    expect(verdict({ act: 'reload', changes })).toMatchObject({
      verdict: 'keeps-running',
      reasons: ['reload-leaves-alone', 'option'],
    });
  });

  test('the worst of all counts', () => {
    const changes = [change('data-root', 'hides'), change('exec-root', 'loses')];
    expect(verdict({ changes }, { ports: ['0.0.0.0:1->1/tcp'] }).verdict).toBe('lost');
  });
});

test('on a swarm node it is said why live restore cannot help', () => {
  const found = verdict({ swarm: true, liveRestore: { atStop: false, atStart: false } });
  expect(found).toMatchObject({ verdict: 'stops', reasons: ['live-restore-off', 'swarm'] });
});

test('who logs to a container of the same daemon is not started again by 26.1 and 28.5, and was by 20.10', () => {
  const sink = container('sink', { id: 'sink', ports: ['127.0.0.1:24224->24224/tcp'] });
  const details = {
    networkMode: 'bridge',
    networks: [],
    dns: [],
    wantedPorts: [],
    mounts: [],
    restartCount: 0,
    tty: false,
    logDriver: 'fluentd',
    logAddress: 'tcp://127.0.0.1:24224',
    runtime: 'runc',
    devices: 'none',
  } as const;
  const writer = container('writer', { restartPolicy: 'always', details });
  const kinds = (over: Partial<Circumstance>) =>
    verdictsFor({ ...packaged, containers: [sink, writer], ...over })[1]?.reasons.map(({ kind }) => kind);
  const off = { liveRestore: { atStop: false, atStart: false } };
  expect(kinds({ ...off })).toContain('log-target-keeps-down');
  expect(kinds({ ...off })).not.toContain('started-again');
  expect(kinds({ ...off, version: '20.10.24' })).toContain('started-again');
  expect(kinds({})).toContain('log-target-away');
});
