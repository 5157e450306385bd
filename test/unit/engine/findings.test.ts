import { expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { standingFindings, type Standing } from '../../../electron/engine/findings.ts';
import { machine } from '../../fakes/machine.ts';
import { configFile, container, facts } from '../../fakes/snapshot.ts';

const swarm = { state: 'active', role: 'manager', quorum: null } as const;

const told = (file: JsonObject | null, over: Partial<Standing> = {}) =>
  standingFindings({
    facts: facts(),
    values: file,
    flags: [],
    containers: [],
    config: file === null ? { state: 'absent', path: '/f', writable: { ok: true } } : configFile(file),
    ...over,
  }).map(({ severity, about }) => [severity, about]);

const on = { 'live-restore': true };
const off = facts({ liveRestore: false });
const differs = (key: string, file: boolean | null, running: boolean) => [
  'warning',
  { kind: 'memory-differs', key, file, running },
];

test.each([
  ['all is well', told(on), []],
  ['file on, memory off', told(on, { facts: off }), [differs('live-restore', true, false)]],
  ['removed, still in memory', told({}), [differs('live-restore', null, true)]],
  ['no file, still in memory', told(null), [differs('live-restore', null, true)]],
  ['null is off', told({ 'live-restore': null }), [differs('live-restore', null, true)]],
  ['debug', told({ ...on, debug: true }), [differs('debug', true, false)]],
  ['debug by flag', told(on, { facts: facts({ debug: true }), flags: ['-D'] }), []],
  ['down', told({ debug: true }, { facts: null }), []],
] as const)('memory and file: %s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

test('a time bomb: the daemon runs well, and would not start with its file again', () => {
  const found = standingFindings({
    facts: facts(),
    values: { ...on, group: 'nope', 'log-opts': { max_size: '1m' } },
    flags: [],
    containers: [],
    config: configFile({ ...on, group: 'nope', 'log-opts': { max_size: '1m' } }),
    machine: machine(),
  });
  expect(found.map(({ severity, path, place }) => [severity, path.join('.'), place !== null])).toEqual([
    ['error', 'group', true],
    ['error', 'log-opts.max_size', true],
  ]);
});

test('a daemon that is down is judged as the version that it last was', () => {
  const file = { ...on, 'registry-mirrors': ['https://m.example/path'] };
  const down = { facts: null, version: '20.10.24' };
  expect(told(file, down).map(([severity]) => severity)).toEqual(['error']);
  expect(told(file, { facts: null, version: '28.5.2' })).toEqual([]);
});

test('a crash would stop what runs while the next start reads live restore as off', () => {
  const containers = [container('a'), container('b', { state: 'paused' }), container('c', { state: 'exited' })];
  expect(told({}, { facts: off, containers })).toEqual([['info', { kind: 'crash-would-stop', containers: 2 }]]);
  expect(told({}, { facts: off, containers: [] })).toEqual([]);
  expect(told({}, { facts: off, containers, flags: ['--live-restore'] })).toEqual([]);
  expect(told({}, { facts: { ...off, swarm }, containers })).toEqual([]);
});

test('the time bomb of a swarm node comes first, once, from the file or by flag', () => {
  expect(told({ 'userland-proxy': true, ...on }, { facts: facts({ swarm }) })).toEqual([
    ['error', { kind: 'live-restore-with-swarm' }],
    ['warning', { kind: 'userland-proxy-true-blocks-reload' }],
  ]);
  expect(told({}, { facts: facts({ swarm }), flags: ['--live-restore'] })).toEqual([
    ['error', { kind: 'live-restore-with-swarm' }],
  ]);
});

test('a broken file is found with its place', () => {
  const problem = {
    kind: 'config.invalid',
    path: '/f',
    fault: 'syntax',
    place: { line: 3, column: 1 },
    detail: '}',
  } as const;
  const config = { state: 'unreadable', path: '/f', etag: 'e', text: '{', problem, writable: { ok: true } } as const;
  const [finding, ...others] = standingFindings({
    facts: facts(),
    values: null,
    flags: [],
    containers: [container('a')],
    config,
  });
  expect(finding).toMatchObject({ severity: 'error', place: { line: 3, column: 1 }, about: { kind: 'text-fault' } });
  expect(others).toEqual([]);
});

test('a file that is gone though a flag names it is found before the next start fails', () => {
  const config = { state: 'absent', path: '/f', writable: { ok: true } } as const;
  const standing = { facts: facts({ liveRestore: false }), values: null, containers: [], config } as const;
  expect(standingFindings({ ...standing, flags: ['--config-file=/f'] })).toMatchObject([
    { severity: 'error', about: { kind: 'text-fault', problem: { kind: 'config.unreadable', cause: 'missing' } } },
  ]);
  expect(standingFindings({ ...standing, flags: [] })).toEqual([]);
  // Somebody took the flag away, and systemd knows.
  expect(standingFindings({ ...standing, flags: ['--config-file', '/f'], startFlags: [] })).not.toMatchObject([
    { about: { kind: 'text-fault' } },
  ]);
});

test('flags that the next start is without are told, with what they cost', () => {
  const found = told({}, { flags: ['--live-restore'], startFlags: [], containers: [container('web')] });
  expect(found).toEqual([
    ['warning', { kind: 'next-start-flags', gone: ['--live-restore'], come: [] }],
    ['info', { kind: 'crash-would-stop', containers: 1 }],
  ]);
});
