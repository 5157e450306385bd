// A writer fills its log pipe while the daemon is down: how full it is, when it blocks, and that enlarging frees it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LogPipes } from '@contract/outage.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { startRealDaemon, versions, type RealDaemon } from './real-daemon.ts';

const lineBytes = 100;
const burst = 20;
/** Numbered lines of 100 bytes, in bursts, about 15 to 40 kB a second; the number written last stands in a file. */
const writer = `pad=$(printf '%090d' 0); i=0
while :; do
  n=0
  while [ $n -lt ${burst} ]; do i=$((i+1)); n=$((n+1)); printf '%08d %s\\n' $i $pad; done
  echo $i >/tmp/written; sleep 0.05
done`;
const seeds = [
  { name: 'writer', command: ['sh', '-c', writer], hostConfig: { LogConfig: { Type: 'json-file' } } },
  { name: 'quiet', command: ['sleep', '3600'] },
];
let stateFolder: string;
let daemon: RealDaemon;
let engine: Engine;
afterEach(async () => {
  await engine.close();
  await daemon.dispose();
  rmSync(stateFolder, { recursive: true });
});

const pipesOf = (name: string): LogPipes | null =>
  engine.get().outage?.containers.find((one) => one.name === name)?.pipes ?? null;

function until<T>(pick: () => T | null): Promise<T> {
  return new Promise((resolve) => {
    const stop = engine.watch(() => {
      const picked = pick();
      if (picked === null) return;
      resolve(picked);
      queueMicrotask(() => stop());
    });
  });
}

const written = (pid: number): number =>
  Number(readFileSync(join('/proc', String(pid), 'root', 'tmp', 'written'), 'utf8').trim());

test.each(versions)('dockerd %s: fill, time to block, enlarging, and nothing is lost', async (version) => {
  stateFolder = mkdtempSync(join(tmpdir(), 'afp-'));
  daemon = await startRealDaemon({
    version,
    manager: 'bare-process',
    config: '{"live-restore":true}\n',
    containers: seeds,
  });
  const pid = await daemon.containerPid('writer');
  const { Id: id } = JSON.parse(await daemon.api('GET', '/containers/writer/json')) as { Id: string };
  const logged = (): number =>
    Number(
      readFileSync(join(daemon.folder, 'data', 'containers', id, `${id}-json.log`), 'utf8')
        .match(/\d{8} (?=0{90})/g)
        ?.at(-1),
    );
  engine = createEngine(createPlatform({ stateFolder }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
  });
  await engine.settled();
  engine.attend(true);
  await daemon.kill('SIGTERM');
  // What the daemon had taken out and logged; the rest went into the pipes.
  const before = logged();

  // Half full: what is foreseen is that so many bytes still fit, at the rate of the writer.
  const half = await until(() => {
    const now = pipesOf('writer');
    return now !== null && now.rate !== null && now.bytes > now.capacity * 0.3 ? now : null;
  });
  expect(half.blocked).toBe(false);
  const askedAt = Date.now();
  const foreseenMs = (half.blocksAt ?? 0) - askedAt;
  const writtenThen = written(pid);
  const full = await until(() => {
    const now = pipesOf('writer');
    return now?.blocked ? now : null;
  });
  // Nothing of the writer moves any more: what it had written by then is what fitted.
  const fitted = (written(pid) - before) * lineBytes;
  expect(Math.abs(full.bytes - fitted) / fitted).toBeLessThan(0.1);
  expect(Math.abs(full.bytes - full.capacity) / full.capacity).toBeLessThan(0.1);
  const foreseenBytes = (foreseenMs / 1000) * (half.rate ?? 0);
  const realBytes = (written(pid) - writtenThen) * lineBytes;
  expect(Math.abs(foreseenBytes - realBytes) / full.capacity).toBeLessThan(0.1);
  expect(pipesOf('quiet')).toMatchObject({ bytes: 0, blocked: false, blocksAt: null });
  expect(engine.get().outage).toMatchObject({ pressure: 'blocked', notMeasured: null });

  // Larger pipes, as far as this kernel lets root: it writes on at once.
  const report = await engine.pipes({ enlargeTo: 1024 * 1024 });
  expect(report.ok && report.value.containers.every(({ pipes }) => (pipes?.capacity ?? 0) > 2 * 65_536)).toBe(true);
  await until(() => (pipesOf('writer')?.blocked === false ? true : null));
  await until(() => ((pipesOf('writer')?.bytes ?? 0) > full.bytes ? true : null));

  await daemon.start();
  expect(await daemon.containerPid('writer')).toBe(pid);
  const last = written(pid);
  let numbers: readonly number[] = [];
  // The daemon empties the pipes in its own time.
  await expect
    .poll(async () => {
      const log = await daemon.api('GET', '/containers/writer/logs?stdout=1');
      numbers = [...log.matchAll(/(\d{8}) 0{90}\n/g)].map(([, number]) => Number(number));
      return numbers.at(-1);
    })
    .toBeGreaterThanOrEqual(last);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});
