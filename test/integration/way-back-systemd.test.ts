// An ordinary user whose daemon systemd starts no more, by a file that was broken by hand: one question brings both back.
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isDown } from '@contract/down.ts';
import type { WayBack } from '@contract/history.ts';
import type { EngineView } from '@contract/snapshot.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession, type UserSession } from '../host/user-session.ts';

const config = '/etc/docker/daemon.json';
const worked = '{\n\t"live-restore": true,\n\t"debug": true\n}\n';
const broken = '{\n\t"live-restore": true,\n\t"debug": true,\n}\n';
const risky = '{\n\t"live-restore": true,\n\t"runtimes": { "strange": { "path": "/usr/bin/strange" } }\n}\n';

let host: TestHost;
let session: UserSession;
const file = (): string => readFileSync(host.path(config), 'utf8');
const actions = (): readonly string[] => session.asked().map(({ action }) => action);
const pid = (): Promise<number> => host.containerPid('web');

beforeAll(async () => {
  host = await upHost({
    user: { groups: ['docker'] },
    daemonJson: worked,
    containers: [{ name: 'web', command: ['sleep', '2147483647'] }],
  });
  session = await openSession(host, 'right', 'watchful');
}, 120_000);
afterAll(() => endSessions(host, session));

/** By somebody with an editor: the same file, with other bytes. */
const writes = (text: string): Promise<string> => host.say('sh', '-c', `printf %s "$0" >${config}`, text);

/** One drop-in of the unit; none where no lines are given. */
async function unit(...lines: readonly string[]): Promise<void> {
  const folder = '/etc/systemd/system/docker.service.d';
  await host.say('sh', '-c', `mkdir -p ${folder}; printf '%s\\n' "$@" >${folder}/test.conf`, 'sh', ...lines);
  await host.say('systemctl', 'daemon-reload');
}

/** Somebody starts the daemon with this file, and what alice's program saw of it is written down. */
async function runsWith(text: string): Promise<void> {
  const { pid: before } = session.engine.get().target;
  await writes(text);
  await host.say('systemctl', 'reset-failed', 'docker.service');
  await host.say('systemctl', 'restart', 'docker.service');
  await session.engine.until((view) => view.engine.state === 'running' && view.target.pid !== before);
  await session.engine.history();
}

const isAtLimit = ({ findings }: EngineView): boolean =>
  findings.some(({ about }) => about.kind === 'doctor' && about.check === 'start-limit');

/** The file is broken, the daemon crashes, and systemd tries until it gives up. */
async function breaks(): Promise<void> {
  await unit('[Unit]', 'StartLimitIntervalSec=1h', 'StartLimitBurst=2', '[Service]', 'RestartSec=100ms');
  await writes(broken);
  await host.say('kill', '-KILL', String(session.engine.get().target.pid));
  await session.engine.until((view) => isDown(view.engine) && isAtLimit(view) && view.config.state === 'unreadable');
  expect(await host.say('systemctl', 'is-failed', 'docker.service')).toBe('failed');
}

async function found(): Promise<WayBack> {
  const answer = await session.engine.wayBack();
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.value;
}

describe('with live restore on', () => {
  let before: number;
  beforeAll(async () => {
    await session.engine.history();
    before = await pid();
    await breaks();
  }, 60_000);
  beforeEach(() => void session.asked());

  test.each([
    ['dismiss', 'authorization.dismissed'],
    ['wrong', 'authorization.denied'],
  ] as const)('changes nothing when the question is answered %s', async (how, kind) => {
    const { version } = await found();
    session.answer(how);
    const outcome = await session.engine.goBack(version.id);
    expect(outcome).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind } });
    expect(file()).toBe(broken);
    expect(await host.say('systemctl', 'is-failed', 'docker.service')).toBe('failed');
    expect(session.asked()).toHaveLength(1);
  });

  test('one question brings the old bytes back and the daemon up, and the container runs on', async () => {
    const { version, plan, saves } = await found();
    expect(version.ran?.how).toBe('started');
    expect(plan).toMatchObject({ blocked: null, needs: [], text: { before: broken, after: worked } });
    expect(saves).toBeNull();
    session.answer('right');
    const outcome = await session.engine.goBack(version.id);
    expect(outcome).toMatchObject({
      verb: 'start',
      result: 'applied',
      file: 'new',
      problem: null,
      containers: { before: 1, kept: 1 },
    });
    expect(file()).toBe(worked);
    const { uid, gid, mode } = statSync(host.path(config));
    expect([uid, gid, mode & 0o777]).toEqual([0, 0, 0o644]);
    expect(await pid()).toBe(before);
    expect(await host.say('systemctl', 'is-active', 'docker.service')).toBe('active');
    // Of a file that cannot be read nobody knows what goes with it: never by an answer that was kept.
    expect(actions()).toEqual(['app.afloat.change']);
    await session.engine.until(({ engine }) => engine.state === 'running');
  });
});

test('an option that can run programs is named in the question that puts it back', async () => {
  await runsWith(risky);
  await breaks();
  session.asked();
  const outcome = await session.engine.goBack((await found()).version.id);
  expect(outcome).toMatchObject({ result: 'applied', problem: null, containers: { kept: 1 } });
  expect(file()).toBe(risky);
  const questions = session.asked();
  expect(questions.map(({ action }) => action)).toEqual(['app.afloat.change']);
  expect(questions[0]?.message).toContain('/usr/lib/afloat/afloat-change runtimes');
});

test('with live restore off it is on for that start alone, and the container runs on', async () => {
  // With the mark that an editor has put before it: every byte comes back.
  const text = '\uFEFF{\n\t"debug": true\n}\n';
  await runsWith(text);
  await host.api('POST', '/containers/web/start');
  const before = await pid();
  await session.engine.until((view) => view.containers?.counts.running === 1);
  await breaks();
  const { version, saves } = await found();
  expect(saves).toBe(1);
  session.asked();
  const outcome = await session.engine.goBack(version.id);
  expect(outcome).toMatchObject({ result: 'applied', file: 'new', problem: null, containers: { before: 1, kept: 1 } });
  expect(file()).toBe(text);
  expect(await pid()).toBe(before);
  expect(actions()).toEqual(['app.afloat.change']);
  await session.engine.until((view) => view.liveRestore.effective === false);
});

test('where it does not start for another reason, the file is as it was, and that is told', async () => {
  await host.api('POST', '/containers/web/kill');
  await session.engine.until((view) => view.containers?.counts.running === 0);
  await breaks();
  // A process that is there, and that the daemon takes for another one of its kind: no text could help.
  await host.say('sh', '-c', 'echo 1 >/run/docker.pid');
  const { version } = await found();
  session.asked();
  const outcome = await session.engine.goBack(version.id);
  expect(outcome).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
  expect(JSON.stringify(outcome.problem)).toContain('process with PID 1 is still running');
  expect(file()).toBe(broken);
  expect(actions()).toEqual(['app.afloat.change']);
  const view = await session.engine.until(({ operation }) => operation.kind === 'idle');
  expect(isDown(view.engine)).toBe(true);
  expect(view.config.state).toBe('unreadable');
});
