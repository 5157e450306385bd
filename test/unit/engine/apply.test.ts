// The transaction on a daemon in memory: which step fails, and what state is left.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, Patch } from '../../../electron/contract/change.ts';
import type { Effect } from '../../../electron/contract/plan.ts';
import type { Outcome } from '../../../electron/contract/outcome.ts';
import { apply } from '../../../electron/engine/apply.ts';
import { createSteps } from '../../../electron/engine/steps.ts';
import { bytesOf, container, createModel, etagOf } from '../../fakes/model-daemon.ts';

// The clock of the tests below rules these, too.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => globalThis.setTimeout(resolve, ms)),
}));

const change: Change = { kind: 'patch', patch: [] };
const silent = () =>
  createSteps(
    () => undefined,
    () => Promise.resolve(),
  );
const liveRestoreOn: Patch = [{ path: ['live-restore'], set: true }];
const on = '{"live-restore":true}';

async function run(
  model: ReturnType<typeof createModel>,
  after: string,
  effect: Effect,
  patch: Patch,
): Promise<Outcome> {
  const before = model.file();
  const etag = before === null ? null : etagOf(bytesOf(before));
  return apply(model.site(after, effect, patch), { change, etag, accept: [] }, silent());
}

describe('apply', () => {
  test('switches live restore on by a reload, with the daemon’s own receipt', async () => {
    const model = createModel('{}', ['web', 'db']);
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({
      result: 'applied',
      file: 'new',
      effect: 'reload',
      history: 'backup-1',
      problem: null,
    });
    expect(result.proof).toMatchObject({
      event: '1',
      info: [{ key: 'live-restore', value: 'true' }],
      pidBefore: 100,
      pidAfter: 100,
    });
    expect(result.containers).toMatchObject({ before: 2, kept: 2 });
    expect(model.memory().liveRestore).toBe(true);
    expect(model.journaled()).toBeNull();
    expect(result.timings.map(({ step }) => step)).toEqual([
      'locking',
      'planning',
      'checking',
      'backing-up',
      'writing',
      'reloading',
    ]);
  });

  test('live restore and an option that needs a restart: reload first, then restart, nobody dies', async () => {
    const model = createModel('{}', ['web']);
    const result = await run(model, '{"live-restore":true,"mtu":1400}', 'reload-then-restart', liveRestoreOn);
    expect(result).toMatchObject({ result: 'applied', containers: { kept: 1 } });
    expect(result.proof?.pidAfter).not.toBe(result.proof?.pidBefore);
    expect(model.alive()).toEqual(['web']);
  });

  test('the model itself kills everything when the two phases are one', async () => {
    const model = createModel('{}', ['web']);
    const result = await run(model, '{"live-restore":true,"mtu":1400}', 'restart', liveRestoreOn);
    expect(model.alive()).toEqual([]);
    expect(result).toMatchObject({ result: 'applied', problem: { kind: 'containers.worse', names: ['web'] } });
    expect(result.containers.stopped).toHaveLength(1);
  });

  test('a value that was not taken goes back, and nothing is restarted', async () => {
    const model = createModel('{"mtu":1500}', ['web'], { reloadFailsOn: 'live-restore' });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'reload.not-taken' } });
    expect(result.log).toEqual(['level=error Error reloading configuration']);
    expect(model.file()).toBe('{"mtu":1500}');
    expect(model.memory().liveRestore).toBe(false);
    expect(model.alive()).toEqual(['web']);
  });

  test('a configuration that cannot start is put back, the daemon is up, containers live, memory as before', async () => {
    const model = createModel('{"debug":false}', ['web', 'db'], { startFailsOn: 'bip' });
    const result = await run(
      model,
      '{"debug":false,"live-restore":true,"bip":"x"}',
      'reload-then-restart',
      liveRestoreOn,
    );
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
    expect(model.file()).toBe('{"debug":false}');
    expect(model.running()).toBe(true);
    expect(model.alive()).toEqual(['web', 'db']);
    expect(model.memory()).toEqual({ liveRestore: false, debug: false });
    expect(result.proof?.pidAfter).not.toBe(result.proof?.pidBefore);
    expect(model.journaled()).toBeNull();
  });

  test('with live restore by flag it is put back by the old text alone: no daemon starts with both', async () => {
    const model = createModel('{"mtu":1500}', ['web'], { startFailsOn: 'bip', liveRestoreFlag: true });
    const result = await run(model, '{"mtu":1500,"bip":"10.9.0.0/24"}', 'restart', []);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.not-up' } });
    expect(model.running()).toBe(true);
    expect(model.alive()).toEqual(['web']);
    expect(model.file()).toBe('{"mtu":1500}');
  });

  test('with live restore by flag and no file before there is none afterwards', async () => {
    const model = createModel(null, ['web'], { startFailsOn: 'bip', liveRestoreFlag: true });
    const result = await run(model, '{"bip":"10.9.0.0/24"}', 'restart', []);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored' });
    expect(model.running()).toBe(true);
    expect(model.alive()).toEqual(['web']);
    expect(model.file()).toBeNull();
  });

  test('a start that saves nobody any more is tried once more with the old text', async () => {
    const model = createModel('{}', ['web'], { startFailsOn: 'bip', startsThatFail: 1 });
    const result = await run(model, '{"bip":"x"}', 'restart', []);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored' });
    expect(model.running()).toBe(true);
    expect(model.file()).toBe('{}');
  });

  test('where somebody still runs, a start that would stop him is not tried', async () => {
    const model = createModel(on, ['web'], { startFailsOn: 'bip', startsThatFail: 1 });
    const result = await run(model, '{"bip":"x"}', 'restart', []);
    expect(result).toMatchObject({ result: 'failed' });
    expect(model.running()).toBe(false);
    expect(model.alive()).toEqual(['web']);
  });

  test('a reload that ends the daemon is put back with the containers alive', async () => {
    const model = createModel(on, ['web'], { reloadKillsOn: 'authorization-plugins' });
    const result = await run(model, '{"live-restore":true,"authorization-plugins":["nope"]}', 'reload', [
      { path: ['authorization-plugins'], set: ['nope'] },
    ]);
    expect(result).toMatchObject({ result: 'rolled-back', problem: { kind: 'reload.killed-daemon' } });
    expect(model.alive()).toEqual(['web']);
    expect(model.running()).toBe(true);
    expect(model.file()).toBe(on);
  });

  test('a daemon that lets nobody listen is not signaled, and the file comes back', async () => {
    const model = createModel('{}', ['web'], { deafToReload: true });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'engine.hanging' } });
    expect(model.file()).toBe('{}');
    expect(model.memory().liveRestore).toBe(false);
    expect(model.alive()).toEqual(['web']);
  });

  test('a file that was not there is gone again after a roll-back', async () => {
    const model = createModel(null, ['web'], { startFailsOn: 'bip' });
    const result = await run(model, '{"live-restore":true,"bip":"x"}', 'reload-then-restart', liveRestoreOn);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored' });
    expect(model.file()).toBeNull();
    expect(model.memory().liveRestore).toBe(false);
    expect(model.alive()).toEqual(['web']);
  });

  test('a daemon that does not come up even with the old file is told as failed, with the old file in place', async () => {
    const model = createModel('{"bip":"old"}', ['web'], { startFailsOn: 'bip' });
    const result = await run(model, '{"bip":"new","mtu":1}', 'restart', [{ path: ['mtu'], set: 1 }]);
    expect(result).toMatchObject({ result: 'failed', problem: { kind: 'daemon.not-up' } });
    expect(model.file()).toBe('{"bip":"old"}');
  });

  test('what dockerd --validate refuses is never written', async () => {
    const model = createModel('{}', ['web'], { validateRefuses: 'bogus' });
    const result = await run(model, '{"bogus":1}', 'restart', [{ path: ['bogus'], set: 1 }]);
    expect(result).toMatchObject({
      result: 'refused',
      file: 'unchanged',
      problem: { kind: 'config.rejected' },
      history: null,
    });
    expect(model.writes()).toBe(0);
    expect(model.journaled()).toBeNull();
  });

  test('a write that fails leaves no journal and the old file', async () => {
    const model = createModel('{}', [], { noSpaceAfter: 0 });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({ result: 'refused', problem: { kind: 'config.no-space' } });
    expect(model.file()).toBe('{}');
    expect(model.journaled()).toBeNull();
  });

  test('a file that changed since it was shown is left alone', async () => {
    const model = createModel('{}', []);
    const result = await apply(
      model.site(on, 'reload', liveRestoreOn),
      { change, etag: 'other', accept: [] },
      silent(),
    );
    expect(result).toMatchObject({ result: 'refused', problem: { kind: 'config.changed' } });
    expect(model.writes()).toBe(0);
  });

  test('a daemon that hung up at the signal and is there again has its old values put back too', async () => {
    const model = createModel('{}', ['web'], { reloadRenewsOn: '"live-restore":true' });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({
      result: 'rolled-back',
      file: 'restored',
      problem: { kind: 'reload.killed-daemon' },
    });
    expect(model.file()).toBe('{}');
    expect(model.memory().liveRestore).toBe(false);
  });

  describe('once the daemon has begun with the new file', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });
    const both = '{"live-restore":true,"mtu":1400}';
    /** Lets as much time go by as it takes. */
    async function inTime(running: Promise<Outcome>): Promise<Outcome> {
      let over = false;
      const ends = running.finally(() => (over = true));
      while (!over) await vi.advanceTimersByTimeAsync(1_000);
      return ends;
    }

    test('a busy host that tells nothing for a while is asked again, and nothing is rolled back', async () => {
      const model = createModel('{}', ['web'], { busyAfterStart: 3 });
      const result = await inTime(run(model, both, 'reload-then-restart', liveRestoreOn));
      expect(result).toMatchObject({ result: 'applied', file: 'new', problem: null, containers: { kept: 1 } });
      expect(model.file()).toBe(both);
    });

    test('one that never tells anything keeps its file: memory and file are one, and that is what is told', async () => {
      const model = createModel('{}', ['web'], { busyAfterStart: Infinity });
      const result = await inTime(run(model, both, 'reload-then-restart', liveRestoreOn));
      expect(result).toMatchObject({ result: 'failed', file: 'new', problem: { kind: 'daemon.silent' } });
      expect(model.file()).toBe(both);
      expect(model.memory().liveRestore).toBe(true);
      expect(model.alive()).toEqual(['web']);
      expect(model.journaled()).toBeNull();
    });

    test('one whose process stays without an answer keeps its file, and who ended is told by the processes', async () => {
      const model = createModel('{}', ['web'], { silentOn: 'mtu' });
      const result = await inTime(run(model, '{"mtu":1400}', 'restart', [{ path: ['mtu'], set: 1400 }]));
      expect(result).toMatchObject({ result: 'failed', file: 'new', problem: { kind: 'daemon.silent' } });
      expect(result.containers).toMatchObject({ before: 1, kept: 0, stopped: [{ name: 'web' }] });
      expect(model.file()).toBe('{"mtu":1400}');
    });

    test('one that is started again with its old file, and is silent, is waited for once and started no second time', async () => {
      const model = createModel('{}', ['web'], { startFailsOn: 'mtu', silentOn: 'live-restore' });
      const site = model.site('{"mtu":1400}', 'restart', [{ path: ['mtu'], set: 1400 }]);
      const start = vi.fn(site.manager.start);
      const watched = { ...site, manager: { ...site.manager, start } };
      const began = Date.now();
      const result = await inTime(apply(watched, { change, etag: etagOf(bytesOf('{}')), accept: [] }, silent()));
      expect(result).toMatchObject({
        result: 'failed',
        file: 'restored',
        problem: { kind: 'put-back.silent', lines: ['failed to start: mtu'] },
      });
      expect(start).toHaveBeenCalledTimes(1);
      expect(Date.now() - began).toBeLessThan(130_000);
      expect(model.file()).toBe('{}');
      expect(model.journaled()).toBeNull();
    });

    test('one that is told to end and does neither that nor answer keeps what protects its containers at the next start', async () => {
      const model = createModel('{}', ['web'], { stuckAtRestart: true });
      const result = await inTime(run(model, both, 'reload-then-restart', liveRestoreOn));
      expect(result).toMatchObject({ result: 'failed', file: 'new', containers: { kept: 1 } });
      expect(model.file()).toBe(both);
      expect(model.journaled()).toBeNull();
    });

    test('one that is told to end and does not is told as that, and no start of it is waited for', async () => {
      const model = createModel('{}', ['web'], { stuckAtRestart: true });
      const began = Date.now();
      const result = await inTime(run(model, '{"mtu":1400}', 'restart', [{ path: ['mtu'], set: 1400 }]));
      expect(result).toMatchObject({
        result: 'rolled-back',
        file: 'restored',
        problem: { kind: 'daemon.still-up' },
      });
      expect(Date.now() - began).toBeLessThan(20_000);
      expect(model.alive()).toEqual(['web']);
    });

    test('a restart that takes longer than any start is given its time to come up all the same', async () => {
      const model = createModel(on, ['web'], { restartTakesMs: 150_000, slowStart: { on: 'mtu', looks: 5 } });
      const result = await inTime(run(model, both, 'restart', [{ path: ['mtu'], set: 1400 }]));
      expect(result).toMatchObject({ result: 'applied', problem: null, containers: { kept: 1 } });
    });

    test('a clock that is set in the middle ends no waiting', async () => {
      const model = createModel(on, ['web'], { slowStart: { on: 'mtu', looks: 5 } });
      const { state } = model.manager;
      const site = model.site(both, 'restart', [{ path: ['mtu'], set: 1400 }]);
      const jumping = {
        ...site,
        manager: { ...site.manager, state: () => (vi.setSystemTime(Date.now() + 86_400_000), state()) },
      };
      const result = await inTime(apply(jumping, { change, etag: etagOf(bytesOf(on)), accept: [] }, silent()));
      expect(result).toMatchObject({ result: 'applied', problem: null });
    });
  });

  test('who accepted for those that were shown did not accept for others', async () => {
    const site = (names: readonly string[]) => {
      const model = createModel('{}', names);
      const made = model.site('{"mtu":1400}', 'restart', [{ path: ['mtu'], set: 1400 }]);
      const prepare: typeof made.prepare = async (...asked) => {
        const prepared = await made.prepare(...asked);
        if (!prepared.ok) return prepared;
        const { containers } = prepared.value;
        const verdicts = containers.map(({ id, name }) => ({ id, name, verdict: 'stops' as const, reasons: [] }));
        const plan = { ...prepared.value.plan, containers: verdicts, needs: ['stops' as const] };
        return { ok: true, value: { ...prepared.value, plan } };
      };
      return { ...made, prepare };
    };
    const shown = [container('web', 1).id];
    const request = { change, etag: etagOf(bytesOf('{}')), accept: ['stops'] as const };
    expect(await apply(site(['web', 'ci']), { ...request, shown }, silent())).toMatchObject({
      result: 'refused',
      problem: { kind: 'containers.endangered', names: ['ci'], verdicts: ['stops'] },
    });
    expect(await apply(site(['web']), { ...request, shown }, silent())).toMatchObject({ result: 'applied' });
    // By kind alone it is for all.
    expect(await apply(site(['web', 'ci']), request, silent())).toMatchObject({ result: 'applied' });
    expect(await apply(site(['web']), { ...request, accept: [], shown }, silent())).toMatchObject({
      result: 'refused',
    });
  });

  test('a restart that was refused takes back what had been reloaded before it', async () => {
    const model = createModel('{}', ['web'], { restartRefused: true });
    const result = await run(model, '{"live-restore":true,"mtu":1400}', 'reload-then-restart', liveRestoreOn);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'service.refused' } });
    expect(model.memory().liveRestore).toBe(false);
    expect(model.file()).toBe('{}');
  });

  test('a daemon that its manager starts again at the reload has the whole of it, and is not told as rolled back', async () => {
    const model = createModel('{}', ['web'], { reloadRenewsOn: '"live-restore":true' });
    const after = '{"live-restore":true,"mtu":1400}';
    const result = await run(model, after, 'reload-then-restart', liveRestoreOn);
    expect(result).toMatchObject({ result: 'applied', file: 'new', problem: null, containers: { kept: 1 } });
    expect(model.file()).toBe(after);
  });

  test('one that is still on its way then is waited for before anything is put back', async () => {
    const renewed = { reloadRenewsOn: '"debug":true', slowStart: { on: '"debug":true', looks: 20 } };
    const model = createModel('{}', ['web'], renewed);
    const result = await run(model, '{"debug":true}', 'reload', [{ path: ['debug'], set: true }]);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored' });
    expect(model.memory().debug).toBe(false);
  });

  test('what somebody else wrote before the daemon read it is never told as applied, and stays', async () => {
    const model = createModel('{}', ['web'], { foreignAtReload: '{"live-restore":true,"debug":true}' });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({ result: 'failed', file: 'unknown', problem: { kind: 'config.overwritten' } });
    expect(model.file()).toBe('{"live-restore":true,"debug":true}');
  });

  test('a journal that cannot be begun refuses the change before anything is touched', async () => {
    const model = createModel('{}', ['web'], { journalFullFrom: 'prepared' });
    const result = await run(model, on, 'reload', liveRestoreOn);
    expect(result).toMatchObject({ result: 'refused', file: 'unchanged', problem: { kind: 'config.no-space' } });
    expect(model.writes()).toBe(0);
  });

  test.each(['written', 'taken'] as const)(
    'a journal that is full when it is %s leaves nothing halfway',
    async (phase) => {
      const model = createModel('{}', ['web'], { journalFullFrom: phase });
      const result = await run(model, on, 'reload', liveRestoreOn);
      expect(result).toMatchObject({ result: 'applied', file: 'new', problem: null });
      expect(model.memory().liveRestore).toBe(true);
      expect(model.journaled()).toBeNull();
    },
  );

  test('a journal that is full when it is put back does not keep the old file from coming back', async () => {
    const model = createModel('{}', ['web'], { journalFullFrom: 'putting-back', startFailsOn: 'bip' });
    const result = await run(model, '{"live-restore":true,"bip":"x"}', 'reload-then-restart', liveRestoreOn);
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored' });
    expect(model.file()).toBe('{}');
    expect(model.alive()).toEqual(['web']);
  });

  test('a daemon that is gone before the reload is started again, and is not told to hang', async () => {
    const model = createModel('{}', ['web']);
    const inner = model.site(on, 'reload', liveRestoreOn);
    const replace: typeof inner.replace = async (...args) => {
      if (model.writes() === 0) model.crash();
      return inner.replace(...args);
    };
    const etag = etagOf(bytesOf('{}'));
    const result = await apply({ ...inner, replace }, { change, etag, accept: [] }, silent());
    expect(result).toMatchObject({ result: 'rolled-back', file: 'restored', problem: { kind: 'engine.not-running' } });
    expect(model.running()).toBe(true);
    expect(model.alive()).toEqual(['web']);
    expect(model.memory().liveRestore).toBe(false);
  });

  test('debug is seen even though the daemon switches it after its receipt', async () => {
    const model = createModel('{}', ['web']);
    const result = await run(model, '{"debug":true}', 'reload', [{ path: ['debug'], set: true }]);
    expect(result).toMatchObject({ result: 'applied', proof: { info: [{ key: 'debug', value: 'true' }] } });
  });

  test('nothing to change is nothing done', async () => {
    const model = createModel(on, ['web']);
    expect(await run(model, on, 'none', [])).toMatchObject({ result: 'nothing', file: 'unchanged' });
    expect(model.writes()).toBe(0);
  });

  test('needs consent before anything is touched', async () => {
    const model = createModel('{}', ['web']);
    const inner = model.site('{"mtu":1}', 'restart', [{ path: ['mtu'], set: 1 }]);
    const site = {
      ...inner,
      prepare: async (asked: Change) => {
        const prepared = await inner.prepare(asked);
        if (!prepared.ok) return prepared;
        const verdict = { id: 'web'.padEnd(64, '0'), name: 'web', verdict: 'stops', reasons: [] } as const;
        return {
          ...prepared,
          value: {
            ...prepared.value,
            plan: { ...prepared.value.plan, containers: [verdict], needs: ['stops'] as const },
          },
        };
      },
    };
    const etag = etagOf(bytesOf('{}'));
    const refused = await apply(site, { change, etag, accept: [] }, silent());
    expect(refused).toMatchObject({
      result: 'refused',
      problem: { kind: 'containers.endangered', names: ['web'], verdicts: ['stops'] },
    });
    expect(model.running()).toBe(true);
    const done = await apply(site, { change, etag, accept: ['stops'] }, silent());
    expect(done).toMatchObject({ result: 'applied', problem: null });
    expect(done.containers.stopped.map(({ name }) => name)).toEqual(['web']);
  });
});
