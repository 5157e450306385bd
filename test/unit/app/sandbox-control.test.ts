// The practice daemon: started and ended on request, with the engine pointed at it and back.
import { expect, test } from 'vitest';
import { createSandboxControl } from '../../../electron/app/sandbox-control.ts';
import { fail, ok, type Result } from '../../../electron/contract/problem.ts';
import type { SandboxStatus } from '../../../electron/contract/snapshot.ts';
import { snapshot, target } from '../../fakes/snapshot.ts';

const own = 'unix:///tmp/sb/docker.sock';
const usual = 'unix:///var/run/docker.sock';

function control(
  over: { missing?: readonly string[]; made?: Result<null>; chosen?: Result<null>; creating?: Promise<unknown> } = {},
) {
  const told: SandboxStatus[] = [];
  const steps: string[] = [];
  let endpoint = usual;
  const made = over.made ?? ok(null);
  const sandbox = createSandboxControl({
    missing: () => over.missing ?? [],
    async create() {
      await over.creating;
      return made.ok ? ok({ endpoint: own, end: () => Promise.resolve(void steps.push('end')) }) : made;
    },
    adopt: () => steps.push('adopt'),
    forget: () => steps.push('forget'),
    publish: (status) => told.push(status),
  });
  const engine = {
    get: () => snapshot({ target: target({ endpoint }) }),
    choose: (to: string) => {
      steps.push(`choose ${to}`);
      const chosen = over.chosen ?? ok(null);
      if (chosen.ok) endpoint = to;
      return Promise.resolve(chosen);
    },
  };
  return { sandbox, engine, told, steps };
}

test('started, it is the target; stopped, the daemon from before is, and nothing is left', async () => {
  const { sandbox, engine, told, steps } = control();
  expect(await sandbox.start(engine)).toEqual(ok(null));
  expect(told).toEqual([{ state: 'off' }, { state: 'starting' }, { state: 'on', endpoint: own }]);
  expect(await sandbox.stop(engine)).toEqual(ok(null));
  expect(steps).toEqual(['adopt', `choose ${own}`, `choose ${usual}`, 'end', 'forget']);
  expect(told.at(-1)).toEqual({ state: 'off' });
});

test('what is missing is said before anything is started', async () => {
  const { sandbox, engine, told, steps } = control({ missing: ['root'] });
  expect(await sandbox.start(engine)).toEqual(fail({ kind: 'sandbox.missing', what: ['root'] }));
  expect(told).toEqual([{ state: 'unavailable', missing: ['root'] }]);
  expect(steps).toEqual([]);
});

test('one that fails tells its own last words', async () => {
  const { sandbox, engine, told } = control({ made: fail({ kind: 'sandbox.failed', lines: ['no space'] }) });
  expect(await sandbox.start(engine)).toMatchObject({ ok: false });
  expect(told.at(-1)).toEqual({ state: 'failed', lines: ['no space'] });
});

test('what the system refuses is told, and does not keep another one from being tried', async () => {
  const full = new Error('ENOSPC: no space left on device');
  const { sandbox, engine, told } = control({ creating: Promise.reject(full) });
  for (let i = 0; i < 2; i += 1) await expect(sandbox.start(engine)).rejects.toBe(full);
  expect(told).toEqual([
    { state: 'off' },
    { state: 'starting' },
    { state: 'off' },
    { state: 'starting' },
    { state: 'off' },
  ]);
});

test('while a draft holds the target it is not kept', async () => {
  const { sandbox, engine, steps, told } = control({ chosen: fail({ kind: 'target.held' }) });
  expect(await sandbox.start(engine)).toEqual(fail({ kind: 'target.held' }));
  expect(steps).toEqual(['adopt', `choose ${own}`, 'end', 'forget']);
  expect(told.at(-1)).toEqual({ state: 'off' });
});

test('there is one at most', async () => {
  const { sandbox, engine, steps } = control();
  const [first, second] = await Promise.all([sandbox.start(engine), sandbox.start(engine)]);
  expect([first.ok, second.ok]).toEqual([true, false]);
  await sandbox.close();
  await sandbox.close();
  expect(steps.filter((step) => step === 'end')).toHaveLength(1);
});
