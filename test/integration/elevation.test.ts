// An ordinary user on a machine of root's: one password for one apply, whatever becomes of the question or of the asker.
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '@contract/change.ts';
import type { Json } from '@contract/json.ts';
import { forgetEngineProgram } from '../host/engine-inside.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { forgetAgent, openSession, type UserSession } from '../host/user-session.ts';

const set = (key: string, value: Json): Change => ({ kind: 'patch', patch: [{ path: [key], set: value }] });
const config = '/etc/docker/daemon.json';

let host: TestHost;
const file = (): string => readFileSync(host.path(config), 'utf8');

beforeAll(async () => {
  host = await upHost({
    user: { groups: ['docker'] },
    containers: [{ name: 'web', command: ['sleep', '2147483647'] }],
  });
}, 120_000);
afterAll(async () => {
  await host?.down();
  await forgetEngineProgram();
  await forgetAgent();
});

describe('a user in the docker group', () => {
  let session: UserSession;
  beforeAll(async () => {
    session = await openSession(host, 'right');
  }, 60_000);

  test('is told her rights without being asked', () => {
    const { rights, target, config: seen } = session.engine.get();
    expect(rights).toEqual({ step: 'installed', control: 'asks', unit: 'asks', group: true });
    expect(target.access).toEqual({ kind: 'proven' });
    expect(seen).toMatchObject({ state: 'read', writable: { ok: false, block: 'denied' } });
    expect(session.asked()).toEqual([]);
  });

  test('applies with one password: reloaded, same owner and mode, same container', async () => {
    const before = await host.containerPid('web');
    const outcome = await session.engine.apply(set('max-concurrent-downloads', 5));
    expect(outcome).toMatchObject({ result: 'applied', effect: 'reload', file: 'new', problem: null });
    expect(outcome.proof?.event).toMatch(/^\d+$/);
    expect(session.asked().map(({ action }) => action)).toEqual(['app.afloat.control']);
    expect(JSON.parse(file())).toEqual({ 'live-restore': true, 'max-concurrent-downloads': 5 });
    const { uid, gid, mode } = statSync(host.path(config));
    expect([uid, gid, mode & 0o777]).toEqual([0, 0, 0o644]);
    expect(await host.containerPid('web')).toBe(before);
  });
});
