// A configuration file that was named for a daemon: nothing is written to another one than the daemon reads.
import { expect, test } from 'vitest';
import { startOf } from '../../../electron/platform/next-start.ts';

const usual = '/etc/docker/daemon.json';
const other = { kind: 'read-only', reason: 'config-other' };

test.each([
  [[], null, undefined],
  [[], usual, undefined],
  [['--config-file', '/srv/d.json'], '/srv/d.json', undefined],
  [[], '/srv/d.json', { ...other, detail: `/srv/d.json ≠ ${usual}` }],
  [['--config-file=/srv/d.json'], usual, { ...other, detail: `${usual} ≠ /srv/d.json` }],
] as const)('%j, named %s', (flags, wished, access) => {
  expect(startOf(flags, wished, usual).access).toEqual(access);
});
