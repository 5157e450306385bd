// Which versions of the engine are told of, to whom, and for which step.
import { expect, test } from 'vitest';
import type { Container, ContainerDetails } from '../../../electron/contract/snapshot.ts';
import { knownProblems } from '../../../electron/engine/known-problems.ts';
import { container } from '../../fakes/snapshot.ts';

const details: ContainerDetails = {
  networkMode: 'crew',
  networks: [{ name: 'crew', address: '172.18.0.2' }],
  dns: [],
  wantedPorts: [],
  mounts: ['/data'],
  restartCount: 0,
  tty: false,
  logDriver: 'json-file',
  runtime: 'runc',
  devices: 'none',
};
const plain: ContainerDetails = { ...details, networks: [{ name: 'bridge', address: '172.17.0.2' }], mounts: [] };
const crew: readonly Container[] = [
  container('db', { details, restartPolicy: 'always', ports: ['0.0.0.0:5432->5432/tcp'] }),
  container('web', { details: plain, healthCheck: true }),
  container('job', { details: plain, autoRemove: true }),
  container('gone', { details, state: 'exited', pid: 0 }),
];
const told = (from: string | null, to: string | null, over: Partial<Parameters<typeof knownProblems>[0]> = {}) =>
  knownProblems({ from, to, containers: crew, liveRestore: true, ...over }).map(({ id, names }) =>
    names.length === 0 ? id : `${id}: ${names.join(' ')}`,
  );

test.each([
  [
    '20.10.17',
    '20.10.18',
    ['auto-remove-ends: job', 'health-checks-end: web', 'volumes-unguarded: db', 'volumes-unmounted: db'],
  ],
  [
    '20.10.18',
    '20.10.24+dfsg1-1',
    ['auto-remove-ends: job', 'health-checks-end: web', 'volumes-kept-busy: db', 'volumes-unmounted: db'],
  ],
  [
    '20.10.24',
    '5:23.0.0-1~debian',
    ['auto-remove-ends: job', 'volumes-kept-busy: db', 'volumes-unmounted: db', 'ipvlan-no-start'],
  ],
  ['23.0.6', '23.0.7', ['auto-remove-ends: job']],
  [
    '23.0.6',
    '24.0.2',
    ['networks-not-restored: db', 'auto-remove-ends: job', 'volumes-kept-busy: db', 'volumes-unmounted: db'],
  ],
  ['24.0.2', '24.0.3', ['start-panics: db', 'auto-remove-ends: job', 'volumes-unmounted: db']],
  ['24.0.2', '24.0.4', ['auto-remove-ends: job', 'volumes-unmounted: db']],
  ['24.0.7', '24.0.9', []],
  ['27.5.1', '28.0.0', ['kernel-modules-wanted']],
  ['28.5.1', '28.5.2', []],
  ['28.5.2', '3:29.1.0-1.fc43', ['ports-taken-no-network: db', 'names-outside-fail: db', 'old-clients-refused']],
  ['29.0.0', '29.1.1', ['ports-taken-no-network: db']],
  ['28.5.2', '29.3.0', ['ports-taken-no-network: db']],
  ['29.5.0', '29.6.1', ['host-gateway-connect', 'ports-taken-no-network: db']],
  // The one that starts decides, also where it is the older one.
  [
    '28.5.2',
    '20.10.24',
    ['auto-remove-ends: job', 'health-checks-end: web', 'volumes-kept-busy: db', 'volumes-unmounted: db'],
  ],
  ['28.5.2', '29.1.0~rc1', []],
  ['28.5.2', null, []],
])('%s to %s', (from, to, expected) => {
  expect(told(from, to)).toEqual(expected);
});

test('without live restore nobody runs on who could be hurt by what only live restore does', () => {
  expect(told('24.0.2', '24.0.3', { liveRestore: false })).toEqual([]);
  expect(told('24.0.2', '24.0.3', { liveRestore: null })).toContain('start-panics: db');
  expect(told('29.5.0', '29.6.1', { containers: [] })).toEqual([]);
});

test('every row is a public address of the project that told it', () => {
  const everywhere = ['20.10.18', '23.0.0', '24.0.2', '24.0.3', '28.0.0', '29.1.0', '29.6.0'].flatMap((to) =>
    knownProblems({ from: '19.3.0', to, containers: crew, liveRestore: true }),
  );
  for (const { source } of everywhere)
    expect(source).toMatch(/^https:\/\/github\.com\/moby\/moby\/(pull|issues)\/\d+$/);
  expect(new Set(everywhere.map(({ id }) => id)).size).toBe(13);
});
