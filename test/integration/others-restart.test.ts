// Restarts that somebody else does, on real daemons: compared with what was last seen, kept in the history, and told.
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EngineView } from '../../electron/contract/snapshot.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import type { Seed } from '../../electron/platform/sandbox-seed.ts';
import { webOn } from './open-doctor.ts';
import { afterwards, shortFolder, until } from './open-sandbox.ts';
import { startRealDaemon, versions, type RealDaemon, type Version } from './real-daemon.ts';

const counter = ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo "$i"; sleep 0.05; done'];
const seeds = [
  { name: 'counter', command: counter, hostConfig: { LogConfig: { Type: 'json-file' } } },
  { name: 'always', command: ['sleep', '3600'], hostConfig: { RestartPolicy: { Name: 'always' } } },
];

async function followed(
  version: Version,
  config: string,
  containers: readonly Seed[] = seeds,
): Promise<{ daemon: RealDaemon; engine: Engine }> {
  const daemon = await startRealDaemon({ version, manager: 'bare-process', config, containers });
  afterwards(() => daemon.dispose());
  const engine = createEngine(createPlatform({ stateFolder: shortFolder() }), {
    host: daemon.endpoint,
    context: null,
    configFile: null,
    manager: null,
    watchful: true,
  });
  afterwards(() => engine.close());
  await engine.settled();
  await until(engine, (view) => view.containers?.list.length === containers.length);
  return { daemon, engine };
}

/** Ends it, starts it again by hand, and waits for what came of that. */
async function restartedByHand(
  { daemon, engine }: Awaited<ReturnType<typeof followed>>,
  signal: 'SIGKILL' | 'SIGTERM',
) {
  await daemon.kill(signal);
  await daemon.start();
  const { othersRestart } = await until(engine, (view: EngineView) => view.othersRestart !== null);
  if (othersRestart === null) throw new Error('never');
  const past = await engine.history();
  const entry = past.ok ? past.value.entries.find(({ kind }) => kind === 'audit') : undefined;
  return { othersRestart, entry };
}

test.each(versions.flatMap((version) => (['SIGKILL', 'SIGTERM'] as const).map((signal) => ({ version, signal }))))(
  '$version, live restore on, $signal: nothing but lines that are late',
  async ({ version, signal }) => {
    const both = await followed(version, '{"live-restore":true}\n');
    const { othersRestart, entry } = await restartedByHand(both, signal);
    const { audit, awayMs, at } = othersRestart;
    expect(audit).toMatchObject({ compared: 2, containers: [], orphans: [] });
    expect(audit.logs.map(({ name, log }) => `${name}: ${log.kind}`).toSorted()).toEqual([
      'always: none',
      'counter: delayed',
    ]);
    expect(awayMs).toBeGreaterThan(0);
    // One that hangs up before it ends is seen from the first moment on: the next estimate goes by it.
    const plan = await both.engine.planVerb('restart');
    const isSeenWhole = signal === 'SIGTERM' && version !== '20.10';
    expect(plan.ok && plan.value.expectedGapMs === awayMs).toBe(isSeenWhole);
    expect(entry).toMatchObject({ at, compared: 2, changed: [], orphans: [], logs: [{ name: 'counter' }] });
  },
);

test.each(versions.flatMap((version) => (['SIGKILL', 'SIGTERM'] as const).map((signal) => ({ version, signal }))))(
  '$version, live restore off, $signal: who ended, and who was started again',
  async ({ version, signal }) => {
    const both = await followed(version, '{}\n');
    const { othersRestart, entry } = await restartedByHand(both, signal);
    const kinds = othersRestart.audit.containers.map(
      ({ name, foretold, deviations }) => `${name}: ${foretold}, ${deviations[0]?.kind}`,
    );
    expect(kinds.toSorted()).toEqual(['always: stops, new-process', 'counter: stops, ended']);
    // The starting daemon reads what outlived a crash before it stops it.
    const logs = othersRestart.audit.logs.map(({ name, log }) => `${name}: ${log.kind}`).toSorted();
    expect(logs).toEqual(['always: none', signal === 'SIGKILL' ? 'counter: delayed' : 'counter: none']);
    expect(entry).toMatchObject({ kind: 'audit', compared: 2 });
    expect(both.engine.get().fallen?.containers.map(({ name }) => name)).toEqual(['counter']);
  },
);

