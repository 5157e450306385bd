// Who ended with the daemon, for a user who may not ask it: root finds them, and starts them again and nobody else.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StatusDocument } from '@contract/privileged.ts';
import type { EngineView } from '@contract/snapshot.ts';
import { upHost, type TestHost } from '../host/test-host.ts';
import { endSessions, openSession, type UserSession } from '../host/user-session.ts';

/** In the order of their starts. */
const names = ['web', 'api', 'before', 'after'];
let host: TestHost;
let session: UserSession;
beforeAll(async () => {
  const containers = names.map((name) => ({ name, command: ['sleep', '2147483647'] }));
  host = await upHost({ user: {}, daemonJson: '{}\n', containers });
  // However often it crashes here.
  const folder = '/etc/systemd/system/docker.service.d';
  const often = `mkdir -p ${folder}; printf '[Unit]\\nStartLimitIntervalSec=0\\n' >${folder}/often.conf`;
  await host.say('/bin/sh', '-c', `${often}; systemctl daemon-reload`);
  session = await openSession(host, 'right');
}, 120_000);
afterAll(() => endSessions(host, session));

const actions = (): readonly string[] => session.asked().map(({ action }) => action);
const runs = async (name: string): Promise<boolean> => (await host.containerPid(name)) > 0;
const idOf = async (name: string): Promise<string> =>
  (JSON.parse(await host.api('GET', `/containers/${name}/json`)) as { readonly Id: string }).Id;
async function end(name: string): Promise<void> {
  await host.api('POST', `/containers/${name}/kill`);
  await host.api('POST', `/containers/${name}/wait`);
}

/** The daemon dies and systemd starts it again, or somebody restarts it. */
async function goes(how: 'crash' | 'restart'): Promise<void> {
  const { pid } = session.engine.get().target;
  if (how === 'crash') await host.say('kill', '-KILL', String(pid));
  else await host.say('systemctl', 'restart', 'docker.service');
  await session.engine.until(({ target, engine }) => ![pid, null].includes(target.pid) && engine.state === 'denied');
}

async function look(): Promise<EngineView> {
  expect(await session.engine.look()).toEqual({ ok: true, value: null });
  return session.engine.get();
}

/** As root, without polkit and its question. */
async function ask(request: object): Promise<StatusDocument> {
  writeFileSync(join(host.folder, 'shared', 'notes', 'request'), `${JSON.stringify(request)}\n`);
  const said = await host.say(
    '/bin/sh',
    '-c',
    '/usr/lib/afloat/afloat-privileged control </opt/afloat/notes/request | grep "^{.document"',
  );
  return (JSON.parse(said) as { readonly document: StatusDocument }).document;
}

test('those that ended with the daemon are told, and started again behind one question', async () => {
  expect(session.engine.get()).toMatchObject({ engine: { state: 'denied' }, fallen: null });
  await end('before');
  await goes('crash');
  // Neither did this one end with the daemon: it ran under the new one.
  await host.api('POST', '/containers/after/start');
  await end('after');

  const [{ fallen }] = await Promise.all([look(), look()]);
  expect(fallen?.containers.map(({ name }) => name)).toEqual(['web', 'api']);
  expect(actions()).toEqual(['app.afloat.look']);
  session.answer('dismiss');
  expect(await session.engine.startAgain()).toMatchObject({
    ok: false,
    problem: { kind: 'authorization.dismissed' },
  });
  session.answer('right');
  // However often it is clicked meanwhile.
  const twice = await Promise.all([session.engine.startAgain(), session.engine.startAgain()]);
  expect(twice).toEqual([1, 2].map(() => ({ ok: true, value: null })));
  expect(actions()).toEqual(['app.afloat.control', 'app.afloat.control']);
  expect(session.engine.get()).toMatchObject({ fallen: null, containers: { counts: { running: 2 } } });
  expect(await Promise.all(names.map(runs))).toEqual([true, true, false, false]);
});

test('root starts nobody of whom it does not find that they ended with the daemon', async () => {
  await goes('restart');
  const [web, before] = await Promise.all([idOf('web'), idOf('before')]);
  for (const id of [before, 'ab'.repeat(32)]) {
    const document = await ask({ version: 1, verb: 'start-again', containers: [web, id] });
    expect(document.problem).toEqual({ kind: 'containers.not-fallen', ids: [id] });
  }
  expect(await Promise.all(names.map(runs))).toEqual([false, false, false, false]);
  // Who runs already was started by somebody else meanwhile, which is what was wanted.
  await host.api('POST', '/containers/api/start');
  const document = await ask({ version: 1, verb: 'start-again', containers: [await idOf('api'), web] });
  expect([document.problem, document.view?.fallen]).toEqual([null, null]);
  expect(await Promise.all(names.map(runs))).toEqual([true, true, false, false]);
});

test('who lived on and was stopped afterwards did not end with it', async () => {
  await host.say('/bin/sh', '-c', `echo '{"live-restore":true}' >/etc/docker/daemon.json; systemctl reload docker`);
  await goes('crash');
  await end('web');
  expect((await look()).fallen).toBeNull();
  expect(await runs('api')).toBe(true);
});
