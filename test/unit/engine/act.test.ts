// The verbs on a daemon in memory: what becomes of the containers is told by what is seen, also where nobody answers.
import { expect, test } from 'vitest';
import { act } from '../../../electron/engine/act.ts';
import { createSteps } from '../../../electron/engine/steps.ts';
import { rescue } from '../../../electron/engine/rescue.ts';
import { startWith } from '../../../electron/engine/start-with.ts';
import { createModel } from '../../fakes/model-daemon.ts';

const silent = () =>
  createSteps(
    () => undefined,
    () => Promise.resolve(),
  );

test('a restart after which the daemon does not come up tells who ended with it', async () => {
  const model = createModel('{"bip":"x"}', ['web', 'db'], { startFailsOn: 'bip' });
  const site = model.site('{"bip":"x"}', 'restart', []);
  const prepared = await site.prepare({ kind: 'patch', patch: [] });
  if (!prepared.ok) throw new Error(prepared.problem.kind);
  const { plan, facts, containers } = prepared.value;
  const gathered = { plan, facts, containers, bytes: null, configPath: '', withPlugins: false };
  const result = await act(
    { ...site, prepareVerb: () => Promise.resolve({ ok: true, value: gathered }) },
    'restart',
    { accept: [] },
    silent(),
  );
  expect(result).toMatchObject({ result: 'failed', problem: { kind: 'daemon.not-up' } });
  expect(result.containers).toMatchObject({ before: 2, kept: 0, stopped: [{ name: 'web' }, { name: 'db' }] });
});

test('a rescue whose daemon does not come up tells who is gone meanwhile', async () => {
  const model = createModel('{"bip":"x"}', ['web', 'db'], { startFailsOn: 'bip' });
  model.crash();
  const site = model.site('{"bip":"x","live-restore":true}', 'none', []);
  const result = await rescue(
    {
      ...site,
      prepareRescue: () => site.prepare({ kind: 'patch', patch: [] }),
      lives: (pid) => Promise.resolve(pid === 1000),
    },
    { etag: 'etag:{"bip":"x"}', keep: true },
    silent(),
  );
  expect(result).toMatchObject({ result: 'failed', file: 'new', problem: { kind: 'daemon.not-up' } });
  expect(result.containers).toMatchObject({ before: 2, kept: 1, stopped: [{ name: 'db' }] });
});

test('a start with an earlier file that nobody lives through, and that fails, leaves the file as it was', async () => {
  const model = createModel('{"mtu":1}', ['web'], { startFailsOn: 'bip' });
  model.crash();
  const site = { ...model.site('{"bip":"x"}', 'none', []), lives: () => Promise.resolve(false) };
  const result = await startWith(
    site,
    {
      etag: 'etag:{"mtu":1}',
      accept: [],
      async prepare() {
        const prepared = await site.prepare({ kind: 'patch', patch: [] });
        return prepared.ok ? { ok: true, value: { ...prepared.value, lastly: null } } : prepared;
      },
    },
    silent(),
  );
  expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
  expect(model.file()).toBe('{"mtu":1}');
});
