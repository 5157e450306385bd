// What is worth a notification, and that nothing is told twice.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { outcomeNotice } from '../../../electron/app/notices.ts';
import { createNotify } from '../../../electron/app/notify.ts';
import type { Deviation, OthersRestart } from '../../../electron/contract/audit.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { defaultPreferences, noticeKinds, type NoticeKind } from '../../../electron/contract/preferences.ts';
import type { Verdict } from '../../../electron/contract/plan.ts';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { configFile, CONFIG_PATH, outcome, snapshot, snapshotIn, target } from '../../fakes/snapshot.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function following(first: Snapshot, watched = false) {
  const told: string[] = [];
  const bodies: string[] = [];
  const opened: unknown[] = [];
  const clicks: (() => void)[] = [];
  let tell: (now: Snapshot) => void = () => undefined;
  const notify = createNotify({
    watch: (listener) => {
      tell = listener;
      listener(first);
      return () => (tell = () => undefined);
    },
    messages: () => messagesIn('en'),
    watched: () => watched,
    open: (to) => opened.push(to),
    show: ({ title, body }, clicked) => {
      told.push(title);
      bodies.push(body);
      clicks.push(clicked);
    },
  });
  return { told, bodies, opened, clicks, notify, stop: notify.stop, tell: (now: Snapshot) => tell(now) };
}

/** One container that is not as it was in these ways, of which this was foretold. */
function othersRestart(at: number, kinds: readonly ('ended' | 'port-closed')[], foretold: Verdict = 'keeps-running') {
  const deviations = kinds.map((kind): Deviation =>
    kind === 'ended' ? { kind, exitCode: 137 } : { kind, port: '0.0.0.0:80->80/tcp' },
  );
  const containers = kinds.length === 0 ? [] : [{ id: 'w', name: 'web', foretold, deviations }];
  return { at, awayMs: 900, audit: { compared: 4, containers, orphans: [], logs: [] } } satisfies OthersRestart;
}

const seconds = (count: number): void => void vi.advanceTimersByTime(count * 1000);

