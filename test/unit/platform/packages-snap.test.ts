// What snapd says of the engine's snap, in the forms that it writes; there is no such system where tests run.
import { expect, test } from 'vitest';
import { channelVersion, snapIn } from '../../../electron/platform/packages-snap.ts';

const titles = 'Name    Version  Rev   Tracking       Publisher   Notes\n';

test.each([
  [
    'docker  28.4.0   3377  latest/stable  canonical✓  -\n',
    { version: '28.4.0', tracking: 'latest/stable', held: false },
  ],
  [
    'docker  28.4.0   3377  latest/stable  canonical✓  held\n',
    { version: '28.4.0', tracking: 'latest/stable', held: true },
  ],
  [
    'docker  28.4.0   3377  core18/candi…  canonical**  disabled,held\n',
    { version: '28.4.0', tracking: 'core18/candi…', held: true },
  ],
  ['docker  28.4.0   x1    -              -           -\n', { version: '28.4.0', tracking: '-', held: false }],
])('snap list: %j', (row, listed) => {
  expect(snapIn(titles + row, 'docker')).toEqual(listed);
});

test('snap list: not installed', () => {
  expect(snapIn('error: no matching snaps installed\n', 'docker')).toBeNull();
  expect(snapIn(`${titles}docker-compose  2.0  1  latest/stable  x  -\n`, 'docker')).toBeNull();
});

const info = `name:      docker
summary:   Docker container runtime
publisher: Canonical✓
services:
  docker.dockerd: simple, enabled, active
tracking:     latest/stable
refresh-date: 12 days ago, at 10:23 UTC
hold:         forever
channels:
  latest/stable:    28.4.0                 2025-10-14 (3377) 139MB -
  latest/candidate: 29.1.0                 2025-11-28 (3391) 141MB -
  latest/beta:      ↑
  latest/edge:      29.1.1+dev             2025-11-30 (3398) 141MB -
  core18/stable:    20.10.14               2022-05-31 (1779) 136MB -
  core18/candidate: ^
  core18/beta:      --
installed:          28.4.0                            (3377) 139MB -
`;

test.each([
  ['latest/stable', '28.4.0'],
  ['latest/candidate', '29.1.0'],
  ['latest/beta', '29.1.0'],
  ['core18/candidate', '20.10.14'],
  ['core18/candi…', '20.10.14'],
  ['core18/beta', null],
  ['core24/stable', null],
  ['-', null],
  [null, null],
])('snap info, following %s: %s', (tracking, candidate) => {
  expect(channelVersion(info, tracking)).toBe(candidate);
});

test('without an answer of the store there is no candidate', () => {
  expect(channelVersion('error: unable to contact snap store\n', 'latest/stable')).toBeNull();
});
