import { expect, test } from 'vitest';
import { cli, fakeEngine } from '../../fakes/command-line.ts';

const survived = {
  survived: true,
  pidBefore: 4242,
  pidAfter: 4242,
  logGapLines: 0,
  apiDowntimeMs: 900,
  outcome: null,
  problem: null,
};

test('gives the fields of its contract', async () => {
  const ran = await cli(['drill', '--json']);
  expect(ran.document()).toMatchObject({ ...survived, on: 'daemon', outcome: { verb: 'restart' } });
  expect(ran.code).toBe(0);
});

test('on a private daemon, where it is asked for', async () => {
  expect((await cli(['drill', '--sandbox', '--json'])).document()).toMatchObject({ survived: true, on: 'sandbox' });
});

test.each([
  [{ ...survived, survived: false, pidAfter: 0 }, 1, /did not survive/],
  [{ ...survived, survived: null, problem: { kind: 'drill.would-stop', names: ['web'] } as const }, 1, /web/],
])('what did not survive, or was not done, is a failure', async (drilled, code, words) => {
  const ran = await cli(['drill'], { engine: fakeEngine({ drill: () => Promise.resolve(drilled) }) });
  expect(ran.code).toBe(code);
  expect(ran.stdout + ran.stderr).toMatch(words);
});
