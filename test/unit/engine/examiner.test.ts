// The doctor's look at what goes on meanwhile: what was so only for a moment is not told.
import { expect, test } from 'vitest';
import type { Finding } from '@contract/plan.ts';
import type { Container } from '@contract/snapshot.ts';
import { ok } from '@contract/problem.ts';
import { createExaminer, type ExaminerPorts } from '../../../electron/engine/doctor/examiner.ts';
import type { Identification, MachineLook, Platform } from '../../../electron/engine/ports.ts';
import type { ViewStore } from '../../../electron/engine/view.ts';
import { container, facts } from '../../fakes/snapshot.ts';

const web = container('web');
const machine: MachineLook = {
  unit: null,
  gone: new Set(),
  unattended: null,
  flushes: null,
  addresses: null,
  bridges: null,
  proxies: [],
  forwarded: null,
};

/** What is told of a container whose process is gone in the looks that are named. */
async function told(goneIn: readonly number[]): Promise<readonly Finding[]> {
  let looks = 0;
  const noted: (readonly Finding[])[] = [];
  const store = {
    observed: () => ({ link: { kind: 'up', facts: facts() }, containers: null, config: { state: 'unknown' } }),
    observe: ({ ailments }: { readonly ailments: readonly Finding[] }) => noted.push(ailments),
  } as unknown as ViewStore;
  const platform = {
    shims: () => [],
    machineLook: (): Promise<MachineLook> => {
      looks += 1;
      return Promise.resolve(goneIn.includes(looks) ? { ...machine, gone: new Set([web.pid]) } : machine);
    },
  } as unknown as Platform;
  const api: ExaminerPorts['api'] = {
    document: () => Promise.resolve(ok(null)),
    containers: () => Promise.resolve(ok<readonly Container[]>([web])),
  };
  const identification = { managerKind: 'systemd', flags: [] } as unknown as Identification;
  await createExaminer({ api, platform, store, identified: () => identification, closed: () => false })();
  expect(noted).toHaveLength(1);
  return noted[0] ?? [];
}

test.each([
  ['a process that is gone, and stays so', [1, 2], ['ghost-process']],
  ['one that ended just when its container was told to run', [1], []],
  ['one that ends after a look that found nothing', [2], []],
] as const)('%s', async (_what, goneIn, checks) => {
  const found = await told(goneIn);
  expect(found.map(({ about }) => (about.kind === 'doctor' ? about.check : about.kind))).toEqual(checks);
});
