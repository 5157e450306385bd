// A daemon that crashes under systemd, as an ordinary user meets it: told before, followed, and put right.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindingKind } from '@contract/plan.ts';
import type { EngineView } from '@contract/snapshot.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession, type UserSession } from '../host/user-session.ts';
import { setting } from './open-sandbox.ts';

const names = ['api', 'db'];
let host: TestHost;
let session: UserSession;
beforeAll(async () => {
  host = await upHost({
    user: { groups: ['docker'] },
    daemonJson: '{}\n',
    containers: names.map((name) => ({ name, command: ['sleep', '2147483647'] })),
  });
  await unit('[Unit]', 'StartLimitIntervalSec=0', '[Service]', 'Restart=always', 'RestartSec=100ms');
  await asksEachTime();
  session = await openSession(host, 'right');
}, 120_000);
afterAll(() => endSessions(host, session));

async function unit(...lines: readonly string[]): Promise<void> {
  const folder = '/etc/systemd/system/docker.service.d';
  await host.say('sh', '-c', `mkdir -p ${folder}; printf '%s\\n' "$@" >${folder}/crash.conf`, 'sh', ...lines);
  await host.say('systemctl', 'daemon-reload');
}

const pids = (): Promise<readonly number[]> => Promise.all(names.map((name) => host.containerPid(name)));
const crash = (): Promise<string> => host.say('kill', '-KILL', String(session.engine.get().target.pid));
/** As for whoever does not sit at this computer: polkit keeps no answer. */
async function asksEachTime(): Promise<void> {
  const rule =
    'polkit.addRule(function (action) { if (action.id.indexOf("app.afloat.") === 0) return polkit.Result.AUTH_ADMIN; });';
  const folder = '/etc/polkit-1/rules.d';
  await host.say('sh', '-c', `mkdir -p ${folder}; echo "$0" >${folder}/10-each-time.rules; chmod 755 ${folder}`, rule);
  await host.say('systemctl', 'restart', 'polkit.service');
}

/** What is said of a next crash. */
const foretold = ({ findings }: EngineView): readonly FindingKind[] =>
  findings.flatMap(({ about }) => (about.kind === 'crash-would-stop' ? [about] : []));

async function comesBack(): Promise<EngineView> {
  const { pid } = session.engine.get().target;
  await crash();
  return session.engine.until((view) => view.engine.state === 'running' && view.target.pid !== pid);
}

/** By somebody else, by hand. */
async function turned(on: boolean): Promise<void> {
  await host.say('sh', '-c', 'printf %s "$0" >/etc/docker/daemon.json', JSON.stringify({ 'live-restore': on }));
  await host.say('systemctl', 'reload', 'docker.service');
}

test('a rehearsal stops nobody, though live restore is turned off while the password is asked for', async () => {
  const { engine } = session;
  await turned(true);
  await engine.until((view) => view.liveRestore.effective === true);
  const before = await pids();
  session.answer('held');
  const rehearsed = engine.drill();
  await engine.until(({ operation }) => operation.kind === 'running' && operation.step === 'authorizing');
  await turned(false);
  await engine.until((view) => view.liveRestore.effective === false);
  session.answer('right');
  expect(await rehearsed).toMatchObject({
    survived: null,
    outcome: { result: 'refused', problem: { kind: 'containers.endangered' } },
  });
  expect(await pids()).toEqual(before);
  expect(session.asked().map(({ action }) => action)).toEqual(['app.afloat.control']);
  await engine.until((view) => foretold(view).length === 1);
});

test('with live restore off it is said before whom a crash ends; afterwards they are named, and start again', async () => {
  const { engine } = session;
  expect(foretold(engine.get())).toMatchObject([{ containers: 2 }]);
  await comesBack();
  const { fallen } = await engine.until((view) => view.fallen !== null);
  expect(fallen?.containers.map(({ name }) => name).toSorted()).toEqual(names);
  expect(await pids()).toEqual([0, 0]);

  expect(await engine.startAgain()).toEqual({ ok: true, value: null });
  await engine.until((view) => view.fallen === null && view.containers?.counts.running === 2);
  expect(await pids()).not.toContain(0);
  // Nothing of all that takes an administrator.
  expect(session.asked()).toEqual([]);
});

test('with live restore on nothing is said before, and nothing happens', async () => {
  const { engine } = session;
  const before = await pids();
  expect(await engine.apply(setting(['live-restore', true]))).toMatchObject({ result: 'applied', effect: 'reload' });
  await engine.until((view) => foretold(view).length === 0);
  await comesBack();
  const { fallen } = await engine.until((view) => view.containers?.counts.running === 2);
  expect(fallen?.containers ?? []).toEqual([]);
  expect(await pids()).toEqual(before);
});

test.each([true, false])(
  'where systemd starts it no more, those that live on are saved by one start: kept on: %s',
  async (keep) => {
    const { engine } = session;
    await host.say('systemctl', 'reset-failed', 'docker.service');
    await unit('[Unit]', 'StartLimitIntervalSec=1h', 'StartLimitBurst=1', '[Service]', 'RestartSec=100ms');
    // The one start that there is, while live restore is still on.
    const { pid } = engine.get().target;
    await host.say('systemctl', 'restart', 'docker.service');
    await engine.until((view) => view.engine.state === 'running' && view.target.pid !== pid);
    expect(await engine.apply(setting(['live-restore', false]), ['stops'])).toMatchObject({ result: 'applied' });
    const before = await pids();
    await crash();
    const { rescue } = await engine.until(
      (view) =>
        view.rescue !== null &&
        view.findings.some(({ about }) => about.kind === 'doctor' && about.check === 'start-limit'),
    );
    expect(rescue).toMatchObject({ blocked: null, containers: names.map((name) => ({ name })) });
    session.asked();
    const outcome = await engine.rescue({ etag: rescue?.etag ?? null, keep });
    const file = keep ? 'new' : 'restored';
    expect(outcome).toMatchObject({ result: 'applied', problem: null, file, containers: { before: 2, kept: 2 } });
    expect(await pids()).toEqual(before);
    expect(session.asked().map(({ action }) => action)).toEqual(['app.afloat.control']);
  },
);
