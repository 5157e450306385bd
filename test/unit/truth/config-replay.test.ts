import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { versions } from '../../integration/real-daemon.ts';
import { hashOf } from '../../truth/case.ts';
import { corpus, partFor, seed } from '../../truth/corpus.ts';
import { readMachine } from '../../truth/machine.ts';
import { compare, confusionOf, type Compared } from '../../truth/replay.ts';
import { readResults } from '../../truth/results.ts';
import { configTables } from '../../truth/config-table.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'test', 'truth');
const machine = readMachine(folder);
const told = (all: readonly Compared[]): readonly string[] =>
  all.map(
    ({ one, said }) => `${Buffer.from(one.bytes).toString('latin1').slice(0, 300)} ${one.flags.join(' ')} => ${said}`,
  );

/** Of those that start, or are taken, at least this part must be called so. */
const enough = 0.99;

test('the corpus is large enough, and no configuration stands in it twice', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(2_000);
  expect(new Set(corpus.map(hashOf)).size).toBe(corpus.length);
  expect(partFor('20.10.24').length).toBeGreaterThanOrEqual(300);
});

describe.each(versions)('what dockerd %s said', (version) => {
  const results = readResults(folder, version);
  const compared = results && compare(results, machine);

  test('is there for every configuration of its part, from the seed that is used now', () => {
    expect(results?.head.seed).toBe(seed);
    const judged = new Set(results?.judged.flatMap(({ hash, starts }) => (starts === undefined ? [] : [hash])));
    expect(partFor(version).filter((one) => !judged.has(hashOf(one)))).toEqual([]);
  });

  test.each(['start', 'reload'] as const)('check never promises a %s that is refused', (what) => {
    expect(told(compared?.[what].filter(({ real, ours }) => !real && ours) ?? [])).toEqual([]);
  });

  test.each(['start', 'reload'] as const)('check seldom warns of a %s that is fine', (what) => {
    const { right, needless } = confusionOf(compared?.[what] ?? []);
    expect(right).toBeGreaterThan(0);
    expect(right / (right + needless)).toBeGreaterThanOrEqual(enough);
  });
});

test('the tables in the documentation are the ones that the results give', () => {
  const text = readFileSync(join(root, 'docs', 'check.md'), 'utf8');
  for (const line of configTables(folder, machine)) expect(text).toContain(line);
}, 60_000);
