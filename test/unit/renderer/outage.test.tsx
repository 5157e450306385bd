// What is said around an outage: the socket only where there is one, and by hand only what would help.
import { fireEvent } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { fail, ok } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { CONFIG_PATH, outcome, planned, snapshot, snapshotIn, target, verdict } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

async function askToStop(flags: readonly string[]): Promise<ReturnType<typeof open>> {
  const page = open('status', snapshot({ target: target({ flags }) }), { options: false });
  page.fake.answer('engine.plan', (verb) => ok(planned({ verb, effect: 'restart', containers: [verdict('web')] })));
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Stop…' })));
  await screen.findByText('Enlarge the log pipes first');
  return page;
}
const socketWords = () => screen.queryByText(/Its socket is stopped with it/);

test.each([
  [['-H', 'fd://'], true],
  [['--host=fd://', '--containerd=/run/containerd/containerd.sock'], true],
  [['-H', 'unix:///var/run/docker.sock'], false],
  [[], false],
])('%j: the socket is spoken of: %s', async (flags, spoken) => {
  await askToStop(flags);
  expect(socketWords() !== null).toBe(spoken);
});

const measured = { bytes: 60, capacity: 131_072, rate: 0, blocksAt: null, blocked: false };
const left = (pipes: typeof measured | null) => [{ id: 'w', name: 'web', pid: 7, pipes }];

test.each([
  [null, measured, true, true],
  ['not-yet', null, true, false],
  ['no-rights', null, false, false],
] as const)('pipes that are measured so (%s) have their columns: %s', (notMeasured, pipes, columns, enlarges) => {
  const outage = { containers: left(pipes), notMeasured, pipeMaxSize: 1_048_576, pressure: 'none' } as const;
  open('status', snapshotIn('stopped', { outage }), { options: false });
  expect(screen.queryByRole('columnheader', { name: 'Log pipe' }) !== null).toBe(columns);
  // A column in which all lines say the same tells nothing.
  expect(screen.queryAllByRole('columnheader')).toHaveLength(columns ? 4 : 0);
  expect(screen.getByText('web')).toBeTruthy();
  const enlarge = screen.queryByRole<HTMLButtonElement>('button', { name: 'Enlarge log pipes' });
  expect(enlarge !== null && !enlarge.disabled).toBe(enlarges);
  expect(screen.queryByText(/root’s rights/) !== null).toBe(notMeasured === 'no-rights');
});

const saving = (over: Partial<NonNullable<Snapshot['rescue']>>, more: Partial<Snapshot> = {}): Snapshot =>
  snapshotIn('failed', {
    rescue: {
      containers: [{ id: 'w', name: 'web', pid: 7 }],
      etag: 'e',
      text: { before: '{}', after: '{"live-restore":true}' },
      blocked: null,
      ...over,
    },
    ...more,
  });