test.each(versions)('%s: who was stopped on purpose right before the daemon did not end with it', async (version) => {
  const names = ['web', 'api', 'db'];
  const sleepers = names.map((name) => ({ name, command: ['sleep', '3600'] }));
  const both = await followed(version, '{}\n', sleepers);
  await Promise.all(names.map((name) => both.daemon.api('POST', `/containers/${name}/stop`)));
  const { othersRestart } = await restartedByHand(both, 'SIGTERM');
  expect(othersRestart.audit).toMatchObject({ compared: 0, containers: [] });
  expect(both.engine.get().fallen).toBeNull();
  const past = await both.engine.history();
  const told = past.ok ? past.value.entries.filter(({ kind }) => kind === 'daemon') : [];
  expect(told).not.toEqual([]);
  for (const entry of told) expect(entry).toMatchObject({ ended: [] });
});

test('a restart of ours is not one by others, and a start by hand after a stop of ours is', async () => {
  const { daemon, engine } = await followed('28.5', '{"live-restore":true}\n');
  expect((await engine.act('restart', { accept: [] })).result).toBe('applied');
  expect((await engine.act('stop', { accept: [] })).result).toBe('applied');
  expect(engine.get().othersRestart).toBeNull();
  const ended = engine.get();
  expect(ended.outage?.containers).toHaveLength(2);
  await daemon.start();
  const { othersRestart } = await until(engine, (view) => view.othersRestart !== null);
  expect(othersRestart?.audit).toMatchObject({ compared: 2, containers: [], orphans: [] });
});

test.each(versions)(
  '%s: what a container is connected to is followed, so that it is no surprise later',
  async (version) => {
    const { daemon, engine } = await followed(version, '{"live-restore":true}\n');
    const networks = ({ containers }: EngineView): readonly string[] =>
      containers?.list.find(({ name }) => name === 'counter')?.details?.networks.map(({ name }) => name) ?? [];
    await daemon.api('POST', '/networks/create', { Name: 'late' });
    await daemon.api('POST', '/networks/late/connect', { Container: 'counter' });
    await until(engine, (view) => networks(view).includes('late'));
    await daemon.api('POST', '/networks/late/disconnect', { Container: 'counter' });
    await until(engine, (view) => !networks(view).includes('late'));
  },
);

test('an option that somebody changed under it: who is hidden is told', async () => {
  const both = await followed('28.5', '{"live-restore":true}\n');
  const { daemon } = both;
  writeFileSync(daemon.configPath, '{"live-restore":true,"storage-driver":"vfs"}\n');
  const { othersRestart } = await restartedByHand(both, 'SIGTERM');
  expect(othersRestart.audit.containers.map(({ deviations }) => deviations[0]?.kind)).toEqual(['unknown', 'unknown']);
  expect(othersRestart.audit.orphans.map(({ name }) => name).toSorted()).toEqual(['always', 'counter']);
});

/** Runs the first time; later it fails that often before it runs again, as one that waits for a lock or a database does. */
const failing = (name: string, port: string, times: number): Seed => {
  const web = webOn(name, port, { RestartPolicy: { Name: 'always' } });
  const fails = `echo >>/tries; n=$(wc -l </tries); [ $n -gt 1 ] && [ $n -le ${times + 1} ] && exit 1`;
  return { ...web, command: ['sh', '-c', `${fails}; exec ${web.command.join(' ')}`] };
};

test.each(versions)(
  '%s: a container between two tries of its restart policy is waited for, one that never runs is named',
  async (version) => {
    const often = [failing('late', '18561', 4), failing('never', '18562', 10_000)];
    const { othersRestart } = await restartedByHand(await followed(version, '{}\n', often), 'SIGTERM');
    const found = Object.fromEntries(
      othersRestart?.audit.containers.map(({ name, deviations }) => [name, deviations.map(({ kind }) => kind)]) ?? [],
    );
    expect(found['late']).toEqual(expect.arrayContaining(['new-process', 'restarted']));
    expect(found['late']).not.toContain('port-gone');
    expect(found['never']).toEqual(['keeps-ending']);
  },
);
