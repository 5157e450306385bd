// What is worth a notification, and that nothing is told twice.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNotify } from '../../../electron/app/notify.ts';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { defaultPreferences } from '../../../electron/contract/preferences.ts';
import type { Snapshot } from '../../../electron/contract/snapshot.ts';
import { outcome, snapshot, snapshotIn, target } from '../../fakes/snapshot.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function following(first: Snapshot, watched = false) {
  const told: string[] = [];
  const opened: unknown[] = [];
  const clicks: (() => void)[] = [];
  let tell: (now: Snapshot) => void = () => undefined;
  const stop = createNotify({
    watch: (listener) => {
      tell = listener;
      listener(first);
      return () => (tell = () => undefined);
    },
    messages: () => messagesIn('en'),
    watched: () => watched,
    open: (to) => opened.push(to),
    show: ({ title }, clicked) => {
      told.push(title);
      clicks.push(clicked);
    },
  });
  return { told, opened, clicks, stop, tell: (now: Snapshot) => tell(now) };
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

  test('restarted by somebody else: nothing', () => {
    const { tell, told } = following(snapshot());
    tell(snapshotIn('stopped'));
    seconds(1);
    tell(snapshotIn('starting'));
    tell(snapshot());
    seconds(10);
    expect(told).toEqual([]);
  });

  test('down at the start, and then up: nothing, for nothing was lost', () => {
    const { tell, told } = following(snapshotIn('stopped'));
    tell(snapshot());
    seconds(10);
    expect(told).toEqual([]);
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
