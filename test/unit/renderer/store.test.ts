// The mirror and the verbs: older snapshots are dropped, stale plans too, and every click asks main for what it says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkIds, type CheckId } from '@contract/doctor.ts';
import { fail, ok } from '@contract/problem.ts';
import { createActions, type Actions } from '../../../renderer/actions.ts';
import { PAUSE_MS } from '../../../renderer/forecasts.ts';
import { createView, mirror, mirrored, type ViewStore } from '../../../renderer/store.ts';
import { createFakeBridge } from '../../fakes/bridge.ts';
import { configFile, outcome, planned, snapshot, snapshotIn, START, verdict } from '../../fakes/snapshot.ts';

const file = configFile({ mtu: 1500 }, { etag: 'one' });
const other = configFile({ mtu: 1500, debug: true }, { etag: 'two' });

let fake: ReturnType<typeof createFakeBridge>;
let store: ViewStore;
let actions: Actions;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeBridge(snapshot({ config: file }));
  store = createView();
  actions = createActions(store, fake.bridge);
  const unwatch = mirror(store, fake.bridge, () => START);
  const unfollow = actions.follow();
  stop = () => {
    unwatch();
    unfollow();
  };
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(PAUSE_MS * 2);
const state = () => store.getState();

describe('the mirror', () => {
  test('drops older revisions', () => {
    const newer = mirrored(state(), snapshotIn('stopped', { revision: 7 }), 0);
    expect(mirrored(newer, snapshotIn('running', { revision: 6 }), 0)).toBe(newer);
    expect(mirrored(newer, snapshotIn('running', { revision: 8 }), 0).snapshot?.engine.state).toBe('running');
  });
  test('collects the steps of what runs, and forgets them afterwards', () => {
    const since = START;
    for (const step of ['checking', 'writing', 'writing', 'reloading'] as const) {
      fake.publish({ operation: { kind: 'running', verb: 'apply', step, since } });
    }
    expect(state().steps.map(({ step }) => step)).toEqual(['checking', 'writing', 'reloading']);
    fake.publish({ operation: { kind: 'running', verb: 'restart', step: 'locking', since: since + 1 } });
    expect(state().steps.map(({ step }) => step)).toEqual(['locking']);
    fake.publish({ operation: { kind: 'idle' } });
    expect(state().steps).toEqual([]);
  });
  test('tells of an outcome that came about elsewhere, but not of one from before', () => {
    expect(state().told).toBeNull();
    fake.publish({ lastOutcome: outcome() });
    expect(state().told).toEqual({ kind: 'outcome', outcome: outcome() });
    actions.dismiss();
    fake.publish({ revision: 9 });
    expect(state().told).toBeNull();
  });
});

describe('main and the draft', () => {
  test('is told when a draft opens and closes, once each', async () => {
    actions.edit(['mtu'], 1400);
    actions.edit(['mtu'], 1300);
    actions.discard();
    await settle();
    expect(fake.inputs('draft.open')).toEqual([false, true, false]);
  });
  test('a draft that the file has caught up with is closed', async () => {
    actions.edit(['debug'], true);
    fake.publish({ config: other });
    await settle();
    expect(state().draft).toBeNull();
    expect(fake.inputs('draft.open')).toEqual([false, true, false]);
  });
});

