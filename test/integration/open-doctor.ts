// The doctor at a real daemon of a test's own, and what he says of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { CheckId, DoctorAbout } from '@contract/doctor.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import type { Seed } from '../../electron/platform/sandbox-seed.ts';
import { startRealDaemon, type RealDaemon, type RealDaemonOptions } from './real-daemon.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

export type Visit = {
  readonly daemon: RealDaemon;
  /** What the doctor says now, of one check or of all. */
  said(check?: CheckId): Promise<readonly DoctorAbout[]>;
  /** A document of the daemon. */
  ask<T>(path: string): Promise<T>;
  /** Away and back, in good order. */
  restart(): Promise<void>;
  /** Resolves when the daemon was seen to run, with all that it has. */
  up(): Promise<void>;
};

/** A daemon with live restore on, and the doctor beside it; both end with the test. */
export async function openDoctor(
  options: Pick<RealDaemonOptions, 'version' | 'containers' | 'config' | 'flags'>,
): Promise<Visit> {
  const daemon = await startRealDaemon({ manager: 'bare-process', config: '{"live-restore":true}\n', ...options });
  ending.push(() => daemon.dispose());
  const stateFolder = mkdtempSync(join(tmpdir(), 'afx-'));
  const platform = createPlatform({ stateFolder });
  const engine = createEngine(platform, { host: daemon.endpoint, context: null, configFile: null, manager: null });
  ending.push(async () => {
    await engine.close();
    rmSync(stateFolder, { recursive: true });
  });
  await engine.settled();
  return {
    daemon,
    async said(check) {
      const found = await engine.doctor();
      return found.flatMap(({ about }) =>
        about.kind === 'doctor' && (check === undefined || about.check === check) ? [about] : [],
      );
    },
    ask: async <T>(path: string) => JSON.parse(await daemon.api('GET', path)) as T,
    up: () =>
      new Promise((resolve) => {
        const stop = engine.watch(({ engine: { state }, target }) => {
          if (state !== 'running' || target.pid !== daemon.pid()) return;
          resolve();
          queueMicrotask(() => stop());
        });
      }),
    async restart() {
      await daemon.kill('SIGTERM');
      await daemon.start();
    },
  };
}

export const sleeper = (name: string, more: Partial<Seed> = {}): Seed => ({
  name,
  command: ['sleep', '3600'],
  ...more,
});

/** Inner port 80 of a web server, published on one of the machine. */
export const webOn = (name: string, port: string, hostConfig: Seed['hostConfig'] = {}): Seed => ({
  name,
  command: ['httpd', '-f', '-p', '80', '-h', '/www'],
  config: { ExposedPorts: { '80/tcp': {} } },
  hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: port }] }, ...hostConfig },
});
