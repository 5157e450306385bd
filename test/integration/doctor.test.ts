// The doctor on real daemons: silence for a healthy one, and problems that are made real one after the other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Seed } from '../../electron/platform/sandbox-seed.ts';
import { openDoctor, sleeper, webOn, type Visit } from './open-doctor.ts';
import { versions } from './real-daemon.ts';

/** Runs something for a moment, and waits for its end. */
async function aMoment({ daemon }: Visit): Promise<void> {
  await daemon.runContainer({ name: 'moment', command: ['sleep', '1'] });
  await daemon.api('POST', '/containers/moment/wait');
  await daemon.api('DELETE', '/containers/moment');
}

test('28.5: healthy, then without network, sending logs to itself, and without its port after a restart', async () => {
  const port = '18437';
  const { daemon, said } = await openDoctor({ version: '28.5', containers: [webOn('web', port), sleeper('sleeper')] });
  expect(await said()).toEqual([]);

  await daemon.api('POST', '/networks/bridge/disconnect', { Container: 'sleeper' });
  await expect.poll(() => said('no-network')).toMatchObject([{ container: 'sleeper' }]);
  await daemon.api('POST', '/networks/bridge/connect', { Container: 'sleeper' });
  await expect.poll(() => said('no-network')).toEqual([]);

  await daemon.runContainer(
    sleeper('app', {
      hostConfig: { LogConfig: { Type: 'fluentd', Config: { 'fluentd-address': `localhost:${port}` } } },
    }),
  );
  await expect.poll(() => said('own-log-target')).toMatchObject([{ container: 'app', target: 'web' }]);
  for (const name of ['web', 'app']) {
    await daemon.api('POST', `/containers/${name}/kill`);
    await daemon.api('POST', `/containers/${name}/wait`);
  }
  await expect(daemon.api('POST', '/containers/app/start')).rejects.toThrow(/initialize logging driver/);
  await daemon.api('DELETE', '/containers/app?force=1');
  await daemon.api('POST', '/containers/web/start');

  // Somebody takes the port while the daemon is away.
  await daemon.kill('SIGTERM');
  const thief = spawn(
    'nsenter',
    [`--net=/proc/${daemon.networkPid}/ns/net`, '--', daemon.programs.busybox, 'httpd', '-f', '-p', port],
    { stdio: 'ignore' },
  );
  await once(thief, 'spawn');
  try {
    await daemon.start();
    await expect
      .poll(() => said('ports-not-restored'), { timeout: 20_000 })
      .toMatchObject([{ container: 'web', ports: ['80/tcp'] }]);
  } finally {
    thief.kill('SIGKILL');
  }
});

test('20.10: what its live restore does to --rm, to health checks and to mounted volumes', async () => {
  const often = { Healthcheck: { Test: ['CMD', 'true'], Interval: 100_000_000 } };
  const shared = { Binds: ['shared:/shared'] };
  const visit = await openDoctor({ version: '20.10' });
  const { daemon, said, ask } = visit;
  await daemon.api('POST', '/volumes/create', { Name: 'shared', DriverOpts: { type: 'tmpfs', device: 'tmpfs' } });
  await daemon.runContainer(sleeper('brief', { hostConfig: { AutoRemove: true } }));
  await daemon.runContainer(sleeper('checked', { config: often }));
  const writes = ['sh', '-c', 'echo >/shared/file; exec sleep 3600'];
  await daemon.runContainer({ name: 'writer', command: writes, hostConfig: shared });
  await expect
    .poll(() => said())
    .toMatchObject([
      { check: 'volume-unmounted', volumes: ['shared'] },
      { check: 'auto-remove', containers: ['brief'] },
      { check: 'health-checks', containers: ['checked'] },
    ]);
  const health = async (): Promise<unknown> =>
    (await ask<{ State: { Health: unknown } }>('/containers/checked/json')).State.Health;
  await expect.poll(health).toMatchObject({ Status: 'healthy' });
  const finds = async (name: string): Promise<unknown> => {
    await daemon.runContainer({ name, command: ['cat', '/shared/file'], hostConfig: shared });
    return JSON.parse(await daemon.api('POST', `/containers/${name}/wait`)) as unknown;
  };
  expect(await finds('early')).toMatchObject({ StatusCode: 0 });

  await visit.restart();
  await expect(daemon.api('GET', '/containers/brief/json')).rejects.toThrow(/404/);
  const before = await health();
  await aMoment(visit);
  // Nobody looks after it any more, and it is said to be healthy for ever.
  expect(await health()).toEqual(before);
  expect(before).toMatchObject({ Status: 'healthy' });
  expect(await finds('late')).toMatchObject({ StatusCode: 1 });
  // What is told against it helps.
  for (const verb of ['pause', 'unpause']) await daemon.api('POST', `/containers/checked/${verb}`);
  await expect.poll(health).not.toEqual(before);
});

test.each(['26.1', '28.5'] as const)(
  '%s: health begins again at starting, also of one that was unhealthy',
  async (version) => {
    const visit = await openDoctor({ version });
    const { daemon, ask } = visit;
    // Between two checks there is time to look; the start period is over long before the restart.
    const rarely = { Test: ['CMD', 'false'], Interval: 2_000_000_000, Retries: 1, StartPeriod: 1_000_000_000 };
    await daemon.runContainer(sleeper('ill', { config: { Healthcheck: rarely } }));
    const health = async (): Promise<string> =>
      (await ask<{ State: { Health: { Status: string } } }>('/containers/ill/json')).State.Health.Status;
    await expect.poll(health, { timeout: 10_000 }).toBe('unhealthy');
    await visit.restart();
    expect(await health()).toBe('starting');
    await expect.poll(health, { timeout: 10_000 }).toBe('unhealthy');
  },
);

test.each(versions)('%s: many kinds of healthy containers get silence, before and after a restart', async (version) => {
  const visit = await openDoctor({ version });
  const { daemon, said } = visit;
  const { Id: own } = JSON.parse(await daemon.api('POST', '/networks/create', { Name: 'own' })) as { Id: string };
  await daemon.api('POST', '/networks/create', { Name: 'inner', Internal: true });
  await daemon.api('POST', '/volumes/create', { Name: 'plain' });
  const kinds: readonly Seed[] = [
    webOn('web', '18439'),
    sleeper('always', { hostConfig: { RestartPolicy: { Name: 'always' } } }),
    ...['own', own, 'inner', 'host', 'none', 'container:always'].map((NetworkMode, i) =>
      sleeper(`in-${i}`, { hostConfig: { NetworkMode, Binds: ['plain:/plain', '/tmp:/ours:ro'] } }),
    ),
    { name: 'failed', command: ['sh', '-c', 'exit 3'] },
  ];
  for (const one of kinds) await daemon.runContainer(one);
  await daemon.api('POST', '/containers/in-0/pause');
  await expect.poll(() => said()).toEqual([]);
  await visit.restart();
  await visit.up();
  expect(await said()).toEqual([]);
});
