// A fixed sample of the corpus on the real daemons once more: they, the kept results and our check say the same.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf, type Case } from '../truth/case.ts';
import { partFor } from '../truth/corpus.ts';
import { judgeStart } from '../truth/judge.ts';
import { readMachine } from '../truth/machine.ts';
import { checked } from '../truth/replay.ts';
import { resultsFor } from '../truth/results.ts';
import { containerdProgram, versionOf } from '../truth/run-config.ts';
import { openLane, prepareSwarm, type Lane } from '../truth/world.ts';
import { programsFor, versions } from './real-daemon.ts';

const folder = join(import.meta.dirname, '..', 'truth');
const perVersion = 20;
const lanesPerVersion = 2;

/** Those with the smallest names, half of them refused, so that the sample is the same everywhere; slow ones are left out. */
function sampleOf(version: string, starts: (one: Case) => boolean | undefined): readonly Case[] {
  const sorted = partFor(version)
    .filter(({ bytes }) => !/containerd"|authorization-plugins/.test(Buffer.from(bytes).toString('latin1')))
    .toSorted((a, b) => hashOf(a).localeCompare(hashOf(b)));
  const half = (wanted: boolean): readonly Case[] =>
    sorted.filter((one) => starts(one) === wanted).slice(0, perVersion / 2);
  return [...half(true), ...half(false)];
}

describe.each(versions)('dockerd %s', (version) => {
  const programs = programsFor(version);
  const dockerd = versionOf(programs.dockerd) ?? '';
  const results = resultsFor(folder, dockerd);
  let lanes: readonly Lane[] = [];

  beforeAll(async () => {
    lanes = await Promise.all(Array.from({ length: lanesPerVersion }, () => openLane(programs, containerdProgram())));
    await Promise.all(lanes.map(prepareSwarm));
  });
  afterAll(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
  });

  test('says what it said before, and what check says', async ({ annotate }) => {
    // Another daemon than the one that was asked may answer otherwise: that is worth telling, and no failure.
    if (results === null || results.head.dockerd !== dockerd) {
      await annotate(
        `dockerd ${dockerd} is not in the table (${results?.head.dockerd ?? 'none'}); nothing was compared`,
      );
      return;
    }
    const known = new Map(results.judged.flatMap(({ hash, starts }) => (starts === undefined ? [] : [[hash, starts]])));
    const machine = readMachine(folder);
    const left = [...sampleOf(version, (one) => known.get(hashOf(one)))];
    expect(left).toHaveLength(perVersion);
    const differing: unknown[] = [];
    await Promise.all(
      lanes.map(async (lane) => {
        for (let one = left.pop(); one !== undefined; one = left.pop()) {
          const { starts, said } = await judgeStart(lane, one);
          const kept = known.get(hashOf(one));
          const ours = checked(one, dockerd, machine).starts;
          if (starts !== kept || starts !== ours)
            differing.push({ text: Buffer.from(one.bytes).toString('latin1'), starts, kept, ours, said });
        }
      }),
    );
    expect(differing).toEqual([]);
  }, 120_000);
});