describe('the plan of a draft', () => {
  beforeEach(() => fake.answer('config.plan', () => ok(planned({ etag: fakeEtag() }))));
  const fakeEtag = () => {
    const { config } = fake.current();
    return config.state === 'read' ? config.etag : null;
  };
  test('is asked for once typing pauses', async () => {
    for (const mtu of [1, 14, 140, 1400]) actions.edit(['mtu'], mtu);
    expect(state().forecast).toMatchObject({ plan: null, fresh: false });
    await settle();
    expect(fake.inputs('config.plan')).toEqual([{ kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] }]);
    expect(state().forecast).toMatchObject({ fresh: true, problem: null });
  });
  test('stays on the screen while a newer one is made, but cannot be applied', async () => {
    actions.edit(['mtu'], 1400);
    await settle();
    actions.edit(['mtu'], 1300);
    expect(state().forecast.plan).not.toBeNull();
    expect(state().forecast.fresh).toBe(false);
    actions.apply();
    expect(fake.inputs('config.apply')).toEqual([]);
  });
  test('an answer to an older question is dropped', async () => {
    const answers: (() => void)[] = [];
    fake.answer(
      'config.plan',
      (change) =>
        new Promise((resolve) => {
          const expectedGapMs = change.kind === 'patch' ? change.patch.length : 0;
          answers.push(() => resolve(ok(planned({ etag: 'one', expectedGapMs }))));
        }),
    );
    actions.edit(['mtu'], 1400);
    await settle();
    actions.edit(['debug'], true);
    await settle();
    answers[1]!();
    await settle();
    expect(state().forecast.plan?.expectedGapMs).toBe(2);
    answers[0]!();
    await settle();
    expect(state().forecast.plan?.expectedGapMs).toBe(2);
  });
  test('is made anew on the new file when somebody else changes it', async () => {
    actions.edit(['mtu'], 1400);
    await settle();
    fake.publish({ config: other });
    expect(state().draft).toMatchObject({ basedOn: 'two', moved: true });
    expect(state().forecast.fresh).toBe(false);
    await settle();
    expect(state().forecast).toMatchObject({ fresh: true, plan: { etag: 'two' } });
    expect(fake.inputs('config.plan')).toHaveLength(2);
  });
  test('is made anew when what it rests on changes, and not when nothing that matters does', async () => {
    actions.edit(['mtu'], 1400);
    await settle();
    fake.publish({ findings: [], app: { ...fake.current().app, dark: true } });
    await settle();
    expect(fake.inputs('config.plan')).toHaveLength(1);
    fake.publish({ liveRestore: { effective: false, file: null, flag: null, blockedBy: null } });
    await settle();
    expect(fake.inputs('config.plan')).toHaveLength(2);
  });
  test('of a file that we have not heard of yet waits for the snapshot that tells of it', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'two' })));
    actions.edit(['mtu'], 1400);
    await settle();
    expect(state().forecast.fresh).toBe(false);
    fake.publish({ config: other });
    await settle();
    expect(state().forecast).toMatchObject({ fresh: true, plan: { etag: 'two' } });
  });
  test('is not asked for while a text and the file contradict each other', async () => {
    actions.editText('{"mtu": 9000}');
    await settle();
    fake.publish({ config: other });
    await settle();
    expect(fake.inputs('config.plan')).toHaveLength(1);
    actions.apply();
    expect(fake.inputs('config.apply')).toEqual([]);
    actions.keepMine();
    await settle();
    expect(fake.inputs('config.plan')).toHaveLength(2);
    expect(state().draft).toMatchObject({ basedOn: 'two', change: { text: '{"mtu": 9000}' } });
  });
});

describe('apply', () => {
  test('sends the change, the etag that it stands on and nothing to accept', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => ok(outcome()));
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    await settle();
    expect(fake.inputs('config.apply')).toEqual([
      { change: { kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] }, etag: 'one', accept: [] },
    ]);
    expect(state()).toMatchObject({ draft: null, acting: false, told: { kind: 'outcome' } });
  });
  test('asks first where containers stop, and accepts just what was shown', async () => {
    fake.answer('config.plan', () =>
      ok(planned({ etag: 'one', effect: 'restart', needs: ['stops'], containers: [verdict('web', 'stops')] })),
    );
    fake.answer('config.apply', () => ok(outcome()));
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    expect(fake.inputs('config.apply')).toEqual([]);
    expect(state().question?.subject).toEqual({ kind: 'draft' });
    await settle();
    await actions.confirmed();
    await settle();
    expect(fake.inputs('config.apply')).toMatchObject([{ accept: ['stops'] }]);
    expect(state().question).toBeNull();
  });
  test('our own writing is not somebody else’s', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => {
      fake.publish({ config: configFile({ mtu: 1400 }, { etag: 'ours' }) });
      fake.publish({ config: file });
      return ok(outcome({ result: 'rolled-back', file: 'restored' }));
    });
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    await settle();
    expect(state().draft).toMatchObject({ basedOn: 'one', moved: false });
  });
  test('a refusal because of somebody else’s change keeps the draft and says so', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => {
      fake.publish({ config: other });
      return fail({ kind: 'config.changed', path: '/etc/docker/daemon.json' });
    });
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    await settle();
    expect(state()).toMatchObject({ draft: { basedOn: 'two', moved: true }, told: { kind: 'problem' } });
  });
  test('a dismissed password leaves everything as it was', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => fail({ kind: 'authorization.dismissed' }));
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    await settle();
    expect(state().draft).toMatchObject({ basedOn: 'one', moved: false });
  });
});

