// What the tray shows, for every state of the engine and whatever stands in the way.
import { describe, expect, test } from 'vitest';
import { trayView, type TrayIcon, type TrayItem } from '../../../electron/app/tray-view.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import type { EngineState, Snapshot } from '../../../electron/contract/snapshot.ts';
import { engineStates, outcome, snapshot, snapshotIn, target, CONFIG_PATH } from '../../fakes/snapshot.ts';

const view = (of: Snapshot) => trayView(of, messagesIn('en'));
const labelled = (of: Snapshot, label: string): TrayItem | undefined =>
  view(of).items.find((item) => item.kind !== 'separator' && item.label.startsWith(label));
const isEnabled = (of: Snapshot, label: string): boolean => {
  const item = labelled(of, label);
  return item !== undefined && 'enabled' in item && item.enabled;
};

type Expected = { readonly icon: TrayIcon; readonly can: readonly string[] };
const expected: Readonly<Record<EngineState, Expected>> = {
  connecting: { icon: 'busy', can: [] },
  running: { icon: 'running', can: ['Live restore', 'Reload', 'Restart', 'Stop'] },
  reloading: { icon: 'busy', can: ['Live restore'] },
  starting: { icon: 'busy', can: [] },
  restarting: { icon: 'busy', can: [] },
  stopping: { icon: 'busy', can: [] },
  stopped: { icon: 'stopped', can: ['Start'] },
  armed: { icon: 'stopped', can: ['Start'] },
  hanging: { icon: 'attention', can: ['Restart', 'Stop'] },
  failed: { icon: 'attention', can: ['Start'] },
  denied: { icon: 'attention', can: [] },
  absent: { icon: 'stopped', can: [] },
};
const all = ['Live restore', 'Reload', 'Restart', 'Start', 'Stop'];

describe.each(engineStates)('%s', (state) => {
  // Without a target nothing can be done to it.
  const of = snapshotIn(state, state === 'absent' ? { target: target({ access: readOnly() }) } : {});

  test('has its icon', () => {
    expect(view(of).icon).toBe(expected[state].icon);
  });

  test('offers what can be done, and nothing else', () => {
    expect(all.filter((label) => isEnabled(of, label))).toEqual(expected[state].can);
  });

  test('can always be left and looked into, and says what it is', () => {
    expect(isEnabled(of, 'Preferences…')).toBe(true);
    expect(isEnabled(of, 'Quit')).toBe(true);
    expect(view(of).tooltip).toContain('/var/run/docker.sock');
    expect(view(of).items[0]).toMatchObject({ kind: 'text' });
  });

  test('offers nothing while something is under way', () => {
    const busy = { ...of, operation: { kind: 'running', verb: 'restart', step: 'stopping', since: 0 } } as const;
    expect(view(busy).icon).toBe('busy');
    expect(all.filter((label) => isEnabled(busy, label))).toEqual([]);
  });

  test('offers nothing to a daemon that is not ours to change', () => {
    const foreign = { ...of, target: target({ access: readOnly() }) };
    expect(all.filter((label) => isEnabled(foreign, label))).toEqual([]);
  });
});

function readOnly() {
  return { kind: 'read-only', reason: 'remote', detail: '' } as const;
}

