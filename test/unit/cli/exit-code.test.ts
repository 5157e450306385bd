// Scripts rely on the exit code: every result and every problem has the right one.
import { describe, expect, test } from 'vitest';
import type { Outcome } from '@contract/outcome.ts';
import type { Problem } from '@contract/problem.ts';
import { exitForOutcome, exitForPlan, exitForProblem } from '../../../electron/cli/exit-code.ts';
import { outcome, planned } from '../../fakes/snapshot.ts';
import { everyProblem } from '../../fakes/problems.ts';

const expected: Readonly<Record<Problem['kind'], number>> = {
  'engine.absent': 6,
  'engine.denied': 5,
  'engine.hanging': 1,
  'engine.unreachable': 6,
  'engine.not-running': 6,
  'engine.already-running': 1,
  'engine.busy': 1,
  'engine.unsupported': 1,
  'endpoint.invalid': 2,
  'context.unknown': 2,
  'target.read-only': 1,
  'target.changed': 1,
  'target.held': 1,
  'config.unreadable': 1,
  'config.invalid': 1,
  'config.changed': 1,
  'config.overwritten': 1,
  'config.not-writable': 1,
  'config.no-space': 1,
  'config.write-failed': 1,
  'config.faulty': 1,
  'config.rejected': 1,
  'change.empty-path': 2,
  'change.conflicts-with-flag': 1,
  'patch-file.invalid': 1,
  'preset.not-here': 1,
  'policy.locked': 1,
  'policy.faulty': 1,
  'live-restore.swarm': 1,
  'live-restore.windows': 1,
  'live-restore.flag': 1,
  'containers.endangered': 1,
  'risk.not-accepted': 1,
  'lock.held': 1,
  'journal.pending': 1,
  'journal.stale': 1,
  'reload.not-taken': 1,
  'reload.killed-daemon': 1,
  'daemon.not-up': 1,
  'daemon.silent': 1,
  'put-back.silent': 1,
  'daemon.still-up': 1,
  'drill.unavailable': 1,
  'drill.would-stop': 1,
  'drill.failed': 1,
  'orphan.changed': 1,
  'orphan.still-runs': 1,
  'daemon.comes-back': 1,
  'containers.worse': 1,
  'containers.not-started': 1,
  'containers.not-fallen': 1,
  'rescue.needless': 1,
  'rescue.would-lose': 1,
  'history.unknown': 1,
  'history.none-earlier': 1,
  'way-back.unknown': 1,
  'way-back.in-file': 1,
  'service.refused': 1,
  'service.never-ends': 1,
  'service.supervised': 1,
  'service.run-by-script': 1,
  'service.unavailable': 1,
  'authorization.dismissed': 5,
  'authorization.denied': 5,
  'authorization.no-agent': 5,
  'authorization.insufficient': 5,
  'authorization.lost': 1,
  'sandbox.missing': 1,
  'sandbox.failed': 1,
  'diagnostics.exists': 1,
  'diagnostics.not-saved': 1,
  usage: 2,
  internal: 1,
};

test.each(everyProblem)('$kind keeps something from being done', (problem) => {
  expect(exitForProblem(problem)).toBe(expected[problem.kind]);
  expect(exitForOutcome(outcome({ result: 'refused', problem }))).toBe(expected[problem.kind]);
  expect(exitForPlan(planned({ blocked: problem }))).toBe(expected[problem.kind]);
});

test('what is a matter of rights is told as that', () => {
  expect(exitForProblem({ kind: 'target.read-only', reason: 'not-permitted', detail: '' })).toBe(5);
  expect(exitForProblem({ kind: 'config.not-writable', path: '/c', block: 'denied' })).toBe(5);
  expect(exitForProblem({ kind: 'config.unreadable', path: '/c', cause: 'denied' })).toBe(5);
});

describe('results', () => {
  const failed = (problem: Problem | null, over: Partial<Outcome> = {}): number =>
    exitForOutcome(outcome({ result: 'failed', file: 'unchanged', verb: 'reload', problem, ...over }));

  test('done, nothing to do, rolled back', () => {
    expect(exitForOutcome(outcome())).toBe(0);
    expect(exitForOutcome(outcome({ problem: { kind: 'containers.worse', names: ['web'] } }))).toBe(0);
    expect(exitForOutcome(outcome({ result: 'nothing' }))).toBe(0);
    expect(
      exitForOutcome(outcome({ result: 'rolled-back', file: 'restored', problem: { kind: 'daemon.still-up' } })),
    ).toBe(3);
    expect(exitForOutcome(outcome({ result: 'refused' }))).toBe(1);
  });

  test('a change that could not be put back is 4, whatever the problem', () => {
    for (const problem of everyProblem) {
      expect(failed(problem, { verb: 'apply', file: 'new' })).toBe(4);
      expect(failed(problem, { verb: 'apply', file: 'unknown' })).toBe(4);
      expect(failed(problem, { verb: 'apply', file: 'restored' })).toBe(4);
    }
    expect(failed(null)).toBe(4);
  });

  test('a verb after which the daemon runs on as it did changed nothing', () => {
    expect(failed({ kind: 'reload.not-taken', lines: [], partly: false })).toBe(1);
    expect(failed({ kind: 'reload.not-taken', lines: [], partly: false }, { verb: 'restart' })).toBe(1);
    expect(failed({ kind: 'daemon.still-up' }, { verb: 'stop' })).toBe(1);
    expect(failed({ kind: 'engine.hanging', endpoint: '', waitedMs: 2000 })).toBe(1);
    expect(failed({ kind: 'authorization.dismissed' }, { verb: 'restart' })).toBe(5);
    expect(failed({ kind: 'service.unavailable', manager: 'systemd', command: null })).toBe(1);
  });

  test('a verb that left the daemon otherwise is 4', () => {
    expect(failed({ kind: 'reload.not-taken', lines: [], partly: true })).toBe(4);
    expect(failed({ kind: 'reload.killed-daemon', lines: [] })).toBe(4);
    expect(failed({ kind: 'daemon.not-up', lines: [], waitedMs: 1 }, { verb: 'restart' })).toBe(4);
    expect(
      failed({ kind: 'service.refused', manager: 'systemd', detail: '', command: null }, { verb: 'restart' }),
    ).toBe(4);
    expect(failed({ kind: 'engine.hanging', endpoint: '', waitedMs: 2000 }, { verb: 'restart' })).toBe(4);
  });
});
