// What the page can make happen, and what it cannot name.
import { expect, test } from 'vitest';
import { createHandlers } from '../../../electron/app/requests.ts';
import { ok } from '../../../electron/contract/problem.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { outcome, planned, snapshot, target } from '../../fakes/snapshot.ts';

function handlers(view = snapshot()) {
  const done: unknown[] = [];
  const engine = {
    get: () => view,
    plan: () => Promise.resolve(ok(planned())),
    apply: (change: unknown, request: unknown) =>
      Promise.resolve(done.push(['apply', change, request])).then(() => outcome()),
    choose: (endpoint: string) => Promise.resolve(ok((done.push(['choose', endpoint]), null))),
    holdTarget: (held: boolean) => done.push(['hold', held]),
  } as unknown as Engine;
  const made = createHandlers({
    engine,
    sandbox: { start: () => Promise.resolve(ok(null)), stop: () => Promise.resolve(ok(null)) },
    setPreferences: (change) => Promise.resolve(ok((done.push(['set', change]), null))),
    reveal: (path) => done.push(['reveal', path]),
    openAddress: (address) => Promise.resolve(void done.push(['open', address])),
    logPath: '/log',
    preferencesPath: '/preferences',
    patches: { read: () => Promise.resolve(ok(null)), write: () => Promise.resolve(ok(false)) },
    diagnostics: {
      make: () => ok('text'),
      copy: () => Promise.resolve(ok((done.push(['copy']), null))),
      save: () => Promise.resolve(ok((done.push(['save']), '/chosen'))),
    },
  });
  return { made, done };
}

test('the file that is revealed is the target’s, and the log is ours', async () => {
  const { made, done } = handlers();
  await made['config.reveal'](null);
  await made['log.reveal'](null);
  await made['preferences.reveal'](null);
  expect(done).toEqual([
    ['reveal', '/etc/docker/daemon.json'],
    ['reveal', '/log'],
    ['reveal', '/preferences'],
  ]);
});

test('without a file nothing is revealed', async () => {
  const { made, done } = handlers(snapshot({ target: target({ configPath: null }) }));
  expect(await made['config.reveal'](null)).toMatchObject({ ok: false });
  expect(done).toEqual([]);
});

test('diagnostics are asked for, never handed over', async () => {
  const { made, done } = handlers();
  expect(await made['diagnostics.make'](null)).toEqual({ ok: true, value: 'text' });
  await made['diagnostics.copy'](null);
  expect(await made['diagnostics.save'](null)).toEqual({ ok: true, value: '/chosen' });
  expect(done).toEqual([['copy'], ['save']]);
});

test('only a daemon that was found can be chosen', async () => {
  const { made, done } = handlers();
  expect(await made['target.choose']('tcp://evil.example.org:2375')).toMatchObject({
    ok: false,
    problem: { kind: 'endpoint.invalid' },
  });
  expect(done).toEqual([]);
  await made['target.choose']('unix:///var/run/docker.sock');
  expect(done).toEqual([['choose', 'unix:///var/run/docker.sock']]);
});

test('an apply hands over what was shown and accepted', async () => {
  const { made, done } = handlers();
  const change = { kind: 'text', text: '{}' } as const;
  expect(await made['config.apply']({ change, etag: 'e', accept: ['stops'] })).toEqual(ok(outcome()));
  expect(done).toEqual([['apply', change, { etag: 'e', accept: ['stops'] }]]);
});

test('an open draft holds the target', async () => {
  const { made, done } = handlers();
  await made['draft.open'](true);
  await made['draft.open'](false);
  expect(done).toEqual([
    ['hold', true],
    ['hold', false],
  ]);
});
