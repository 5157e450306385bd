// A newer package beside a real daemon: told in the view of whoever watches, with the containers in the order of their start.
import { expect, test } from 'vitest';
import type { PackageFacts } from '../../electron/contract/upgrade.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { afterwards, shortFolder } from './open-sandbox.ts';
import { startRealDaemon } from './real-daemon.ts';

const newer: PackageFacts = {
  manager: 'apt',
  name: 'docker-ce',
  installed: '5:28.5.2-1',
  candidate: '5:29.1.0-1',
  held: false,
  byItself: [],
};

test('a release that skips others is told with the way, and asked for once', { timeout: 60_000 }, async () => {
  const command = ['sleep', '3600'];
  const daemon = await startRealDaemon({
    version: '28.5',
    manager: 'bare-process',
    containers: ['web', 'db'].map((name) => ({ name, command })),
  });
  afterwards(() => daemon.dispose());
  let asked = 0;
  const packageFacts = () => {
    asked += 1;
    return Promise.resolve(newer);
  };
  const engine = createEngine(
    { ...createPlatform({ stateFolder: shortFolder() }), packageFacts },
    { host: daemon.endpoint, context: null, configFile: null, manager: null, watchful: true },
  );
  afterwards(() => engine.close());
  await engine.settled();
  await expect.poll(() => engine.get().upgrade, { timeout: 20_000 }).toMatchObject({ verdict: 'skips' });
  await expect.poll(() => engine.get().upgrade?.containers.map(({ name }) => name)).toEqual(['web', 'db']);
  expect(engine.get().upgrade?.steps.map((step) => step.command)).toEqual([
    String.raw`printf '%s\n' web db > running-set.txt`,
    `docker -H ${daemon.endpoint} stop db web`,
    'sudo apt-get install --only-upgrade docker-ce',
    `docker -H ${daemon.endpoint} start web db`,
  ]);
  await engine.refresh();
  expect(asked).toBe(1);
  expect(await engine.upgrade()).toEqual(engine.get().upgrade);
});
