// The whole way on real daemons: a change is written, taken, proven; containers keep their processes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Change } from '../../electron/contract/change.ts';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { findEngine } from '../../electron/platform/find-engine.ts';
import { createSandbox, type Sandbox } from '../../electron/platform/sandbox-daemon.ts';

const ended: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function sandboxOf(version: string, config = '{}\n'): Promise<{ sandbox: Sandbox; engine: Engine }> {
  const engine = findEngine(process.env, version);
  if (!('found' in engine)) throw new Error(`missing: ${engine.missing.join(', ')}`);
  const parent = mkdtempSync(join(tmpdir(), 'afl-'));
  ended.push(() => rmSync(parent, { recursive: true, force: true }));
  const made = await createSandbox({ programs: engine.found, parent, config });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  ended.push(() => made.value.end());
  const platform = { ...createPlatform(), stateFolder: join(parent, 'state') };
  platform.adopt(made.value);
  const opened = createEngine(platform, { host: made.value.endpoint, context: null, configFile: null, manager: null });
  ended.push(() => opened.close());
  await opened.settled();
  return { sandbox: made.value, engine: opened };
}

const set = (...edits: [string, unknown][]): Change => ({
  kind: 'patch',
  patch: edits.map(([key, value]) => ({ path: [key], set: value as never })),
});

const etagOf = (engine: Engine): string | null => {
  const { config } = engine.get();
  return 'etag' in config ? config.etag : null;
};

describe.each(['20.10', '26.1', '28.5'])('on dockerd %s', (version) => {
  test('live restore is switched on by a reload, then a restart keeps every container', async () => {
    const { sandbox, engine } = await sandboxOf(version);
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
    const { engine } = await sandboxOf(version);
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
    const { sandbox, engine } = await sandboxOf(version, '{"debug": false}');
    const outcome = await engine.apply(
      set(['live-restore', true], ['bip', '10.9.0.0/24'], ['storage-driver', 'nope']),
      {
        etag: etagOf(engine),
        accept: ['start-fails', 'hides'],
      },
    );
    expect(outcome).toMatchObject({
      result: 'rolled-back',
      file: 'restored',
      problem: { kind: 'daemon.not-up' },
      containers: { before: 3, kept: 3 },
    });
    expect(outcome.log.join('\n')).toMatch(/nope|bip|network|driver not supported/);
    expect(readFileSync(sandbox.configPath, 'utf8')).toBe('{"debug": false}');
    expect(engine.get()).toMatchObject({ engine: { state: 'running' }, liveRestore: { effective: false, file: null } });
  });
});
