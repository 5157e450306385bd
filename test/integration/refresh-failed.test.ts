// A refresh of a daemon that has failed looks at it once.
import { expect, test } from 'vitest';
import { createEngine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { afterwards, shortFolder, until } from './open-sandbox.ts';
import { startRealDaemon } from './real-daemon.ts';

test('one refresh is one examination', async () => {
  const daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process' });
  afterwards(() => daemon.dispose());
  const platform = createPlatform({ stateFolder: shortFolder() });
  let looks = 0;
  const engine = createEngine(
    {
      ...platform,
      machineLook: (...given) => {
        looks += 1;
        return platform.machineLook(...given);
      },
    },
    { host: daemon.endpoint, context: null, configFile: null, manager: null },
  );
  afterwards(() => engine.close());
  await engine.settled();
  await expect.poll(() => looks).toBe(1);
  await daemon.kill('SIGKILL');
  await until(engine, (view) => view.engine.state === 'failed' && view.outage !== null);
  // The look that its end led to begins in this moment; each waits for those before it.
  await engine.doctor();
  await engine.doctor();
  const before = looks;
  await engine.refresh();
  // The look that the refresh leads to comes when the connection has looked, too.
  await expect.poll(() => looks).toBeGreaterThan(before);
  await engine.doctor();
  expect(looks).toBe(before + 2);
});
