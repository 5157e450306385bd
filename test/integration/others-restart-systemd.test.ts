// systemd restarts the daemon, asked or by itself after a crash: compared by whoever follows it.
import { afterAll, afterEach, expect, test } from 'vitest';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const counter = ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo "$i"; sleep 0.05; done'];
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

async function followed(liveRestore: boolean): Promise<{ readonly host: TestHost; readonly engine: EngineInside }> {
  const daemonJson = JSON.stringify({ 'live-restore': liveRestore });
  const host = await upHost({ containers: [{ name: 'counter', command: counter }], daemonJson });
  ending.push(() => host.down());
  const engine = await openEngineInside(host, 'watchful');
  ending.push(() => engine.close());
  await engine.until((view) => view.containers?.counts.running === 1);
  return { host, engine };
}

test('systemctl restart, with live restore: only lines that are late', async () => {
  const { host, engine } = await followed(true);
  await host.say('systemctl', 'restart', 'docker.service');
  const { othersRestart } = await engine.until((view) => view.othersRestart !== null);
  expect(othersRestart?.audit).toMatchObject({
    compared: 1,
    containers: [],
    orphans: [],
    logs: [{ name: 'counter', log: { kind: 'delayed' } }],
  });
});

test('a crash that systemd mends by itself, without live restore: who did not live through it', async () => {
  const { host, engine } = await followed(false);
  await host.say('kill', '-KILL', String(engine.get().target.pid));
  const { othersRestart } = await engine.until((view) => view.othersRestart !== null);
  expect(othersRestart?.audit.containers).toMatchObject([
    { name: 'counter', foretold: 'stops', deviations: [{ kind: 'ended' }] },
  ]);
});
