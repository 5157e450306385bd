// The doctor on real daemons: silence for a healthy one, and problems that are made real one after the other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckId } from '@contract/doctor.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { startRealDaemon, type RealDaemon, type RealDaemonOptions } from './real-daemon.ts';

let stateFolder: string;
let daemon: RealDaemon;
let engine: Engine | null = null;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'afx-'));
});
afterEach(async () => {
  await engine?.close();
  await daemon.dispose();
  rmSync(stateFolder, { recursive: true });
});

async function open(options: Pick<RealDaemonOptions, 'version' | 'containers'>): Promise<void> {
  daemon = await startRealDaemon({ manager: 'bare-process', config: '{"live-restore":true}\n', ...options });
  engine = createEngine(createPlatform({ stateFolder }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
  });
  await engine.settled();
}

/** What the doctor says now, of one check or of all. */
async function said(check: CheckId | null = null): Promise<readonly unknown[]> {
  const found = (await engine?.doctor()) ?? [];
  return found
    .map(({ about }) => about)
    .filter((about) => about.kind === 'doctor' && (check === null || about.check === check));
}

const sleeper = { name: 'sleeper', command: ['sleep', '3600'] };

test('28.5: healthy, then without network, sending logs to itself, and without its port after a restart', async () => {
  const port = '18437';
  const web = {
    name: 'web',
    command: ['httpd', '-f', '-p', '80', '-h', '/www'],
    config: { ExposedPorts: { '80/tcp': {} } },
    hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: port }] } },
  };
  await open({ version: '28.5', containers: [web, sleeper] });
  expect(await said()).toEqual([]);

  await daemon.api('POST', '/networks/bridge/disconnect', { Container: 'sleeper' });
  await expect.poll(() => said('no-network')).toMatchObject([{ container: 'sleeper' }]);
  await daemon.api('POST', '/networks/bridge/connect', { Container: 'sleeper' });
  await expect.poll(() => said('no-network')).toEqual([]);

  await daemon.runContainer({
    name: 'app',
    command: ['sleep', '3600'],
    hostConfig: {
      LogConfig: { Type: 'fluentd', Config: { 'fluentd-address': `localhost:${port}`, 'fluentd-async': 'true' } },
    },
  });
  await expect.poll(() => said('own-log-target')).toMatchObject([{ container: 'app', target: 'web' }]);
  await daemon.api('DELETE', '/containers/app?force=1');

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

test('20.10: what its live restore does to --rm and to health checks', async () => {
  await open({
    version: '20.10',
    containers: [
      { ...sleeper, name: 'brief', hostConfig: { AutoRemove: true } },
      { ...sleeper, name: 'checked', config: { Healthcheck: { Test: ['CMD', 'true'], Interval: 3_600_000_000_000 } } },
    ],
  });
  expect(await said()).toMatchObject([
    { check: 'auto-remove', containers: ['brief'] },
    { check: 'health-checks', containers: ['checked'] },
  ]);
});
