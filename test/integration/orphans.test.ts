// The proof after a restart on a real daemon: everything as before; and a second copy that is found and ended by hand.
import { expect, test } from 'vitest';
import { etagOf, openEngine, setting } from './open-sandbox.ts';
import { isAlive } from './real-daemon.ts';

/** Ends when it is asked to, which a first process does only if it says so. */
const polite = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'];
const sleeper = { name: 'sleeper', command: polite, hostConfig: { RestartPolicy: { Name: 'always' } } };
const web = { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 };

test('after a restart every container is compared, and nothing runs that nobody manages', async () => {
  const { engine } = await openEngine('28.5', { config: '{"live-restore":true}', seeds: [sleeper, web] });
  const outcome = await engine.act('restart', { accept: [] });
  expect(outcome.result).toBe('applied');
  expect(outcome.audit).toEqual({
    compared: 2,
    containers: [],
    orphans: [],
    logs: [
      { id: expect.any(String) as string, name: 'web', log: { kind: 'none' } },
      { id: expect.any(String) as string, name: 'sleeper', log: { kind: 'none' } },
    ],
  });
  // The next estimate is this daemon's own.
  const plan = await engine.planVerb('restart');
  expect(plan.ok && plan.value.expectedGapMs).toBe(outcome.apiDowntimeMs);
});

test('a container that was started twice is found, and its first copy is ended by hand', async () => {
  const { engine } = await openEngine('28.5', { config: '{"live-restore":true}', seeds: [sleeper] });
  const first = engine.get().containers?.list[0]?.pid ?? 0;
  const outcome = await engine.apply(setting(['containerd-namespace', 'other']), {
    etag: etagOf(engine),
    accept: ['loses'],
  });
  expect(outcome.result).toBe('applied');
  const [orphan] = outcome.audit?.orphans ?? [];
  expect(orphan).toMatchObject({ kind: 'copy', pid: first, name: 'sleeper', command: polite.join(' ') });
  if (!orphan) throw new Error('no orphan');
  expect(engine.get().orphans).toEqual([orphan]);

  // Another process of that pid is none of ours.
  const other = await engine.endOrphan({ pid: orphan.pid, startTicks: '1' });
  expect(!other.ok && other.problem.kind).toBe('orphan.changed');
  expect(isAlive(first)).toBe(true);

  expect(await engine.endOrphan(orphan)).toEqual({ ok: true, value: null });
  expect(isAlive(first)).toBe(false);
  expect(isAlive(orphan.shim.pid)).toBe(false);
  expect(engine.get().orphans).toEqual([]);
  // The copy that the daemon manages runs on.
  expect(engine.get().containers?.list.map(({ state }) => state)).toEqual(['running']);
});