describe('while one request runs', () => {
  const late = () => {
    let done: (value: ReturnType<typeof ok<ReturnType<typeof outcome>>>) => void = () => undefined;
    const answer = new Promise<ReturnType<typeof ok<ReturnType<typeof outcome>>>>((resolve) => (done = resolve));
    return { answer, done };
  };
  test('a second one is not sent, and our own writing is still ours', async () => {
    const first = late();
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => first.answer);
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    actions.apply();
    await actions.rescue(null, true);
    await settle();
    expect(fake.inputs('config.apply')).toHaveLength(1);
    expect(fake.inputs('engine.rescue')).toEqual([]);
    fake.publish({ config: configFile({ mtu: 1400 }, { etag: 'ours' }) });
    expect(state()).toMatchObject({ acting: true, told: null, draft: { basedOn: 'one', moved: false } });
    first.done(ok(outcome()));
    await settle();
    expect(state()).toMatchObject({ acting: false, draft: null, told: { kind: 'outcome' } });
  });
  test('a verb that was clicked twice before its plan was there happens once', async () => {
    const act = late();
    fake.answer('engine.plan', () => ok(planned({ verb: 'reload' })));
    fake.answer('engine.act', () => act.answer);
    void actions.begin('reload');
    void actions.begin('reload');
    await settle();
    void actions.begin('reload');
    await settle();
    expect(fake.inputs('engine.act')).toEqual([{ verb: 'reload', accept: [] }]);
    act.done(ok(outcome({ verb: 'reload' })));
    await settle();
    expect(state()).toMatchObject({ acting: false, told: { kind: 'outcome' } });
  });
  test('a click on something else counts instead of the one before', async () => {
    fake.answer('engine.plan', () => ok(planned({ verb: 'reload' })));
    void actions.begin('reload');
    void actions.begin('restart');
    await settle();
    expect(fake.inputs('engine.act')).toEqual([]);
    expect(state().question?.subject).toEqual({ kind: 'verb', verb: 'restart' });
  });
  test('what is edited meanwhile stays, on the file as we wrote it', async () => {
    const first = late();
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => first.answer);
    actions.edit(['mtu'], 1400);
    await settle();
    actions.apply();
    actions.edit(['debug'], true);
    fake.publish({ config: configFile({ mtu: 1400 }, { etag: 'ours' }) });
    first.done(ok(outcome()));
    await settle();
    expect(state().draft).toEqual({
      change: { kind: 'patch', patch: [{ path: ['debug'], set: true }] },
      basedOn: 'ours',
      moved: false,
    });
  });
  test('a text that is typed on meanwhile is no conflict with what we wrote', async () => {
    const first = late();
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => first.answer);
    actions.editText('{"mtu": 1400}');
    await settle();
    actions.apply();
    actions.editText('{"mtu": 1401}');
    fake.publish({ config: configFile({ mtu: 1400 }, { etag: 'ours', text: '{"mtu": 1400}' }) });
    first.done(ok(outcome()));
    await settle();
    expect(state().draft).toEqual({ change: { kind: 'text', text: '{"mtu": 1401}' }, basedOn: 'ours', moved: false });
  });
});

