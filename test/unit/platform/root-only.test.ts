// What a daemon that is not trusted says of itself leads root nowhere, neither while it runs nor after it has ended.
import { expect, test } from 'vitest';
import type { Candidate } from '@contract/snapshot.ts';
import type { Identification, Platform } from '../../../electron/engine/ports.ts';
import { createNoManager } from '../../../electron/platform/no-manager.ts';
import { rootOnly } from '../../../electron/platform/root-only.ts';

const candidate: Candidate = { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null };
const overrides = { configFile: null, manager: null };

const manager = createNoManager('bare-process', null);
/** Of a user who points at a file of root's, with a program of root's. */
const hers: Identification = {
  pid: process.pid,
  startTicks: 'of another',
  executable: '/usr/bin/env',
  flags: ['--config-file=/etc/passwd'],
  startFlags: ['--config-file=/etc/passwd'],
  environment: { LD_PRELOAD: '/home/alice/evil.so' },
  configPath: '/etc/passwd',
  configPathGiven: true,
  flagSource: '',
  flagPlaces: { '--config-file': '/home/alice/x:1' },
  manager,
  managerKind: 'bare-process',
  access: { kind: 'proven' },
  dataRoot: '/home/alice',
  uid: 1000,
  usual: { execRoot: '/home/alice', dataRoot: '/home/alice', containerd: '/home/alice' },
};
const ended: Identification = { ...hers, pid: null, startTicks: null };
const nothing = {
  executable: null,
  flags: [],
  startFlags: [],
  environment: {},
  configPath: null,
  flagPlaces: {},
  dataRoot: null,
  uid: 0,
};

const identifying = (...found: readonly Identification[]) => {
  const left = [...found];
  const platform = { identify: () => Promise.resolve(left.shift() ?? ended) } as unknown as Platform;
  const looked = rootOnly(platform);
  return () => looked.identify(candidate, overrides);
};

test('nothing is taken from a process that is not trusted, nor from what is remembered of it', async () => {
  const look = identifying(hers, ended, ended);
  for (const pid of [process.pid, null, null]) {
    const found = await look();
    expect(found).toMatchObject({ ...nothing, pid, access: { kind: 'read-only', reason: 'socket-not-proven' } });
    expect(found.manager).not.toBe(manager);
  }
});

test('nor from one that was read-only from the first', async () => {
  const access = { kind: 'read-only', reason: 'not-permitted', detail: '1' } as const;
  const look = identifying({ ...hers, access }, ended);
  expect(await look()).toMatchObject({ ...nothing, access });
  expect(await look()).toMatchObject({ ...nothing, access });
});

test('one that is down and was never seen otherwise is taken as it is', async () => {
  expect(await identifying(ended)()).toEqual(ended);
});
