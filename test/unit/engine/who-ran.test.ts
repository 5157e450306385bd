// Who is said to have run when a daemon went, by what it told until then.
import { expect, test } from 'vitest';
import type { Container } from '../../../electron/contract/snapshot.ts';
import { rememberWhoRan } from '../../../electron/engine/who-ran.ts';
import { container } from '../../fakes/snapshot.ts';

const ended = (name: string): Container => container(name, { state: 'exited', pid: 0, exitCode: 137 });

/** Each step: so many ms later, this is told. */
function seen(...steps: readonly (readonly [afterMs: number, told: readonly Container[]])[]) {
  let now = 0;
  const who = rememberWhoRan(() => now);
  for (const [afterMs, told] of steps) {
    now += afterMs;
    who.see(told);
  }
  return {
    ran(afterMs: number, version = '20.10.24'): readonly string[] {
      now += afterMs;
      return who
        .whenItWent(version)
        .filter(({ pid }) => pid > 0)
        .map(({ name }) => name);
    },
  };
}

const [a, b] = [container('a'), container('b')];

test('whoever runs when it goes', () => {
  expect(seen([0, [a, b]]).ran(60_000)).toEqual(['a', 'b']);
  expect(seen([0, [a, b]], [10, [a, ended('b')]]).ran(10)).toEqual(['a']);
});

test('a daemon that stopped all of them, one after the other and one with --rm, and then went', () => {
  expect(seen([0, [a, b]], [1_000, [ended('a'), b]], [10_000, [ended('a')]]).ran(900)).toEqual(['a', 'b']);
});

test('those that ended long before it are not taken for stopped by it', () => {
  expect(seen([0, [a, b]], [1_000, [ended('a'), b]], [20_000, [ended('a'), ended('b')]]).ran(900)).toEqual(['b']);
  expect(seen([0, [a, b]], [1_000, [ended('a'), ended('b')]]).ran(6_000)).toEqual([]);
});

test('of one that hangs up first, those that somebody stopped right before did not run', () => {
  expect(seen([0, [a, b]], [1_000, [ended('a'), ended('b')]]).ran(900, '28.5.2')).toEqual([]);
});

test('one that was started again is one that runs', () => {
  expect(seen([0, [a]], [100, [ended('a')]], [100, [a]]).ran(100)).toEqual(['a']);
});
