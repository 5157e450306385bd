// The doctor on daemons whose containers are not what they should be: without their process, their shim, or a start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runningShims } from '../../electron/platform/shims.ts';
import { openDoctor, sleeper, webOn, type Visit } from './open-doctor.ts';
import { isAlive } from './real-daemon.ts';

async function shimOf({ ask }: Visit, name: string): Promise<number> {
  const { Id: id } = await ask<{ Id: string }>(`/containers/${name}/json`);
  return runningShims(0).find((shim) => shim.id === id)?.pid ?? 0;
}

test('a process that is gone without a word, and a shim that is', async () => {
  const visit = await openDoctor({ version: '28.5', containers: [sleeper('ghost'), sleeper('held'), sleeper('well')] });
  const { daemon, said } = visit;
  expect(await said()).toEqual([]);

  // Its shim is the one who would tell of its end.
  const teller = await shimOf(visit, 'ghost');
  const ghost = await daemon.containerPid('ghost');
  process.kill(teller, 'SIGSTOP');
  process.kill(ghost, 'SIGKILL');
  await expect.poll(() => isAlive(ghost)).toBe(false);
  expect(await said()).toMatchObject([{ check: 'ghost-process', container: 'ghost', pid: ghost }]);
  process.kill(teller, 'SIGCONT');
  await daemon.api('POST', '/containers/ghost/wait');
  await expect.poll(() => said()).toEqual([]);

  // containerd is the one who would see that a shim ends.
  const containerd = Number(readFileSync(join(daemon.folder, 'exec', 'containerd', 'containerd.pid'), 'utf8'));
  const shim = await shimOf(visit, 'held');
  const held = await daemon.containerPid('held');
  process.kill(containerd, 'SIGSTOP');
  process.kill(shim, 'SIGKILL');
  await expect.poll(() => isAlive(shim)).toBe(false);
  expect(await said()).toMatchObject([{ check: 'shim-missing', container: 'held' }]);
  expect(isAlive(held)).toBe(true);
  process.kill(containerd, 'SIGCONT');
  await daemon.api('POST', '/containers/held/wait');
  await expect.poll(() => said()).toEqual([]);
});

test('a container that should always run, and whose port was taken when the daemon started it again', async () => {
  const port = '18438';
  const always = webOn('web', port, { RestartPolicy: { Name: 'always' } });
  const { daemon, said } = await openDoctor({ version: '28.5', config: '{}\n', containers: [always, sleeper('well')] });
  await daemon.kill('SIGTERM');
  const inside = [`--net=/proc/${daemon.networkPid}/ns/net`, '--', daemon.programs.busybox];
  const thief = spawn('nsenter', [...inside, 'httpd', '-f', '-p', port], { stdio: 'ignore' });
  await once(thief, 'spawn');
  const gone = once(thief, 'exit');
  try {
    await daemon.start();
    await expect
      .poll(() => said(), { timeout: 20_000 })
      .toMatchObject([
        { check: 'start-failed', container: 'web', error: expect.stringContaining('address already in use') },
      ]);
  } finally {
    thief.kill('SIGKILL');
  }
  await gone;
  await daemon.api('POST', '/containers/web/start');
  await expect.poll(() => said()).toEqual([]);
});