describe('a daemon that nobody here stopped', () => {
  test.each(['stopped', 'armed', 'failed', 'hanging'] as const)(
    '%s: down after a while, and back when it is',
    (state) => {
      const { tell, told, clicks, opened } = following(snapshot());
      tell(snapshotIn(state));
      expect(told).toEqual([]);
      seconds(4);
      expect(told).toEqual(['The Docker daemon is down']);
      tell(snapshotIn('starting'));
      tell(snapshot());
      tell(snapshot({ revision: 9 }));
      expect(told).toEqual(['The Docker daemon is down', 'The Docker daemon is back']);
      clicks[0]?.();
      expect(opened).toEqual([{ place: 'status', confirm: null }]);
    },
  );

  test('gone for a moment and the same process again: nothing', () => {
    const { tell, told } = following(snapshot());
    tell(snapshotIn('hanging'));
    seconds(1);
    tell(snapshot());
    seconds(10);
    expect(told).toEqual([]);
  });

  test.each([
    ['by way of stopped', ['stopped', 'starting']],
    ['by way of stopping', ['stopping', 'stopped', 'starting']],
    ['faster than anybody can look', []],
  ] as const)('restarted by somebody else, %s: told once, with its containers', (_, states) => {
    const { tell, told, bodies } = following(snapshot());
    for (const state of states) tell(snapshotIn(state, { target: target({ pid: null }) }));
    seconds(1);
    // The process is known a moment later than that it answers.
    tell(snapshot({ target: target({ pid: null }) }));
    tell(snapshot({ target: target({ pid: 4711 }) }));
    tell(snapshot({ target: target({ pid: 4711 }), revision: 9 }));
    seconds(10);
    expect(told).toEqual(['The Docker daemon was restarted']);
    expect(bodies).toEqual(['Not by Afloat. 4 containers ran before, 4 now.']);
  });

  test('down for long, and back as another process: down and back, not restarted too', () => {
    const { tell, told } = following(snapshot());
    tell(snapshotIn('stopping'));
    tell(snapshotIn('stopped', { target: target({ pid: null }) }));
    seconds(4);
    tell(snapshot());
    tell(snapshot({ target: target({ pid: 4711 }) }));
    seconds(10);
    expect(told).toEqual(['The Docker daemon is down', 'The Docker daemon is back']);
    tell(snapshot({ target: target({ pid: 4712 }) }));
    expect(told.slice(2)).toEqual(['The Docker daemon was restarted']);
  });

  test('it crashes again and again: each time once', () => {
    const { tell, told } = following(snapshot());
    for (let pid = 1; pid <= 3; pid += 1) {
      tell(snapshotIn('failed', { target: target({ pid: null }) }));
      seconds(1);
      tell(snapshot({ target: target({ pid: 9000 + pid }) }));
    }
    expect(told).toEqual(Array.from({ length: 3 }, () => 'The Docker daemon was restarted'));
  });

  test('down at the start, and then up: nothing, for nothing was lost', () => {
    const { tell, told } = following(snapshotIn('stopped'));
    tell(snapshot());
    seconds(10);
    expect(told).toEqual([]);
  });

  test('its containers still run, and the next start would stop them: that is what is told', () => {
    const rescue = { containers: [{ id: 'a', name: 'web', pid: 7 }], etag: 'e', text: null, blocked: null };
    const { tell, told } = following(snapshot());
    tell(snapshotIn('failed'));
    tell(snapshotIn('failed', { rescue }));
    seconds(4);
    expect(told).toEqual(['Do not start the Docker daemon yet']);
  });

  test('back without some of its containers: told at once, with their names', () => {
    const { tell, told } = following(snapshot());
    tell(snapshotIn('stopped'));
    tell(snapshot({ fallen: { at: 5, containers: [{ id: 'a', name: 'web', exitCode: 137 }] } }));
    seconds(10);
    expect(told).toEqual(['Containers ended with the Docker daemon']);
  });

  test('another target was chosen: nothing', () => {
    const { tell, told } = following(snapshot());
    tell(snapshotIn('stopped', { target: target({ endpoint: 'unix:///elsewhere.sock' }) }));
    seconds(10);
    expect(told).toEqual([]);
  });
});

test('stopped or restarted from here is an outcome, not an outage', () => {
  const { tell, told } = following(snapshot());
  const operation = { kind: 'running', verb: 'restart', step: 'stopping', since: 0 } as const;
  tell(snapshot({ operation }));
  tell(snapshotIn('stopping', { operation }));
  tell(snapshotIn('stopped', { operation }));
  tell(snapshot({ operation }));
  tell(snapshot({ lastOutcome: outcome({ verb: 'restart' }) }));
  seconds(10);
  expect(told).toEqual(['The restart is done']);
});

test('a restart from here is told as that, whichever process is shown when', () => {
  const { tell, told } = following(snapshot());
  const operation = { kind: 'running', verb: 'restart', step: 'restarting', since: 0 } as const;
  tell(snapshot({ operation }));
  const proof = { event: null, info: [], pidBefore: 812, pidAfter: 4711 };
  const lastOutcome = outcome({ verb: 'restart', proof });
  tell(snapshot({ lastOutcome }));
  tell(snapshot({ lastOutcome, target: target({ pid: 4711 }) }));
  seconds(10);
  expect(told).toEqual(['The restart is done']);
  tell(snapshot({ lastOutcome, target: target({ pid: 4712 }) }));
  expect(told.slice(1)).toEqual(['The Docker daemon was restarted']);
});

test('a stop from here is told as that, also when the daemon is shown as up for a moment longer', () => {
  const { tell, told } = following(snapshot());
  const lastOutcome = outcome({ verb: 'stop', proof: { event: null, info: [], pidBefore: 812, pidAfter: null } });
  tell(snapshot({ operation: { kind: 'running', verb: 'stop', step: 'stopping', since: 0 } }));
  tell(snapshot({ lastOutcome }));
  tell(snapshotIn('stopped', { lastOutcome, target: target({ pid: null }) }));
  seconds(10);
  tell(snapshot({ lastOutcome, target: target({ pid: 4711 }) }));
  expect(told).toEqual(['The stop is done']);
});