describe('the menu', () => {
  test('is the one of the product', () => {
    expect(view(snapshot()).items.map((item) => (item.kind === 'separator' ? '-' : item.label))).toEqual([
      'Docker Engine 28.5.2: running',
      '-',
      'Live restore',
      'Reload configuration',
      'Restart daemon…',
      'Stop daemon…',
      '-',
      '4 containers running',
      '-',
      'Preferences…',
      'Quit Afloat',
    ]);
  });

  test('shows live restore as the daemon has it, not as the file says', () => {
    const pending = snapshot({ liveRestore: { effective: false, file: true, flag: null, blockedBy: null } });
    expect(labelled(pending, 'Live restore')).toMatchObject({ on: false, action: { kind: 'live-restore', on: true } });
    expect(labelled(snapshot(), 'Live restore')).toMatchObject({ on: true, action: { on: false } });
  });

  test.each([
    ['swarm', 'Live restore (not on a swarm node)'],
    ['windows', 'Live restore (not for Windows containers)'],
    ['flag', 'Live restore (set by a flag)'],
  ] as const)('says why live restore cannot be switched: %s', (blockedBy, label) => {
    const of = snapshot({ liveRestore: { effective: false, file: null, flag: null, blockedBy } });
    expect(labelled(of, 'Live restore')).toMatchObject({ label, enabled: false });
  });

  test('says when the file is in the way', () => {
    const block = { ok: false, block: 'immutable' } as const;
    const fixed = snapshot({ config: { state: 'absent', path: CONFIG_PATH, writable: block } });
    expect(labelled(fixed, 'Live restore')).toMatchObject({ label: 'Live restore (the file cannot be written)' });
    const denied = { state: 'absent', path: CONFIG_PATH, writable: { ok: false, block: 'denied' } } as const;
    const rights = { step: 'installed', control: 'asks', unit: 'asks', group: true } as const;
    expect(labelled(snapshot({ config: denied, rights }), 'Live restore')).toMatchObject({ enabled: true });
    for (const no of [{ ...rights, step: 'missing' } as const, { ...rights, control: 'no' } as const])
      expect(labelled(snapshot({ config: denied, rights: no }), 'Live restore')).toMatchObject({ enabled: false });
    const problem = { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'io' } as const;
    const broken = {
      state: 'unreadable',
      path: CONFIG_PATH,
      etag: null,
      text: null,
      problem,
      writable: { ok: true },
    } as const;
    expect(labelled(snapshot({ config: broken }), 'Live restore')).toMatchObject({ enabled: false });
    expect(labelled(snapshot({ config: broken }), 'daemon.json')).toMatchObject({ action: { place: 'daemon/json' } });
  });

  test.each([
    ['rolled-back', 'The change was rolled back'],
    ['failed', 'The change failed'],
  ] as const)('keeps the last problem until the next outcome: %s', (result, label) => {
    const of = snapshot({ lastOutcome: outcome({ result }) });
    expect(labelled(of, label)).toMatchObject({ action: { kind: 'open', place: 'status', part: 'outcome' } });
    expect(view(of).icon).toBe('attention');
    expect(view(snapshot({ lastOutcome: outcome() })).icon).toBe('running');
  });

  test('every line leads to the part of Status that it is about', () => {
    const finding = { severity: 'error', path: [], place: null, about: { kind: 'live-restore-with-swarm' } } as const;
    const of = snapshot({ findings: [finding] });
    expect(labelled(of, '4 containers')).toMatchObject({ action: { place: 'status', part: 'containers' } });
    expect(labelled(of, '1 problem')).toMatchObject({ action: { place: 'status', part: 'findings' } });
    const problem = { kind: 'containers.worse', names: ['web'] } as const;
    const worse = snapshot({ lastOutcome: outcome({ problem }) });
    expect(labelled(worse, 'Containers fared')).toMatchObject({ action: { place: 'status', part: 'outcome' } });
  });

  test('tells of containers that fared worse than foretold', () => {
    const problem = { kind: 'containers.worse', names: ['web'] } as const;
    expect(view(snapshot({ lastOutcome: outcome({ problem }) })).icon).toBe('attention');
  });
});

describe('the name of the target', () => {
  const tooltip = (over: Partial<ReturnType<typeof target>>) => view(snapshot({ target: target(over) })).tooltip;
  test.each([
    [{}, 'Docker on /var/run/docker.sock: running'],
    [{ context: 'default' }, 'Docker on /var/run/docker.sock: running'],
    [{ context: 'build-host', source: 'context', endpoint: 'ssh://b' }, 'Docker on build-host: running'],
    [{ endpoint: 'tcp://10.0.0.4:2375' }, 'Docker on tcp://10.0.0.4:2375: running'],
    [{ manager: 'sandbox', endpoint: 'unix:///tmp/sb/docker.sock' }, 'Docker on sandbox: running'],
    [{ endpoint: '' }, 'Afloat: running'],
  ] as const)('%j', (over, text) => {
    expect(tooltip(over)).toBe(text);
  });
});

describe('for a user whose rights end', () => {
  const rights = (step: 'installed' | 'missing') => ({ step, control: null, unit: null, group: false }) as const;
  const locked = { ...snapshot().config, writable: { ok: false, block: 'denied' } } as Snapshot['config'];
  const can = (of: Snapshot): readonly string[] => all.filter((label) => isEnabled(of, label));

  test('everything is offered where a password can be asked for', () => {
    expect(can(snapshot({ config: locked, rights: rights('installed') }))).toEqual(expected.running.can);
    const denied = snapshotIn('denied', { target: target(), rights: rights('installed') });
    expect(can(denied)).toEqual(['Live restore', 'Reload', 'Restart', 'Stop']);
  });

  test('nothing is offered where it cannot', () => {
    expect(can(snapshot({ config: locked, rights: rights('missing') }))).toEqual([]);
  });
});
