// The page of the first start: its one sentence and its one step in every state, the click with its proof, the keyboard.
import { fireEvent } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { ok } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { fateOf, stepFor, type Step } from '../../../renderer/welcome.ts';
import { unasked } from '../../../renderer/store.ts';
import {
  appFacts,
  CONFIG_PATH,
  configFile,
  outcome,
  planned,
  snapshot,
  snapshotIn,
  target,
  verdict,
} from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

const off = { effective: false, file: null, flag: null, blockedBy: null } as const;
const unprotected = snapshot({ liveRestore: off, config: configFile({ debug: true }) });
const names = ['web', 'api', 'db', 'cache'];
const stops = planned({ verb: 'restart', effect: 'restart', containers: names.map((name) => verdict(name, 'stops')) });
const keeps = planned({ verb: 'restart', effect: 'restart' });
const rest = () => act(() => new Promise((resolve) => setTimeout(resolve, 0)));
const stepOf = (of: Snapshot, plan = keeps): Step => stepFor(of, fateOf(of, { plan, problem: null, fresh: true }));

async function welcomed(of: Snapshot, restart = stops) {
  const opened = open('welcome', of, { options: false });
  opened.fake.answer('engine.plan', () => ok(restart));
  // Asked once more, now that it is answered so.
  await act(async () => opened.store.setState({ place: 'general' }));
  await act(async () => opened.store.setState({ place: 'welcome' }));
  await rest();
  return opened;
}

const broken = {
  state: 'unreadable',
  path: CONFIG_PATH,
  etag: 'e',
  text: '{,}',
  problem: { kind: 'config.invalid', path: CONFIG_PATH, fault: 'syntax', place: { line: 1, column: 2 }, detail: '' },
  writable: { ok: true },
} as const;
const rescue = {
  containers: [{ id: 'a', name: 'web', pid: 1, pipes: null }],
  etag: null,
  text: null,
  blocked: null,
} as const;
const readOnly = target({ access: { kind: 'read-only', reason: 'managed-elsewhere', detail: '' } });
const rights = (step: 'installed' | 'missing') => ({ step, control: null, unit: null, group: null });

const fallenOver = (line: string) => ({ state: 'failed', since: 1, log: [line] }) as const;

describe('the one step', () => {
  test.each<readonly [string, Snapshot, Step]>([
    ['protected', snapshot(), null],
    ['unprotected', unprotected, 'protect'],
    ['on in memory only', snapshot({ liveRestore: { ...off, effective: true } }), 'protect'],
    ['on in the file only', snapshot({ liveRestore: { ...off, file: true } }), 'reload'],
    ['on by flag', snapshot({ liveRestore: { ...off, effective: true, flag: true, blockedBy: 'flag' } }), null],
    ['off by flag', snapshot({ liveRestore: { ...off, flag: false, blockedBy: 'flag' } }), null],
    ['swarm', snapshot({ liveRestore: { ...off, blockedBy: 'swarm' } }), null],
    ['swarm that would not start', snapshot({ liveRestore: { ...off, file: true, blockedBy: 'swarm' } }), 'defuse'],
    ['Windows containers', snapshot({ liveRestore: { ...off, blockedBy: 'windows' } }), null],
    ['Docker Desktop', { ...unprotected, target: readOnly }, null],
    ['a broken file', { ...unprotected, config: broken }, 'repair'],
    ['down', snapshotIn('stopped'), 'start'],
    ['down with a broken file', snapshotIn('failed', { config: broken }), 'repair'],
    ['just died', snapshotIn('failed', { rescue }), 'rescue'],
    [
      'down over its file',
      snapshotIn('failed', { engine: fallenOver('with file /etc/docker/daemon.json: no') }),
      'repair',
    ],
    ['down over something else', snapshotIn('failed', { engine: fallenOver('no space left on device') }), 'start'],
    ['nowhere', snapshotIn('absent'), 'sandbox'],
    ['hanging', snapshotIn('hanging'), 'again'],
    ['no permission', snapshotIn('denied'), 'again'],
    ['no permission, with a password', snapshotIn('denied', { rights: rights('installed') }), 'look'],
    ['looking', snapshotIn('connecting'), null],
    ['starting', snapshotIn('starting'), null],
  ])('%s', (_, of, step) => expect(stepOf(of)).toBe(step));

  test('on, and yet somebody would stop: Status says why', () => {
    const some = planned({ containers: [verdict('web'), verdict('db', 'stops')] });
    expect(stepOf(snapshot(), some)).toBe('see-status');
  });
});

