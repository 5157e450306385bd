import { describe, expect, test } from 'vitest';
import type { Patch } from '../../../electron/contract/change.ts';
import { atStart, liveRestoreOf, normalizePatch } from '../../../electron/engine/live-restore.ts';
import { facts } from '../../fakes/snapshot.ts';

const swarm = { state: 'active', role: 'manager', quorum: null } as const;

describe('three truths', () => {
  test.each([
    ['all agree', facts(), { 'live-restore': true }, [], { effective: true, file: true, flag: null, blockedBy: null }],
    [
      'nothing set',
      facts({ liveRestore: false }),
      {},
      [],
      { effective: false, file: null, flag: null, blockedBy: null },
    ],
    [
      'null is false',
      facts(),
      { 'live-restore': null },
      [],
      { effective: true, file: false, flag: null, blockedBy: null },
    ],
    [
      'text is nothing',
      facts(),
      { 'live-restore': 'true' },
      [],
      { effective: true, file: null, flag: null, blockedBy: null },
    ],
    ['no readable file', facts(), null, [], { effective: true, file: null, flag: null, blockedBy: null }],
    ['down', null, { 'live-restore': true }, [], { effective: null, file: true, flag: null, blockedBy: null }],
    ['flag on', facts(), {}, ['--live-restore'], { effective: true, file: null, flag: true, blockedBy: 'flag' }],
    [
      'flag off',
      facts({ liveRestore: false }),
      {},
      ['--live-restore=false'],
      { effective: false, file: null, flag: false, blockedBy: 'flag' },
    ],
    ['swarm', facts({ swarm }), {}, [], { effective: true, file: null, flag: null, blockedBy: 'swarm' }],
    [
      'locked swarm',
      facts({ swarm: { ...swarm, state: 'locked' } }),
      {},
      [],
      { effective: true, file: null, flag: null, blockedBy: 'swarm' },
    ],
    [
      'swarm and flag',
      facts({ swarm }),
      {},
      ['--live-restore'],
      { effective: true, file: null, flag: true, blockedBy: 'swarm' },
    ],
    [
      'windows',
      facts({ osType: 'windows', swarm }),
      {},
      [],
      { effective: true, file: null, flag: null, blockedBy: 'windows' },
    ],
  ] as const)('%s', (_, told, values, flags, truths) => {
    expect(liveRestoreOf({ facts: told, values, flags })).toEqual(truths);
  });

  test('a swarm node that is down is known by what it said before', () => {
    const known = liveRestoreOf({ facts: null, lastFacts: facts({ swarm }), values: {}, flags: [] });
    expect(known).toEqual({ effective: null, file: null, flag: null, blockedBy: 'swarm' });
  });
});

test.each([
  [{ 'live-restore': true }, [], true],
  [{ 'live-restore': false }, [], false],
  [{}, [], false],
  [null, [], false],
  [{}, ['--live-restore'], true],
  [{}, ['--live-restore=false'], false],
] as const)('at the start with %j and %j: %s', (values, flags, on) => {
  expect(atStart(values, flags)).toBe(on);
});

describe('turning it off never removes the key of a daemon that has it on', () => {
  const remove: Patch = [
    { path: ['debug'], set: true },
    { path: ['live-restore'], remove: true },
  ];
  const off: Patch = [
    { path: ['debug'], set: true },
    { path: ['live-restore'], set: false },
  ];
  test.each([
    [true, off],
    [null, off],
    [false, remove],
  ])('in memory %s', (effective, patch) => {
    expect(normalizePatch(remove, effective)).toEqual(patch);
  });

  test('other keys of the same name are left alone', () => {
    const inside: Patch = [{ path: ['features', 'live-restore'], remove: true }];
    expect(normalizePatch(inside, true)).toEqual(inside);
  });
});
