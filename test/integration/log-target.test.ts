// A container that logs to another container of its daemon: foretold, and what really becomes of it after a restart.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEngine, until, versions } from './open-sandbox.ts';

/** Takes one connection after another; nobody reads what comes. */
const sink = ['sh', '-c', 'while :; do nc -l -p 514 >/dev/null; done'];
const busy = `i=0; while :; do n=0; while [ $n -lt 100 ]; do n=$((n+1)); echo "${'x'.repeat(99)}"; done; sleep 0.1; done`;

test.each(versions)('%s: it runs on, but nobody reads its output any more', async (version) => {
  const address = 'tcp://127.0.0.1:5514';
  const { engine } = await openEngine(version, {
    config: '{"live-restore":true}',
    seeds: [
      {
        name: 'sink',
        command: sink,
        config: { ExposedPorts: { '514/tcp': {} } },
        hostConfig: { PortBindings: { '514/tcp': [{ HostIp: '127.0.0.1', HostPort: '5514' }] } },
      },
      {
        name: 'busy',
        command: ['sh', '-c', busy],
        hostConfig: { LogConfig: { Type: 'syslog', Config: { 'syslog-address': address } } },
      },
    ],
  });
  const plan = await engine.planVerb('restart');
  const foretold = plan.ok ? plan.value.containers.find(({ name }) => name === 'busy') : undefined;
  expect(foretold).toMatchObject({ verdict: 'interrupted' });
  expect(foretold?.reasons).toContainEqual({ kind: 'log-target-away', target: 'sink' });

  const outcome = await engine.act('restart', { accept: [] });
  expect(outcome).toMatchObject({ result: 'applied', containers: { before: 2, kept: 2 } });
  await until(engine, ({ engine: status }) => status.state === 'running');
  // The daemon is up and reads nothing: the writer comes to sleep in the kernel, and stays there.
  const pid = engine.get().containers?.list.find(({ name }) => name === 'busy')?.pid ?? 0;
  let asleep = 0;
  await expect
    .poll(
      () => {
        asleep = readFileSync(`/proc/${pid}/wchan`, 'utf8').includes('pipe_write') ? asleep + 1 : 0;
        return asleep;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBeGreaterThan(10);
});
