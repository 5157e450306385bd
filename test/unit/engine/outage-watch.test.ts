// How often the pipes of a daemon that is down are looked at, and what does not end that.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutageWatch, type Watched } from '../../../electron/engine/outage-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(look: () => Promise<readonly []>) {
  const published: Watched[] = [];
  const watching = createOutageWatch({
    look,
    measure: () => Promise.resolve({ kind: 'measured', streams: [] }),
    publish: (watched) => published.push(watched),
  });
  return { watching, published };
}

test('nothing is looked at, and no timer left, while the daemon is up', async () => {
  const { watching, published } = watch(() => Promise.resolve([]));
  watching.attend(true);
  expect(vi.getTimerCount()).toBe(0);
  watching.begin(null);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(published.length).toBe(2);
  watching.end();
  expect(vi.getTimerCount()).toBe(0);
});

test('what the system refuses for the moment is tried again', async () => {
  let looks = 0;
  const { watching, published } = watch(() => {
    looks += 1;
    const refused = Object.assign(new Error('EMFILE: too many open files'), { errno: -24 });
    return looks === 1 ? Promise.reject(refused) : Promise.resolve([]);
  });
  watching.begin(null);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(published.length).toBe(1);
  watching.end();
});
