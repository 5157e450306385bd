// The one state the user sees, from what connection, service manager and operation say.
import { expect, test } from 'vitest';
import { statusOf, type Signs } from '../../../electron/engine/status.ts';
import type { Operation } from '../../../electron/contract/snapshot.ts';
import type { Step } from '../../../electron/contract/outcome.ts';

const base: Signs = {
  link: { kind: 'down' },
  service: null,
  operation: { kind: 'idle' },
  installed: true,
  failureLog: ['why'],
};
const busy = (step: Step): Operation => ({ kind: 'running', verb: 'restart', step, since: 0 });
const before = { state: 'connecting', since: 5 } as const;

test.each([
  [{ link: { kind: 'connecting' } }, 'connecting'],
  [{ link: { kind: 'coming' } }, 'starting'],
  [{ link: { kind: 'hanging' } }, 'hanging'],
  [{ link: { kind: 'denied' } }, 'denied'],
  [{ service: { state: 'armed', pid: null } }, 'armed'],
  [{ service: { state: 'failed', pid: null } }, 'failed'],
  [{ service: { state: 'stopped', pid: null } }, 'stopped'],
  [{ service: { state: 'running', pid: 4 } }, 'starting'],
  [{ service: { state: 'unknown', pid: null }, installed: false }, 'absent'],
  [{ installed: false }, 'absent'],
  [{ operation: busy('restarting') }, 'restarting'],
  [{ operation: busy('stopping') }, 'stopping'],
  [{ operation: busy('starting') }, 'starting'],
] as const)('%j is %s', (signs, state) => {
  expect(statusOf({ ...base, ...signs } as Signs, before, 9).state).toBe(state);
});

test('the time of a state stays while the state stays', () => {
  const first = statusOf(base, before, 9);
  expect(first).toEqual({ state: 'stopped', since: 9 });
  expect(statusOf(base, first, 20)).toEqual({ state: 'stopped', since: 9 });
});

test('a failed start carries its log', () => {
  expect(statusOf({ ...base, service: { state: 'failed', pid: null } }, before, 9)).toEqual({
    state: 'failed',
    since: 9,
    log: ['why'],
  });
});
