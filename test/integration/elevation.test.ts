// An ordinary user on a machine of root's: one password for one apply, whatever becomes of the question or of the asker.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '@contract/change.ts';
import type { Json } from '@contract/json.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession, type UserSession } from '../host/user-session.ts';

const set = (key: string, value: Json): Change => ({ kind: 'patch', patch: [{ path: [key], set: value }] });
const config = '/etc/docker/daemon.json';

/** A restart that nobody follows any more. */
const patience = { timeout: 30_000, interval: 50 };

let host: TestHost;
const file = (): string => readFileSync(host.path(config), 'utf8');

beforeAll(async () => {
  host = await upHost({
    user: { groups: ['docker'] },
    containers: [{ name: 'web', command: ['sleep', '2147483647'] }],
  });
}, 120_000);
afterAll(() => endSessions(host));

describe('a user in the docker group', () => {
  let session: UserSession;
  beforeAll(async () => {
    session = await openSession(host, 'right');
  }, 60_000);
  afterAll(() => session?.engine.close());

  const actions = (): readonly string[] => session.asked().map(({ action }) => action);

  test('is told her rights without being asked', () => {
    const { rights, target, config: seen } = session.engine.get();
    expect(rights).toEqual({ step: 'installed', control: 'asks', unit: 'asks', group: true });
    expect(target.access).toEqual({ kind: 'proven' });
    expect(seen).toMatchObject({ state: 'read', writable: { ok: false, block: 'denied' } });
    expect(actions()).toEqual([]);
  });

  test.each([
    ['dismiss', 'authorization.dismissed'],
    ['wrong', 'authorization.denied'],
  ] as const)('changes nothing when the question is answered %s', async (how, kind) => {
    const before = file();
    session.answer(how);
    const outcome = await session.engine.apply(set('debug', true));
    expect(outcome).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind } });
    expect(actions()).toEqual(['app.afloat.control']);
    expect(file()).toBe(before);
  });

  test('is not asked for what would not be begun', async () => {
    const outcome = await session.engine.apply({ kind: 'text', text: '{ "hosts": 1 }' });
    expect(outcome).toMatchObject({ result: 'refused' });
    expect(actions()).toEqual([]);
  });

  test('applies with one password that came after 27 s: reloaded, same owner and mode, same container', async () => {
    const before = await host.containerPid('web');
    // Longer than D-Bus lets systemd wait for polkit.
    session.answer({ lateMs: 27_000 });
    const outcome = await session.engine.apply(set('max-concurrent-downloads', 5));
    expect(outcome).toMatchObject({ result: 'applied', effect: 'reload', file: 'new', problem: null });
    expect(outcome.proof?.event).toMatch(/^\d+$/);
    expect(actions()).toEqual(['app.afloat.control']);
    expect(JSON.parse(file())).toEqual({ 'live-restore': true, 'max-concurrent-downloads': 5 });
    const { uid, gid, mode } = statSync(host.path(config));
    expect([uid, gid, mode & 0o777]).toEqual([0, 0, 0o644]);
    expect(await host.containerPid('web')).toBe(before);
  });

  test('is not asked again while that is kept; three restarts within a minute, the container lives on', async () => {
    const before = await host.containerPid('web');
    for (let i = 0; i < 3; i += 1) {
      const outcome = await session.engine.act('restart');
      expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { before: 1, kept: 1 } });
    }
    expect(await host.containerPid('web')).toBe(before);
    expect(actions()).toEqual([]);
  });

  test('has a configuration that does not start rolled back without another question', async () => {
    const before = file();
    // A unit that does not start with this value: nothing that reads the file could know.
    const refuse = `ExecStartPre=/bin/sh -c '! grep -q 1399 ${config}'`;
    const folder = '/etc/systemd/system/docker.service.d';
    await host.say('sh', '-c', `mkdir -p ${folder}; printf '[Service]\\n%s\\n' "$0" >${folder}/refuse.conf`, refuse);
    await host.say('systemctl', 'daemon-reload');
    const outcome = await session.engine.apply(set('mtu', 1399));
    expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
    expect(file()).toBe(before);
    // None, where the authorization of the test before is still kept; never one more for the way back.
    expect(actions().length).toBeLessThanOrEqual(1);
    await host.api('GET', '/_ping');
  });

  test('is asked each time, by name, for what can run programs', async () => {
    session.answer('right');
    for (const path of ['/usr/bin/one', '/usr/bin/two']) {
      const runtimes = { strange: { path } };
      const outcome = await session.engine.apply(set('runtimes', runtimes), ['later-start-fails']);
      expect(outcome).toMatchObject({ result: 'applied', problem: null });
      const questions = session.asked();
      expect(questions.map(({ action }) => action)).toEqual(['app.afloat.change']);
      expect(questions[0]?.message).toContain('/usr/lib/afloat/afloat-change runtimes');
    }
  });
});

