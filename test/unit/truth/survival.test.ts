// Holds the present verdict code against what was measured on real daemons: test/truth/survival-*.jsonl.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecords } from '../../truth/survival-file.ts';
import { survivalPage } from '../../truth/survival-page.ts';
import { scenariosOf, versions, type Version } from '../../truth/survival-scenarios.ts';
import { foretell } from '../../truth/survival-verdict.ts';
import { isFalseHope, isNeedless, isUntold, judge, type Judged } from '../../truth/survival-table.ts';

const folder = fileURLToPath(new URL('../../truth', import.meta.url));
const told = ({ scenario, container, verdict, truth }: Judged): string =>
  `${scenario}, ${container}: ${verdict}, was ${truth}`;

describe.each(versions)('measured on %s', (version) => {
  const records = readRecords(folder, version);
  const judged = records.flatMap(judge);

  test('at least 60 scenarios, each of them known', () => {
    const known = new Set(scenariosOf(version).map(({ id }) => id));
    expect(records.length).toBeGreaterThanOrEqual(60);
    expect(records.filter(({ scenario }) => !known.has(scenario))).toEqual([]);
    expect(new Set(records.map(({ scenario }) => scenario)).size).toBe(records.length);
  });

  test('nobody that was said to go on running did not', () => {
    expect(judged.filter(isFalseHope).map(told)).toEqual([]);
  });

  test('every interruption was foretold', () => {
    expect(judged.filter(isUntold).map(told)).toEqual([]);
  });

  test('at most 3 % fared better than foretold', () => {
    expect(judged.filter(isNeedless).length / judged.length).toBeLessThanOrEqual(0.03);
  });

  test('whoever was said to be started again was, and whoever was not stayed stopped', () => {
    const claims = records.flatMap((record) => {
      const scenario = scenariosOf(version).find(({ id }) => id === record.scenario);
      const containers = scenario ? foretell(scenario, record.known).containers : [];
      return containers.flatMap(({ name, reasons }) => {
        const kind = reasons.find((reason) => reason.kind === 'started-again' || reason.kind === 'stays-stopped')?.kind;
        const said = record.fates.find((fate) => fate.name === name)?.said;
        return kind ? [`${record.scenario}, ${name}: ${kind}, is ${said ?? ''}`] : [];
      });
    });
    expect(claims.length).toBeGreaterThan(10);
    expect(claims.filter((claim) => !/started-again, is running$|stays-stopped, is exited$/.test(claim))).toEqual([]);
  });

  test('the truth has all kinds in it, so that the rows above can fail', () => {
    const kinds = new Set(judged.map(({ truth }) => truth));
    expect([...kinds].toSorted()).toEqual(['hidden', 'interrupted', 'keeps-running', 'lost', 'stops']);
  });
});

test('the page for readers says what was measured, and what the present code makes of it', () => {
  const kept = (version: Version) => readRecords(folder, version);
  const page = readFileSync(fileURLToPath(new URL('../../../docs/survival.md', import.meta.url)), 'utf8');
  expect(page).toBe(survivalPage({ '20.10': kept('20.10'), '26.1': kept('26.1'), '28.5': kept('28.5') }));
});
