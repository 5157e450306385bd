// The doctor on a machine with a real systemd: a unit that is bad for containers, and one that systemd has given up.
import { afterAll, afterEach, expect, test } from 'vitest';
import type { EngineView } from '@contract/snapshot.ts';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

async function hostWith(dropIn: readonly string[]): Promise<TestHost> {
  const host = await upHost({ containers: [{ name: 'db', command: ['sleep', '2147483647'] }] });
  ending.push(() => host.down());
  const script =
    'cd /etc/systemd/system && mkdir docker.service.d && printf "%s\\n" "$@" >docker.service.d/test.conf && systemctl daemon-reload';
  if (dropIn.length > 0) await host.say('sh', '-c', script, 'sh', ...dropIn);
  return host;
}

async function engineOn(host: TestHost): Promise<EngineInside> {
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  return engine;
}

const checksIn = (view: EngineView): readonly string[] =>
  view.findings.flatMap(({ about }) => (about.kind === 'doctor' ? [about.check] : []));

test('a unit as it is packaged gets silence; one with mounts of its own and bound to containerd does not', async () => {
  const host = await hostWith([]);
  const healthy = await engineOn(host);
  await healthy.refresh();
  expect(checksIn(healthy.get())).toEqual([]);
  await host.say(
    'sh',
    '-c',
    'mkdir -p /etc/systemd/system/docker.service.d && printf "%s\\n" "[Unit]" "BindsTo=containerd.service" "[Service]" "MountFlags=slave" >/etc/systemd/system/docker.service.d/test.conf && systemctl daemon-reload',
  );
  await healthy.refresh();
  await healthy.until((view) => checksIn(view).join() === 'mount-flags,containerd-bound');
});

test('a unit that systemd has given up is told, with the way out, and Start daemon takes it', async () => {
  const host = await hostWith(['[Service]', 'Restart=no']);
  const engine = await engineOn(host);
  // Good restarts count too: three a minute are all.
  for (let i = 0; i < 5; i += 1) await host.exec(['systemctl', 'restart', 'docker.service']);
  await engine.until((view) => checksIn(view).includes('start-limit'));
  const started = await engine.act('start', ['stops']);
  expect(started.result).toBe('applied');
  await engine.until((view) => view.engine.state === 'running' && checksIn(view).length === 0);
});
