// The harness itself: a real daemon of every version comes up, runs a container, survives a crash and leaves nothing.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isAlive, startRealDaemon, versions } from './real-daemon.ts';

const sleeper = { name: 'sleeper', command: ['sleep', '1000'] };

describe.each(versions)('dockerd %s', (version) => {
  test.each(['bare-process', 'sandbox'] as const)('as %s', async (manager) => {
    const starting = performance.now();
    const daemon = await startRealDaemon({ version, manager, config: '{"live-restore":true}', containers: [sleeper] });
    const firstMs = performance.now() - starting;
    try {
      const container = await daemon.containerPid('sleeper');
      expect(isAlive(container)).toBe(true);
      const before = daemon.pid();
      const began = performance.now();
      await daemon.kill('SIGKILL');
      await daemon.start();
      const took = performance.now() - began;
      expect(daemon.pid()).not.toBe(before);
      expect(await daemon.containerPid('sleeper')).toBe(container);
      // A left-over containerd that nobody reaped costs ten seconds more.
      expect(took).toBeLessThan(firstMs + 8_000);
      await daemon.dispose();
      expect(isAlive(container)).toBe(false);
      expect(existsSync(daemon.folder)).toBe(false);
    } finally {
      await daemon.dispose();
    }
  });
});