describe('the file', () => {
  const read = (etag: string) => configFile({ mtu: 1400 }, { etag });
  const opening = 'daemon.json was changed';

  test('changed by somebody else: once, however often an editor writes it, and the click shows it', () => {
    const { tell, told, clicks, opened } = following(snapshot({ config: read('a') }));
    tell(snapshot({ config: { state: 'absent', path: CONFIG_PATH, writable: { ok: true } } }));
    tell(snapshot({ config: read('b') }));
    tell(snapshot({ config: read('c') }));
    expect(told).toEqual([]);
    seconds(2);
    expect(told).toEqual([opening]);
    clicks[0]?.();
    expect(opened).toEqual([{ place: 'daemon/json', confirm: null }]);
    seconds(10);
    expect(told).toEqual([opening]);
  });

  test('written anew as it was: nothing', () => {
    const { tell, told } = following(snapshot({ config: read('a') }));
    tell(snapshot({ config: read('b') }));
    tell(snapshot({ config: read('a') }));
    seconds(2);
    expect(told).toEqual([]);
  });

  test('changed from here: only the outcome', () => {
    const { tell, told } = following(snapshot({ config: read('a') }));
    const operation = { kind: 'running', verb: 'apply', step: 'writing', since: 0 } as const;
    tell(snapshot({ operation, config: read('a') }));
    tell(snapshot({ operation, config: read('b') }));
    tell(snapshot({ config: read('b'), lastOutcome: outcome() }));
    seconds(2);
    expect(told).toEqual(['The change is done']);
    tell(snapshot({ config: read('c'), lastOutcome: outcome() }));
    seconds(2);
    expect(told).toEqual(['The change is done', opening]);
  });

  test('seen for the first time: nothing', () => {
    const { tell, told } = following(snapshot({ config: { state: 'unknown' } }));
    tell(snapshot({ config: read('a') }));
    seconds(2);
    expect(told).toEqual([]);
  });
});

test('pipes that fill: once for each time that the daemon is down', () => {
  const { tell, told, bodies, notify } = following(snapshot());
  tell(snapshotIn('stopped'));
  seconds(4);
  notify.pipesFilling({ names: ['web', 'db'], inMs: 170_000 });
  notify.pipesFilling({ names: ['web', 'db'], inMs: 110_000 });
  tell(snapshot());
  tell(snapshotIn('stopped'));
  notify.pipesFilling({ names: ['web'], inMs: null });
  expect(told.filter((title) => title.startsWith('Containers will'))).toHaveLength(2);
  expect(bodies[1]).toContain('web and db. In about 3 minutes');
});

test.each([
  ['applied', ['The change is done']],
  ['rolled-back', ['The change was rolled back']],
  ['failed', ['The change failed']],
  ['refused', ['The change was refused']],
  ['nothing', []],
] as const)('an outcome is told once: %s', (result, titles) => {
  const { tell, told } = following(snapshot());
  tell(snapshot({ lastOutcome: outcome({ result }) }));
  tell(snapshot({ lastOutcome: outcome({ result }), revision: 2 }));
  expect(told).toEqual(titles);
});

test('an outcome from before is not told', () => {
  const { tell, told } = following(snapshot({ lastOutcome: outcome() }));
  tell(snapshot({ lastOutcome: outcome(), revision: 2 }));
  expect(told).toEqual([]);
});

