// Who is said to have run when a daemon went, by what it told until then.
import { expect, test } from 'vitest';
import type { Container } from '../../../electron/contract/snapshot.ts';
import { rememberWhoRan } from '../../../electron/engine/who-ran.ts';
import { container } from '../../fakes/snapshot.ts';

const ended = (name: string): Container => container(name, { state: 'exited', pid: 0, exitCode: 137 });

/** A daemon of which a test says whether it is ending, and how late it is. */
function watched() {
  const daemon = { ending: false, now: 0 };
  const who = rememberWhoRan(
    () => Promise.resolve(daemon.ending),
    () => daemon.now,
  );
  return {
    daemon,
    see: who.see,
    /** Resolves when it is known who signaled it. */
    async signaled(...those: readonly Container[]) {
      for (const { id } of those) who.signaled(id);
      await Promise.resolve();
    },
    ran: (): readonly string[] =>
      who
        .whenItWent()
        .filter(({ pid }) => pid > 0)
        .map(({ name }) => name),
  };
}

const [a, b] = [container('a'), container('b')];

test('whoever runs when it goes', () => {
  const { see, ran } = watched();
  see([a, b]);
  see([a, ended('b')]);
  expect(ran()).toEqual(['a']);
});

test('a daemon that stopped all of them, one later than the other and one with --rm, and then went', async () => {
  const { daemon, see, signaled, ran } = watched();
  see([a, b]);
  daemon.ending = true;
  await signaled(a, b);
  see([ended('a'), b]);
  daemon.now = 10_000;
  see([ended('a')]);
  daemon.now = 11_500;
  expect(ran()).toEqual(['a', 'b']);
});

test('those that somebody stopped right before, whether their end was told yet or not', async () => {
  const { daemon, see, signaled, ran } = watched();
  see([a, b]);
  await signaled(a, b);
  see([ended('a'), b]);
  daemon.ending = true;
  expect(ran()).toEqual([]);
});

test('one that was told to end for long, or was started again, is one that runs', async () => {
  const { daemon, see, signaled, ran } = watched();
  see([a, b]);
  await signaled(a, b);
  see([a, { ...b, pid: b.pid + 1 }]);
  expect(ran()).toEqual(['a', 'b'].slice(1));
  await signaled(a);
  daemon.now = 60_000;
  expect(ran()).toEqual(['a', 'b']);
});

test('what one daemon did is not told of the next', async () => {
  const { daemon, see, signaled, ran } = watched();
  see([a]);
  daemon.ending = true;
  await signaled(a);
  see([ended('a')]);
  expect(ran()).toEqual(['a']);
  expect(ran()).toEqual([]);
});

test('a busy computer hears it hang up and stop its containers at once: who did that was the daemon', () => {
  const who = rememberWhoRan(() => new Promise(() => undefined));
  who.see([a]);
  who.signaled(a.id);
  who.see([ended('a')]);
  expect(who.whenItWent()).toEqual([a]);
});
