// When a log pipe will be full, foreseen from what was sampled of it.
import { describe, expect, test } from 'vitest';
import { foresee, pressureOf, withSample, type Sample } from '../../../electron/engine/log-pipes.ts';
import type { StreamReading } from '../../../electron/engine/ports.ts';

const T = 1_000_000;
const reading = (bytes: number, over: Partial<StreamReading> = {}): StreamReading => ({
  id: 'a',
  stream: 'stdout',
  bytes,
  capacity: 131_072,
  full: false,
  terminal: false,
  ...over,
});
const sample = (at: number, ...streams: readonly StreamReading[]): Sample => ({ at: T + at * 1000, streams });

describe('the time to block', () => {
  test('follows from two samples: what still fits, at the rate of the writer', () => {
    const pipes = foresee([sample(0, reading(10_000)), sample(10, reading(20_000))], null).get('a');
    expect(pipes).toMatchObject({ rate: 1000, bytes: 20_000, capacity: 131_072 });
    expect(pipes?.blocksAt).toBe(T + 10_000 + 111_072);
  });

  test('follows from one, where the daemon was seen to go: the pipes were empty then', () => {
    expect(foresee([sample(8, reading(8_000))], T).get('a')).toMatchObject({ rate: 1000 });
    expect(foresee([sample(8, reading(8_000))], null).get('a')).toMatchObject({ rate: null, blocksAt: null });
  });

  test('is never for one that writes nothing, and past for one that sleeps', () => {
    expect(foresee([sample(0, reading(0)), sample(9, reading(0))], null).get('a')).toMatchObject({
      rate: 0,
      blocksAt: null,
      blocked: false,
    });
    expect(foresee([sample(0, reading(128_000, { full: true }))], null).get('a')).toMatchObject({ blocked: true });
  });

  test('is that of the stream which is nearer to its end', () => {
    const streams = (bytes: number) => [reading(100), reading(bytes, { stream: 'stderr' })];
    const pipes = foresee([sample(0, ...streams(1_000)), sample(1, ...streams(9_000))], null).get('a');
    expect(pipes).toMatchObject({ bytes: 9_000, rate: 8_000 });
  });

  test('counts for a terminal what fits before the only pipe that can be seen', () => {
    const pipes = foresee([sample(0, reading(0, { terminal: true, capacity: 65_536 }))], null).get('a');
    expect(pipes?.capacity).toBe(65_536 + 14_336);
  });

  test('forgets what is older than two minutes', () => {
    const all = [0, 60, 121, 150].reduce<readonly Sample[]>((now, at) => withSample(now, sample(at, reading(at))), []);
    expect(all.map(({ at }) => (at - T) / 1000)).toEqual([60, 121, 150]);
  });
});

test('pressure is that of the one that is worst off', () => {
  const one = { bytes: 0, capacity: 1, rate: null, blocksAt: null, blocked: false };
  expect(pressureOf([one], T)).toBe('none');
  expect(pressureOf([one, { ...one, blocksAt: T + 61_000 }], T)).toBe('none');
  expect(pressureOf([one, { ...one, blocksAt: T + 59_000 }], T)).toBe('soon');
  expect(
    pressureOf(
      [
        { ...one, blocksAt: T },
        { ...one, blocked: true },
      ],
      T,
    ),
  ).toBe('blocked');
});