describe('beside the step', () => {
  test('a daemon that hangs can be restarted, after the question', async () => {
    const { fake } = await welcomed(snapshotIn('hanging'));
    expect(screen.getByText(/^Wait a little, it may be starting/)).toBeTruthy();
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Restart…' })));
    expect(screen.getByRole('dialog', { name: 'Restart the daemon?' })).toBeTruthy();
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('a file that the daemon named leads to its text, and the start stays within reach', async () => {
    await welcomed(snapshotIn('failed'));
    expect(screen.getByRole('button', { name: 'Edit in JSON' }).className).toBe('button primary');
    expect(screen.getByRole('button', { name: 'Start daemon' }).className).toBe('button');
  });
  test('without a daemon it is said what can be done, and no more', async () => {
    await welcomed(snapshotIn('absent'));
    expect(screen.getByText(/^Install Docker Engine, or try Afloat on a sandbox/)).toBeTruthy();
    await welcomed(snapshotIn('absent', { app: appFacts({ sandbox: { state: 'unavailable', missing: ['runc'] } }) }));
    expect(screen.getByText('Install Docker Engine, then look again.')).toBeTruthy();
  });
});

describe('the one sentence', () => {
  test.each([
    [stops, unprotected, 'A restart now would stop all 4 containers.'],
    [keeps, snapshot(), 'All 4 containers would survive a restart.'],
    [planned({ containers: [] }), unprotected, 'No container is running; those that you start stop when'],
    [planned({ containers: [] }), snapshot(), 'No container is running; those that you start keep running when'],
    [
      planned({ containers: [verdict('web'), verdict('db', 'lost')] }),
      snapshot(),
      '1 of 2 containers would not survive a restart.',
    ],
  ])('%#', async (plan, of, sentence) => {
    await welcomed(of, plan);
    expect(screen.getByRole('heading', { level: 2, name: new RegExp(`^${sentence}`) })).toBeTruthy();
  });

  test('without a plan nothing is promised that only a plan can say', () => {
    const blind = { plan: null, problem: null, fresh: true };
    expect(fateOf(snapshot(), blind)).toEqual({ kind: 'on', running: 4 });
    expect(fateOf(unprotected, blind)).toEqual({ kind: 'counted', all: 4, kept: 0, on: false });
    expect(fateOf(unprotected, unasked)).toEqual({ kind: 'asking' });
  });
});

test('one click turns live restore on by the usual way, and its proof stands there; the keyboard stays too', async () => {
  const { fake, store } = await welcomed(unprotected);
  expect(document.activeElement?.textContent).toBe('Welcome to Afloat');
  const done = outcome({ containers: { before: 4, kept: 4, stopped: [], lost: [], all: [] } });
  let answer: (value: ReturnType<typeof ok<typeof done>>) => void = () => undefined;
  fake.answer('config.apply', () => new Promise((resolve) => (answer = resolve)));
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Turn live restore on' })));
  const { config } = unprotected;
  expect(fake.inputs('config.apply')).toEqual([
    {
      change: { kind: 'patch', patch: [{ path: ['live-restore'], set: true }] },
      etag: config.state === 'read' ? config.etag : null,
      accept: [],
    },
  ]);
  // Nothing is said to be done before it is.
  expect(screen.getByRole('region', { name: 'What is under way' })).toBeTruthy();
  expect(store.getState().told).toBeNull();

  fake.answer('engine.plan', () => ok(keeps));
  await act(async () => {
    fake.publish({ liveRestore: { ...off, effective: true, file: true } });
    answer(ok(done));
  });
  await rest();
  expect(screen.getByText(/Live restore is on in the daemon. 4 of 4 containers keep their process./)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Turn live restore on' })).toBeNull();
  expect(document.activeElement?.textContent).toBe('All 4 containers would survive a restart.');
  expect(document.activeElement?.closest('[aria-live]')).not.toBeNull();
  // It stands where the click was, and nowhere else.
  expect(document.querySelector('.bar')).toBeNull();

  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Open preferences' })));
  expect(store.getState().place).toBe('daemon/advanced');
});

test('before the click it says what it would do, and whom it would ask', async () => {
  const { fake } = await welcomed(unprotected);
  expect(screen.getByText(/the daemon reloads it\. All 4 containers keep running\.$/)).toBeTruthy();
  fake.answer('config.plan', () => ok(planned({ authority: { authority: 'change', named: [] } })));
  await act(async () => fake.publish({ target: target({ pid: 99 }) }));
  await rest();
  expect(screen.getByText(/Asks for an administrator’s password\.$/)).toBeTruthy();
});

test('who may not write is told so, and gets the command instead of a button', async () => {
  const mine = { ...unprotected, rights: rights('missing') };
  const { fake } = await welcomed(mine);
  fake.answer('config.plan', () =>
    ok(
      planned({
        text: { before: '{}', after: '{"live-restore":true}' },
        blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' },
      }),
    ),
  );
  await act(async () => fake.publish({ target: target({ pid: 99 }) }));
  await rest();
  expect(screen.getByText(/^By hand only: /)).toBeTruthy();
  expect(screen.getByText(/sudo systemctl reload docker\.service$/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Turn live restore on' })).toBeNull();
});

test('another daemon is chosen right there', async () => {
  const candidates = [
    { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
    { endpoint: 'unix:///run/user/1000/docker.sock', source: 'rootless', context: null },
  ] as const;
  const { fake } = await welcomed({ ...unprotected, candidates });
  fake.answer('target.choose', () => ok(null));
  const choice = screen.getByLabelText('A daemon may listen in 2 places here. This page is about:');
  await act(async () => fireEvent.change(choice, { target: { value: candidates[1].endpoint } }));
  expect(fake.inputs('target.choose')).toEqual(['unix:///run/user/1000/docker.sock']);
});