describe('a user outside the docker group, with a file that is root’s alone', () => {
  let session: UserSession;
  beforeAll(async () => {
    await host.say('gpasswd', '--delete', 'alice', 'docker');
    await host.say('chmod', '600', config);
    session = await openSession(host, 'right');
  }, 60_000);

  const actions = (): readonly string[] => session.asked().map(({ action }) => action);

  test('changes one option of it and gets the same proof, with one password', async () => {
    const { engine, config: seen, rights } = session.engine.get();
    expect([engine.state, seen.state, rights.group, rights.step]).toEqual(['denied', 'unreadable', false, 'installed']);
    const outcome = await session.engine.apply(set('max-concurrent-uploads', 3));
    expect(outcome).toMatchObject({ result: 'applied', file: 'new', containers: { before: 1, kept: 1 } });
    expect(outcome.proof?.event).toMatch(/^\d+$/);
    expect(actions()).toEqual(['app.afloat.control']);
    expect(JSON.parse(file())).toMatchObject({ 'max-concurrent-uploads': 3 });
    expect(statSync(host.path(config)).mode & 0o777).toBe(0o600);
  });

  test('sees what that step saw', async () => {
    const view = await session.engine.until(({ seenAt }) => seenAt !== null);
    expect(view.engine.state).toBe('running');
    expect(view.config).toMatchObject({ state: 'read', values: { 'max-concurrent-uploads': 3 } });
    expect(view.containers?.counts.running).toBe(1);
  });

  test('may look without another password, because to control is to look', async () => {
    expect(await session.engine.look()).toEqual({ ok: true, value: null });
    expect(actions()).toEqual([]);
  });

  test('loses neither change nor outcome when her session ends right after the password', async () => {
    // Whoever logs out while it is under way does not hear of it.
    const gone = session.engine.apply(set('max-download-attempts', 7)).catch(() => null);
    await session.engine.until(({ operation }) => operation.kind === 'running' && operation.step !== 'authorizing');
    await session.logOut();
    await gone;
    await expect.poll(() => existsSync(host.path('/run/afloat/outcome-1001.json')), patience).toBe(true);
    expect(JSON.parse(file())).toMatchObject({ 'max-download-attempts': 7 });
    await host.api('GET', '/_ping');

    session = await openSession(host, 'right');
    const { lastOutcome } = await session.engine.until((view) => view.lastOutcome !== null);
    expect(lastOutcome).toMatchObject({ verb: 'apply', result: 'applied', file: 'new' });
    expect(actions()).toEqual([]);
  });

  test('whose program crashes at the password finds the outcome at its next start, once', async () => {
    const gone = session.engine.act('restart').catch(() => null);
    await session.engine.until(({ operation }) => operation.kind === 'running' && operation.step !== 'authorizing');
    await session.kill();
    await gone;
    const left = host.path('/run/afloat/outcome-1001.json');
    const before = existsSync(left) ? statSync(left).ino : 0;
    await expect.poll(() => existsSync(left) && statSync(left).ino !== before, patience).toBe(true);
    // Root's own: what she could write to would be hers to fill the system's memory with.
    expect(statSync(left)).toMatchObject({ uid: 0 });
    expect(statSync(left).mode & 0o022).toBe(0);
    expect(statSync(left).mode & 0o007).toBe(0);
    session = await openSession(host, 'right');
    expect((await session.engine.until((view) => view.lastOutcome !== null)).lastOutcome?.verb).toBe('restart');
    await session.engine.close();
    session = await openSession(host, 'right');
    expect(session.engine.get().lastOutcome).toBeNull();
    await session.engine.close();
  });
});

test('without an agent nothing is changed, and the command to run is named', async () => {
  const session = await openSession(host, 'none');
  const before = file();
  const outcome = await session.engine.act('restart');
  expect(outcome).toMatchObject({ result: 'refused', problem: { kind: 'authorization.no-agent' } });
  expect(outcome.problem).toMatchObject({ command: expect.stringContaining('sudo systemctl restart docker.service') });
  expect(file()).toBe(before);
  await session.engine.close();
});
