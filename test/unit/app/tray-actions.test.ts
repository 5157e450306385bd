// Clicks in the tray: done at once when nobody is endangered, asked about in the window when somebody is.
import { describe, expect, test } from 'vitest';
import { createTrayActions } from '../../../electron/app/tray-actions.ts';
import { fail, ok, type Result } from '../../../electron/contract/problem.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { outcome, planned, verdict } from '../../fakes/snapshot.ts';

function tray(plan: Result<Plan>) {
  const done: unknown[] = [];
  const opened: unknown[] = [];
  const act = createTrayActions({
    engine: {
      plan: () => Promise.resolve(plan),
      planVerb: () => Promise.resolve(plan),
      apply: (change, request) => Promise.resolve(done.push([change, request])).then(() => outcome()),
      act: (verb, request) => Promise.resolve(done.push([verb, request])).then(() => outcome()),
    },
    open: (to) => opened.push(to),
    quit: () => done.push('quit'),
  });
  return { act, done, opened };
}

const on = { kind: 'live-restore', on: true } as const;
const restart = { kind: 'verb', verb: 'restart' } as const;

const dangers: readonly (readonly [string, Result<Plan>])[] = [
  ['a container would stop', ok(planned({ containers: [verdict('web'), verdict('db', 'stops')], needs: ['stops'] }))],
  ['a container would be interrupted', ok(planned({ containers: [verdict('web', 'interrupted')] }))],
  ['something has to be accepted', ok(planned({ needs: ['hides'] }))],
  ['it is blocked', ok(planned({ blocked: { kind: 'live-restore.swarm' } }))],
  ['it cannot be foretold', fail({ kind: 'engine.not-running' })],
];

describe('live restore', () => {
  test('on, by a reload that endangers nobody: at once, against the file that was planned for', async () => {
    const { act, done, opened } = tray(ok(planned({ effect: 'reload', etag: 'e1' })));
    await act(on);
    const change = { kind: 'patch', patch: [{ path: ['live-restore'], set: true }] };
    expect(done).toEqual([[change, { etag: 'e1', accept: [] }]]);
    expect(opened).toEqual([]);
  });

  test.each([...dangers, ['it takes a restart', ok(planned({ effect: 'restart' }))] as const])(
    'on, but %s: the window asks',
    async (_why, plan) => {
      const { act, done, opened } = tray(plan);
      await act(on);
      expect(done).toEqual([]);
      expect(opened).toEqual([{ place: 'daemon/advanced', confirm: 'live-restore-on' }]);
    },
  );

  test('off always asks: the next restart would stop everything', async () => {
    const { act, done, opened } = tray(ok(planned()));
    await act({ kind: 'live-restore', on: false });
    expect(done).toEqual([]);
    expect(opened).toEqual([{ place: 'daemon/advanced', confirm: 'live-restore-off' }]);
  });
});

describe('restart', () => {
  test('at once when every container keeps running', async () => {
    const { act, done, opened } = tray(ok(planned({ verb: 'restart', effect: 'restart' })));
    await act(restart);
    expect(done).toEqual([['restart', { accept: [] }]]);
    expect(opened).toEqual([]);
  });

  test.each(dangers)('asks when %s', async (_why, plan) => {
    const { act, done, opened } = tray(plan);
    await act(restart);
    expect(done).toEqual([]);
    expect(opened).toEqual([{ place: 'status', confirm: 'restart' }]);
  });
});

test('places open without a question, and quitting quits', async () => {
  const { act, done, opened } = tray(ok(planned()));
  await act({ kind: 'open', place: 'status' });
  await act({ kind: 'open', place: 'status', part: 'outcome' });
  await act({ kind: 'open', place: null });
  await act({ kind: 'quit' });
  expect(opened).toEqual([
    { place: 'status', confirm: null },
    { place: 'status', part: 'outcome', confirm: null },
    null,
  ]);
  expect(done).toEqual(['quit']);
});
