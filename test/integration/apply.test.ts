// The whole way on real daemons: a change is written, taken, proven; containers keep their processes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { etagOf, openEngine, setting as set, versions } from './open-sandbox.ts';
import { unforeseenEdits, unforeseenLine } from '../fakes/unforeseen.ts';

describe.each(versions)('on dockerd %s', (version) => {
  test('live restore is switched on by a reload, then a restart keeps every container', async () => {
    const { sandbox, engine } = await openEngine(version);
    const view = engine.get();
    expect(view.target.access).toEqual({ kind: 'proven' });
    expect(view).toMatchObject({
      engine: { state: 'running' },
      liveRestore: { effective: false, file: null, flag: null },
    });
    const applied = await engine.apply(set(['live-restore', true]), { etag: etagOf(engine), accept: [] });
    expect(applied).toMatchObject({
      result: 'applied',
      effect: 'reload',
      problem: null,
      containers: { before: 3, kept: 3 },
    });
    expect(applied.proof?.event).toMatch(/^\d{19}$/);
    expect(engine.get().liveRestore).toEqual({ effective: true, file: true, flag: null, blockedBy: null });
    expect(readFileSync(sandbox.configPath, 'utf8')).toBe('{\n  "live-restore": true\n}\n');

    const restarted = await engine.act('restart', { accept: [] });
    expect(restarted).toMatchObject({ result: 'applied', problem: null, containers: { before: 3, kept: 3 } });
    expect(restarted.proof?.pidAfter).not.toBe(restarted.proof?.pidBefore);
    expect(restarted.apiDowntimeMs).toBeGreaterThan(0);
  });

  test('live restore and MTU in one change: reload, then restart, nobody dies', async () => {
    const { engine } = await openEngine(version);
    const outcome = await engine.apply(set(['live-restore', true], ['mtu', 1400]), {
      etag: etagOf(engine),
      accept: [],
    });
    expect(outcome).toMatchObject({
      result: 'applied',
      effect: 'reload-then-restart',
      problem: null,
      containers: { before: 3, kept: 3 },
    });
  });

  test('a configuration that cannot start is rolled back; the daemon is up, memory and containers as before', async () => {
    const { sandbox, engine } = await openEngine(version, { config: '{"debug": false}' });
    const outcome = await engine.apply(set(['live-restore', true], ...unforeseenEdits), {
      etag: etagOf(engine),
      accept: ['start-fails', 'hides'],
    });
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      file: 'restored',
      problem: { kind: 'daemon.not-up' },
      containers: { before: 3, kept: 3 },
    });
    expect(outcome.apiDowntimeMs).toBeGreaterThan(0);
    expect(outcome.proof?.pidAfter).toBe(engine.get().target.pid);
    expect(outcome.log.join('\n')).toContain(unforeseenLine);
    expect(readFileSync(sandbox.configPath, 'utf8')).toBe('{"debug": false}');
    expect(engine.get()).toMatchObject({ engine: { state: 'running' }, liveRestore: { effective: false, file: null } });
  });
});
