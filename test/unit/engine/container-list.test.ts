// The list follows events by asking for exactly those containers that something happened to.
import { expect, test } from 'vitest';
import { ok, fail, type Result } from '../../../electron/contract/problem.ts';
import type { Container } from '../../../electron/contract/snapshot.ts';
import type { ApiEvent } from '../../../electron/engine/api.ts';
import { followContainers } from '../../../electron/engine/container-list.ts';
import { container } from '../../fakes/model-daemon.ts';

const event = (id: string): ApiEvent => ({ type: 'container', action: 'die', id, attributes: {}, timeNano: '1' });

function world(first: readonly Container[]) {
  const asked: string[] = [];
  const lists: (readonly Container[])[] = [];
  const waiting: ((answer: Result<Container | null>) => void)[] = [];
  const api = {
    container: (id: string) => {
      asked.push(id);
      return new Promise<Result<Container | null>>((resolve) => waiting.push(resolve));
    },
  };
  const list = followContainers(api, first, (now) => lists.push(now));
  const answer = async (value: Result<Container | null>): Promise<void> => {
    waiting.shift()?.(value);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, lists, list, answer };
}

const [a, b] = [container('a', 1), container('b', 2)];

test('one event asks for one container', async () => {
  const { asked, lists, list, answer } = world([a, b]);
  list.note(event(b.id));
  await answer(ok({ ...b, state: 'exited', pid: 0 }));
  expect(asked).toEqual([b.id]);
  expect(lists).toEqual([[a, { ...b, state: 'exited', pid: 0 }]]);
});

test('events while an answer is awaited are one more question', async () => {
  const { asked, lists, list, answer } = world([a]);
  for (let i = 0; i < 5; i += 1) list.note(event(a.id));
  await answer(ok(a));
  expect(asked).toEqual([a.id, a.id]);
  await answer(ok({ ...a, pid: 9 }));
  expect(lists.at(-1)).toEqual([{ ...a, pid: 9 }]);
  expect(asked).toHaveLength(2);
});

test('what is gone leaves, what is new comes, and a question that failed changes nothing', async () => {
  const { lists, list, answer } = world([a]);
  list.note(event(a.id));
  await answer(ok(null));
  list.note(event(b.id));
  await answer(ok(b));
  list.note(event(b.id));
  await answer(fail({ kind: 'engine.not-running' }));
  expect(lists).toEqual([[], [b], [b]]);
});

test('nothing is told after the end', async () => {
  const { lists, list, answer } = world([a]);
  list.note(event(a.id));
  list.close();
  await answer(ok(null));
  expect(lists).toEqual([]);
});
