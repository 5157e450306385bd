import { expect, test } from 'vitest';
import type { ActSite } from '../../../electron/engine/act.ts';
import { configForSandbox } from '../../../electron/engine/drill-copy.ts';
import { drill, type DrillPorts } from '../../../electron/engine/drill.ts';
import { drillImage } from '../../../electron/platform/drill-image.ts';
import { ok } from '../../../electron/contract/problem.ts';
import { outcome, planned, verdict } from '../../fakes/snapshot.ts';

/** A daemon that keeps its container, unless told otherwise. */
function ports(over: Partial<DrillPorts> = {}, later: readonly ReturnType<typeof verdict>[] = []) {
  const done: string[] = [];
  let pid = 71;
  const base: DrillPorts = {
    image: { archive: new Uint8Array(), command: '/drill' },
    architecture: 'x64',
    daemon: {
      start: () => Promise.resolve(String(done.push('start'))),
      look: (id) => Promise.resolve({ id, pid, startedAt: String(pid) }),
      counted: () => Promise.resolve(Array.from({ length: 40 }, (_, i) => i + 1).filter((n) => n !== 20)),
      clean: () => Promise.resolve(void done.push('clean')),
    },
    plan: () => Promise.resolve(ok(planned({ containers: [verdict('web')] }))),
    async restart(_, guard) {
      const site = { prepareVerb: () => Promise.resolve(ok({ plan: planned({ containers: later }) })) };
      const prepared = await guard(site as unknown as Pick<ActSite, 'prepareVerb'>).prepareVerb('restart');
      if (!prepared.ok) return outcome({ result: 'refused', problem: prepared.problem });
      done.push('restart');
      return outcome({ verb: 'restart', apiDowntimeMs: 900 });
    },
  };
  return { all: { ...base, ...over }, done, dies: () => (pid = 0) };
}

test('it survives, with the lines that are missing', async () => {
  const { all, done } = ports();
  expect(await drill(all)).toMatchObject({
    survived: true,
    pidBefore: 71,
    pidAfter: 71,
    logGapLines: 1,
    apiDowntimeMs: 900,
  });
  expect(done).toEqual(['clean', 'start', 'restart', 'clean']);
});

test('nothing is made where somebody else would stop, be hidden or lost', async () => {
  for (const what of ['stops', 'hidden', 'lost'] as const) {
    const { all, done } = ports({
      plan: () => Promise.resolve(ok(planned({ containers: [verdict('web', 'interrupted'), verdict('db', what)] }))),
    });
    expect((await drill(all)).problem).toEqual({ kind: 'drill.would-stop', names: ['db'] });
    expect(done).toEqual([]);
  }
});

test('somebody who was started meanwhile is seen under the lock', async () => {
  const { all, done } = ports({}, [verdict('late', 'stops')]);
  expect(await drill(all)).toMatchObject({ survived: null, problem: { kind: 'drill.would-stop', names: ['late'] } });
  expect(done).toEqual(['clean', 'start', 'clean']);
});

test('a daemon that refuses the container is told of, and cleaned up after', async () => {
  const { all, done } = ports();
  const refusing = { ...all.daemon, start: () => Promise.reject(new Error('500 no space left on device')) };
  expect((await drill({ ...all, daemon: refusing })).problem).toMatchObject({ kind: 'drill.failed' });
  expect(done).toEqual(['clean', 'clean']);
});

test('there is a program for the usual processors', () => {
  expect((drillImage('x64')?.archive.length ?? 0) > 512).toBe(true);
  expect(drillImage('arm64')).not.toBeNull();
  expect(drillImage('riscv64')).toBeNull();
});

test('a copy for a private daemon keeps what is not a place', () => {
  const text = configForSandbox({ 'live-restore': true, 'data-root': '/srv', hosts: ['fd://'], mtu: 1400 });
  expect(JSON.parse(text)).toEqual({ 'live-restore': true, mtu: 1400 });
});
