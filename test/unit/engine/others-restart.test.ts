// When a restart by others is compared, and with which picture.
import { expect, test, vi } from 'vitest';
import type { OthersRestart } from '../../../electron/contract/audit.ts';
import type { Outcome } from '../../../electron/contract/outcome.ts';
import { fail, ok } from '../../../electron/contract/problem.ts';
import { nothingSeen } from '../../../electron/engine/first-view.ts';
import type { Gathered } from '../../../electron/engine/gather.ts';
import type { Went } from '../../../electron/engine/observe-outage.ts';
import { watchOthers } from '../../../electron/engine/others-restart.ts';
import type { PastGap } from '../../../electron/engine/expected-gap.ts';
import type { Observed } from '../../../electron/engine/view.ts';
import { container, engineIn, outcome, snapshot } from '../../fakes/snapshot.ts';

const candidate = { endpoint: 'unix:///x', source: 'default', context: null } as const;
const facts = (() => {
  const { engine } = snapshot();
  if (!('facts' in engine)) throw new Error('down');
  return engine.facts;
})();
const up = { kind: 'up', facts } as const;

/** A daemon that had one container; what it says now is its state in `gathered`. */
function others(over: Partial<Observed> = {}) {
  let observed: Observed = { ...nothingSeen([], candidate, null), link: up, ...over };
  let went: Went | null = null;
  let process = '1 10';
  let asked = 0;
  let answers = true;
  const told: OthersRestart[] = [];
  const kept: PastGap[] = [];
  let lives = true;
  const manager = { unit: null };
  const now = {
    candidate,
    identification: {
      pid: 2,
      startTicks: '20',
      flags: [],
      startFlags: [],
      flagPlaces: {},
      flagSource: '',
      managerKind: 'bare-process',
      manager,
      access: { kind: 'proven' },
      dataRoot: null,
      configPath: null,
    },
    engine: engineIn('running'),
    lastFacts: facts,
    state: { config: { state: 'unknown' }, bytes: null, folderMissing: false },
    containers: [container('web', { state: 'exited', pid: 0, exitCode: 1 })],
    policy: { state: 'none' },
    machine: null,
    killMode: null,
    shims: [],
    pastGaps: [],
    step: 'unneeded',
  } as unknown as Gathered;
  const watch = watchOthers({
    platform: { listening: () => null },
    looking: {
      gatherAtRest: () => {
        asked += 1;
        return Promise.resolve(answers ? ok(now) : fail({ kind: 'engine.absent', endpoint: 'x' } as const));
      },
      gatheredOf: () => null,
      orphans: () => Promise.resolve([]),
      logs: { logLines: () => Promise.resolve('none'), lastRun: () => Promise.resolve(null) },
      went: () => went,
    },
    store: {
      observed: () => observed,
      observe: ({ othersRestart }) => {
        if (othersRestart) told.push(othersRestart);
      },
    },
    process: () => process,
    goesOn: () => Promise.resolve(lives),
    began: () => Promise.resolve(Date.now()),
    keep: (gap) => Promise.resolve(void kept.push(gap)),
    closed: () => false,
  });
  return {
    told,
    kept,
    crashes: () => (lives = false),
    asked: () => asked,
    back: watch.back,
    lose(name = 'web') {
      went = { at: Date.now(), process, liveRestore: true, containers: [container(name)] };
      watch.lost(false);
    },
    lostAgain: watch.lost,
    becomes: (next: string) => (process = next),
    answers: (will: boolean) => (answers = will),
    see: (part: Partial<Observed>) => (observed = { ...observed, ...part }),
  };
}

test('another process: compared once, with the containers of before', async () => {
  const one = others();
  one.lose();
  one.becomes('2 20');
  await one.back();
  await one.back();
  expect(one.told).toHaveLength(1);
  expect(one.told[0]?.audit.containers).toMatchObject([{ name: 'web', deviations: [{ kind: 'ended' }] }]);
});

test('the same process, or none that can be seen: nothing was restarted', async () => {
  const one = others();
  one.lose();
  await one.back();
  one.becomes('');
  one.lose();
  one.becomes('2 20');
  await one.back();
  expect(one.asked()).toBe(0);
});

const verb = (over: Partial<Outcome>) => outcome({ verb: 'restart', finishedAt: Date.now(), ...over });

test.each<[string, Partial<Observed>, number]>([
  ['while a verb of ours runs', { operation: { kind: 'running', verb: 'restart', step: 'proving', since: 0 } }, 0],
  ['right after a restart of ours', { lastOutcome: verb({}) }, 0],
  ['right after a stop of ours', { lastOutcome: verb({ verb: 'stop' }) }, 1],
  ['long after a restart of ours', { lastOutcome: verb({ finishedAt: 1 }) }, 1],
])('%s', async (_, over, times) => {
  const one = others(over);
  one.lose();
  one.becomes('2 20');
  await one.back();
  expect(one.told).toHaveLength(times);
});

test('a connection that breaks once more while it comes up takes nothing from the picture of before', async () => {
  const one = others();
  one.lose();
  one.becomes('2 20');
  one.answers(false);
  one.see({ link: { kind: 'ending' } });
  await one.back();
  expect(one.told).toEqual([]);
  // What it had by then is not what it had before.
  one.lostAgain(false);
  one.lose('later');
  one.answers(true);
  one.see({ link: up });
  await one.back();
  expect(one.told[0]?.audit).toMatchObject({ compared: 1, containers: [{ name: 'web' }] });
});

test('how long it was away is kept where it hung up first and was started again at once', async () => {
  const whole = others();
  whole.lose();
  whole.becomes('2 20');
  await whole.back();
  expect(whole.kept).toMatchObject([{ containers: 1, stopped: true }]);

  const killed = others();
  killed.crashes();
  killed.lose();
  killed.becomes('2 20');
  await killed.back();
  expect([killed.told.length, killed.kept]).toEqual([1, []]);

  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const left = others();
    left.lose();
    left.lostAgain(true);
    vi.setSystemTime(Date.now() + 1_500);
    left.becomes('2 20');
    await left.back();
    expect([left.told.length, left.kept]).toEqual([1, []]);
  } finally {
    vi.useRealTimers();
  }
});
