// The survival matrix for real: every scenario on every version that has no result yet, two at a time; then the table.
import { mkdirSync, writeFileSync } from 'node:fs';
import { findEngine } from '../../electron/platform/find-engine.ts';
import { keepRecord, readRecords } from './survival-file.ts';
import { runScenario, type Programs } from './survival-run.ts';
import { scenariosOf, versions, type Scenario, type Version } from './survival-scenarios.ts';
import type { RunRecord } from './survival-record.ts';
import { survivalPage } from './survival-page.ts';
import { confusion, isFalseHope, isNeedless, isUntold, judge } from './survival-table.ts';

const atOnce = 2;

export const programs: Programs = (version) => {
  const engine = findEngine(process.env, version);
  if ('missing' in engine) throw new Error(`dockerd ${version} cannot be started: ${engine.missing.join(', ')}`);
  return engine.found;
};

export type SurvivalOptions = {
  readonly folder: string;
  /** Only scenarios whose id holds this; these run again although they have a result. */
  readonly only: string | null;
  readonly versions: readonly Version[];
  /** Where the page for readers goes; null: nowhere. */
  readonly page: string | null;
  readonly say: (line: string) => void;
};

/** Resolves with true where nothing that did not survive was said to survive, and all could be run. */
export async function runSurvival({ folder, only, versions: wanted, page, say }: SurvivalOptions): Promise<boolean> {
  const open = wanted.flatMap((version) => {
    const done = new Set(readRecords(folder, version).map(({ scenario }) => scenario));
    return scenariosOf(version)
      .filter(({ id }) => (only === null ? !done.has(id) : id.includes(only)))
      .map((scenario) => ({ version, scenario }));
  });
  mkdirSync(folder, { recursive: true });
  const queue = open.toSorted((a, b) => spread(a, open) - spread(b, open));
  const failed: string[] = [];
  let count = 0;
  async function worker(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { version, scenario } = next;
      const began = Date.now();
      const label = `${version} ${scenario.id}`;
      try {
        const record = await runScenario(scenario, version, programs);
        keepRecord(folder, version, record);
        const wrong = judge(record).filter((one) => one.verdict !== one.truth);
        const words = wrong.map(({ container, verdict, truth }) => `${container}: ${verdict}, was ${truth}`).join('; ');
        say(`${(count += 1)}/${open.length} ${label} (${Date.now() - began} ms)${words === '' ? '' : `  ${words}`}`);
      } catch (error) {
        failed.push(label);
        say(
          `${(count += 1)}/${open.length} ${label} FAILED: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  const judged = wanted.flatMap((version) => readRecords(folder, version).flatMap(judge));
  const share = (n: number): string =>
    `${n} of ${judged.length} (${((100 * n) / Math.max(1, judged.length)).toFixed(1)} %)`;
  if (page !== null) {
    const kept = (version: Version): readonly RunRecord[] => readRecords(folder, version);
    writeFileSync(page, survivalPage({ '20.10': kept('20.10'), '26.1': kept('26.1'), '28.5': kept('28.5') }));
  }
  say(confusion(judged));
  say(`said to survive and did not: ${judged.filter(isFalseHope).length}`);
  say(`interruption not foretold: ${share(judged.filter(isUntold).length)}`);
  say(`needlessly pessimistic: ${share(judged.filter(isNeedless).length)}`);
  if (failed.length > 0) say(`could not be run: ${failed.join('; ')}`);
  return failed.length === 0 && !judged.some(isFalseHope);
}

/** All versions go forward together, so that what is there after a break speaks of each. */
function spread(one: { version: Version; scenario: Scenario }, all: readonly { version: Version }[]): number {
  const same = all.filter(({ version }) => version === one.version);
  return (same as readonly unknown[]).indexOf(one) * versions.length + versions.indexOf(one.version);
}