test.each(noticeKinds)('%s can be switched off on its own', (kind) => {
  const preferences = { ...defaultPreferences, mutedNotices: [kind] };
  const all = { preferences, config: configFile({}, { etag: 'a' }) };
  const { tell, told, notify } = following(snapshot(all));
  tell(snapshotIn('stopped', all));
  seconds(4);
  notify.pipesFilling({ names: ['web'], inMs: null });
  tell(snapshot(all));
  tell(snapshot({ ...all, target: target({ pid: 1 }) }));
  tell(snapshot({ ...all, target: target({ pid: 2 }) }));
  tell(snapshot({ ...all, target: target({ pid: 2 }), config: configFile({}, { etag: 'b' }) }));
  seconds(2);
  tell(snapshot({ ...all, lastOutcome: outcome() }));
  tell(snapshot({ ...all, lastOutcome: outcome({ result: 'rolled-back', startedAt: 1 }) }));
  const rescue = { containers: [{ id: 'a', name: 'web', pid: 7 }], etag: 'e', text: null, blocked: null };
  tell(snapshotIn('failed', { ...all, rescue }));
  seconds(4);
  tell(snapshot({ ...all, fallen: { at: 5, containers: [{ id: 'a', name: 'web', exitCode: 137 }] } }));
  tell(snapshot({ ...all, othersRestart: othersRestart(9, ['port-closed']) }));
  const titles: Readonly<Record<NoticeKind, string>> = {
    down: 'The Docker daemon is down',
    'pipes-filling': 'Containers will soon wait for the Docker daemon',
    back: 'The Docker daemon is back',
    restarted: 'The Docker daemon was restarted',
    'file-changed': 'daemon.json was changed',
    applied: 'The change is done',
    'rolled-back': 'The change was rolled back',
    rescue: 'Do not start the Docker daemon yet',
    fallen: 'Containers ended with the Docker daemon',
    'not-as-before': 'Not everything is as it was before the restart',
  };
  expect(told).toEqual(Object.values(titles).filter((title) => title !== titles[kind]));
});

test('a restart by others is told of once, where something is otherwise than it was to be', () => {
  const { tell, told } = following(snapshot());
  tell(snapshot({ othersRestart: othersRestart(1, ['port-closed'], 'stops') }));
  // Told as containers that ended.
  tell(snapshot({ othersRestart: othersRestart(2, ['ended']) }));
  tell(snapshot({ othersRestart: othersRestart(3, []) }));
  expect(told).toEqual([]);
  tell(snapshot({ othersRestart: othersRestart(4, ['ended', 'port-closed']) }));
  tell(snapshot({ othersRestart: othersRestart(4, ['ended', 'port-closed']), config: configFile({}, { etag: 'c' }) }));
  expect(told).toEqual(['Not everything is as it was before the restart']);
});

test('what was compared before is no news at the first look', () => {
  const { tell, told } = following(snapshot({ othersRestart: othersRestart(4, ['port-closed']) }));
  tell(snapshot({ othersRestart: othersRestart(4, ['port-closed']), target: target({ pid: 812 }) }));
  expect(told).toEqual([]);
});

test('nobody is told who does not want it, or who looks at the window', () => {
  const silent = snapshot({ preferences: { ...defaultPreferences, notifications: false } });
  const unwanted = following(silent);
  unwanted.tell({ ...silent, lastOutcome: outcome() });
  const looking = following(snapshot(), true);
  looking.tell(snapshot({ lastOutcome: outcome() }));
  expect([...unwanted.told, ...looking.told]).toEqual([]);
});

test('after the end nothing comes any more', () => {
  const { tell, told, stop } = following(snapshot());
  tell(snapshotIn('stopped'));
  stop();
  seconds(10);
  expect(told).toEqual([]);
});

test('a container that runs on without its port is told of, one that was said to stop is not', () => {
  const deviations = [{ kind: 'port-closed', port: '0.0.0.0:80->80/tcp' }] as const;
  const audited = (foretold: 'keeps-running' | 'stops') =>
    outcome({
      verb: 'restart',
      audit: { compared: 4, containers: [{ id: 'w', name: 'web', foretold, deviations }], orphans: [], logs: [] },
    });
  const body = (foretold: 'keeps-running' | 'stops') => outcomeNotice(messagesIn('en'), audited(foretold))?.body;
  expect(body('keeps-running')).toContain('Compared 4 containers: 1 is not as it was.');
  expect(body('stops')).not.toContain('Compared');
});