describe('verbs', () => {
  test('a reload that harms nothing happens at once', async () => {
    fake.answer('engine.plan', () => ok(planned({ verb: 'reload' })));
    fake.answer('engine.act', () => ok(outcome({ verb: 'reload' })));
    await actions.begin('reload');
    expect(fake.inputs('engine.act')).toEqual([{ verb: 'reload', accept: [] }]);
  });
  test('a start under which containers stop is asked about', async () => {
    fake.answer('engine.plan', () => ok(planned({ verb: 'start', needs: ['stops'] })));
    await actions.begin('start');
    expect(fake.inputs('engine.act')).toEqual([]);
    expect(state().question?.subject).toEqual({ kind: 'verb', verb: 'start' });
  });
  test('a start past containers that can be saved is always asked about', async () => {
    fake.publish({ rescue: { containers: [{ id: 'w', name: 'web', pid: 7 }], etag: null, text: null, blocked: null } });
    await actions.begin('start');
    expect(fake.inputs('engine.act')).toEqual([]);
    expect(state().question?.subject).toEqual({ kind: 'verb', verb: 'start' });
  });
  test('restart and stop are always asked about', async () => {
    for (const verb of ['restart', 'stop'] as const) {
      await actions.begin(verb);
      expect(state().question?.subject).toEqual({ kind: 'verb', verb });
      actions.cancel();
    }
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('a confirmation cannot be given before it is known what happens', async () => {
    fake.answer('engine.plan', () => new Promise(() => undefined));
    await actions.begin('restart');
    await settle();
    await actions.confirmed();
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('what a confirmation foretells is renewed when a container starts meanwhile', async () => {
    fake.answer('engine.plan', () => ok(planned({ verb: 'restart' })));
    await actions.begin('restart');
    await settle();
    expect(state().question?.forecast.fresh).toBe(true);
    fake.publish({ containers: { counts: { running: 0, paused: 0, stopped: 0 }, list: [] } });
    expect(state().question?.forecast.fresh).toBe(false);
    await settle();
    expect(state().question?.forecast.fresh).toBe(true);
  });
  test('what is blocked is told instead of asked', async () => {
    fake.answer('engine.plan', () => ok(planned({ verb: 'reload', blocked: { kind: 'engine.not-running' } })));
    await actions.begin('reload');
    expect(state().told).toEqual({ kind: 'problem', problem: { kind: 'engine.not-running' } });
  });
  test('a door that throws is a problem on the screen, not a page that hangs', async () => {
    fake.answer('engine.refresh', () => {
      throw new Error('gone');
    });
    await actions.refresh();
    expect(state().told).toMatchObject({ kind: 'problem', problem: { kind: 'internal' } });
  });
});

describe('the tray', () => {
  test('opens a confirmation on its place', () => {
    actions.navigate({ place: 'status', confirm: 'restart' });
    expect(state()).toMatchObject({ place: 'status', question: { subject: { kind: 'verb', verb: 'restart' } } });
  });
  test('live restore is asked about with the plan of that one edit', async () => {
    fake.answer('config.plan', () => ok(planned({ etag: 'one' })));
    fake.answer('config.apply', () => ok(outcome()));
    actions.navigate({ place: 'daemon/advanced', confirm: 'live-restore-off' });
    await settle();
    await actions.confirmed();
    await settle();
    const change = { kind: 'patch', patch: [{ path: ['live-restore'], set: false }] };
    expect(fake.inputs('config.plan')).toEqual([change]);
    expect(fake.inputs('config.apply')).toEqual([{ change, etag: 'one', accept: [] }]);
  });
  test('with a draft open, live restore becomes one edit more', () => {
    actions.edit(['mtu'], 1400);
    actions.navigate({ place: 'daemon/advanced', confirm: 'live-restore-on' });
    expect(state().question).toBeNull();
    expect(state().draft?.change).toMatchObject({ patch: [{ path: ['mtu'] }, { path: ['live-restore'], set: true }] });
  });
});

test('a field that meets a typed text is set inside that text, and all else in it stays', async () => {
  vi.useRealTimers();
  actions.editText('{\n\t"mtu": 1400, "labels": [ "a" ]\n}');
  actions.edit(['debug'], true);
  await expect.poll(() => state().draft?.change).toMatchObject({ text: expect.stringContaining('debug') });
  expect(state().draft?.change).toMatchObject({ text: '{\n\t"mtu": 1400, "labels": [ "a" ],\n\t"debug": true\n}' });
});

test('edits of a typed text that meet each other are all in it', async () => {
  vi.useRealTimers();
  actions.editText('{\n  "mtu": 1400\n}\n');
  actions.edit(['debug'], true);
  void actions.take([{ path: ['dns'], set: ['1.1.1.1'] }]);
  actions.edit(['mtu'], 1300);
  await expect.poll(() => state().draft?.change).toMatchObject({ text: expect.stringContaining('1300') });
  const { change } = state().draft ?? {};
  expect(JSON.parse(change?.kind === 'text' ? change.text : '')).toEqual({ mtu: 1300, debug: true, dns: ['1.1.1.1'] });
});

test('an edit that comes after a text was put back is an edit all the same', async () => {
  vi.useRealTimers();
  actions.editText('{"mtu": 1400}');
  actions.edit(['debug'], true);
  actions.discard();
  await expect.poll(() => state().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['debug'], set: true }] });
});

test('two checks that are muted one after the other are both muted', async () => {
  fake.answer('preferences.set', ({ mutedChecks }) => {
    const { preferences } = fake.current();
    fake.publish({ preferences: { ...preferences, mutedChecks: mutedChecks ?? [] } });
    return ok(null);
  });
  const [one, two, three] = checkIds as [CheckId, CheckId, CheckId];
  await Promise.all([actions.mute(one), actions.mute(two), actions.mute(one)]);
  expect(state().snapshot?.preferences.mutedChecks).toEqual([one, two]);
  await Promise.all([actions.unmute(one), actions.mute(three)]);
  expect(state().snapshot?.preferences.mutedChecks).toEqual([two, three]);
  expect(fake.inputs('preferences.set')).toHaveLength(4);
});