const denied = { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' } as const;

test('beside a rescue the plain start says what it does, and asks', async () => {
  const { fake } = open('status', saving({}), { options: false });
  fake.answer('engine.plan', () =>
    ok(planned({ verb: 'start', effect: 'none', containers: [verdict('web', 'stops')], needs: ['stops'] })),
  );
  expect(screen.queryByRole('button', { name: 'Start daemon' })).toBeNull();
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Start without saving them…' })));
  // Whoever it ends is named, although a start changes nothing of its own.
  expect((await screen.findByTitle('web')).closest('[role=dialog], dialog')).toBe(
    screen.getByRole('dialog', { name: 'Start the daemon?' }),
  );
  expect(fake.inputs('engine.act')).toEqual([]);
});

test('who has no right to write gets the command that saves them, and not the one that would not', () => {
  const rights = { step: 'missing', control: null, unit: null, group: true } as const;
  open('status', saving({ blocked: denied }, { rights }), { options: false });
  const write = `printf %s '{"live-restore":true}' | sudo tee ${CONFIG_PATH} >/dev/null`;
  expect(screen.getByText(`${write} && sudo systemctl start docker.service`)).toBeTruthy();
  expect(screen.queryByText('sudo systemctl start docker.service')).toBeNull();
});

test('what a command cannot do is told in words', () => {
  open('status', saving({ blocked: denied, text: null }), { options: false });
  expect(screen.getByText(/^By hand: write "live-restore": true/)).toBeTruthy();
});

describe('a stop with larger pipes first', () => {
  const stop = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Stop(?!…)/ });
  const click = (control: Element) => act(async () => void fireEvent.click(control));
  test('is not done when they could not be enlarged, and says why', async () => {
    const { fake } = await askToStop([]);
    fake.answer('pipes.enlarge', () => fail({ kind: 'authorization.denied' }));
    await click(stop());
    expect(fake.inputs('engine.act')).toEqual([]);
    expect(screen.getByRole('dialog').querySelector('.note')).not.toBeNull();
    expect(stop().disabled).toBe(false);
  });
  test('is not done either when no password was given, which is no failure', async () => {
    const { fake } = await askToStop([]);
    fake.answer('pipes.enlarge', () => fail({ kind: 'authorization.dismissed' }));
    await click(stop());
    expect(fake.inputs('engine.act')).toEqual([]);
    expect(screen.getByRole('dialog').querySelector('.note')).toBeNull();
  });
  test('is done once, however often it is clicked while they are enlarged', async () => {
    const { fake } = await askToStop([]);
    let done: () => void = () => undefined;
    fake.answer(
      'pipes.enlarge',
      () => new Promise((resolve) => (done = () => resolve(ok({ containers: [] } as never)))),
    );
    fake.answer('engine.act', () => ok(outcome({ verb: 'stop' })));
    await click(stop());
    expect(stop().disabled).toBe(true);
    await click(stop());
    await act(async () => done());
    expect(fake.inputs('pipes.enlarge')).toHaveLength(1);
    expect(fake.inputs('engine.act')).toHaveLength(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
  test('is not done when it was called off meanwhile', async () => {
    const { fake } = await askToStop([]);
    let done: () => void = () => undefined;
    fake.answer(
      'pipes.enlarge',
      () => new Promise((resolve) => (done = () => resolve(ok({ containers: [] } as never)))),
    );
    await click(stop());
    await click(screen.getByRole('button', { name: 'Cancel' }));
    await act(async () => done());
    expect(fake.inputs('engine.act')).toEqual([]);
  });
});

test('what goes by the clock is drawn once a second', () => {
  const set = vi.spyOn(globalThis, 'setInterval');
  const containers = [{ id: 'w', name: 'web', pid: 7, pipes: null }];
  open(
    'status',
    snapshotIn('failed', { outage: { containers, notMeasured: null, pipeMaxSize: null, pressure: 'none' } }),
  );
  expect(screen.getByText(/^Down for/)).toBeTruthy();
  expect(new Set(set.mock.calls.map(([, ms]) => ms))).toEqual(new Set([1000]));
  set.mockRestore();
});

const broken = (text: string): Snapshot =>
  snapshotIn('failed', {
    rescue: {
      containers: [{ id: 'w', name: 'web', pid: 7 }],
      etag: 'e',
      text: null,
      blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'immutable' },
    },
    config: {
      state: 'unreadable',
      path: CONFIG_PATH,
      etag: 'e',
      text,
      problem: { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'missing' },
      writable: { ok: true },
    },
    target: target({ pid: null }),
  });

test.each([
  ['{"live-restore": true,}', true],
  ['{\n  "debug": true,\n  "live-restore": true\n', true],
  ['{"live-restore": false,}', false],
  ['{\n  // "live-restore": true\n}', false],
  ['{\n  # "live-restore": true\n}', false],
  ['', false],
])('%j is told to be repaired rather than written: %s', (text, says) => {
  open('status', broken(text), { options: false });
  expect(screen.queryByText(/seems to say "live-restore": true already/) !== null).toBe(says);
  expect(screen.queryByText(/^By hand: write "live-restore": true/) !== null).toBe(!says);
});

test.each([
  [true, 'installed', false],
  [false, 'installed', true],
  [false, 'unneeded', false],
] as const)(
  'who is in the group (%s; step %s) starts them again without a password: %s is said',
  async (group, step, asks) => {
    const fallen = { at: 5, containers: [{ id: 'a', name: 'web', exitCode: 137 }] };
    open('status', snapshot({ fallen, rights: { step, control: 'asks', unit: 'asks', group } }), { options: false });
    await screen.findByRole('button', { name: 'Start it again' });
    expect(screen.queryByText('Asks for an administrator’s password.') !== null).toBe(asks);
  },
);
