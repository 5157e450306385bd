// Holds verdicts against measured truth: the confusion table, and every row that disagrees.
import type { Verdict } from '../../electron/contract/plan.ts';
import { truthOf, type RunRecord } from './survival-record.ts';
import { scenarios } from './survival-scenarios.ts';
import { foretell } from './survival-verdict.ts';

export type Judged = {
  readonly version: string;
  readonly scenario: string;
  readonly container: string;
  readonly verdict: Verdict;
  readonly truth: Verdict;
};

export const order: readonly Verdict[] = ['keeps-running', 'interrupted', 'stops', 'hidden', 'lost'];
const rank = (verdict: Verdict): number => order.indexOf(verdict);

/** Every container of one record; throws for a record of a scenario that is not there any more. */
export function judge(record: RunRecord): readonly Judged[] {
  const scenario = scenarios.find(({ id }) => id === record.scenario);
  if (!scenario) throw new Error(`no scenario '${record.scenario}'; run it again, or remove its record`);
  const told = foretell(scenario, record.known);
  if (told.effect !== record.effect)
    throw new Error(
      `${record.scenario} on ${record.version} was done as ${record.effect}, would be ${told.effect} now: run it again`,
    );
  const asked = { stopOnly: scenario.act === 'stop', wasUp: record.known.up };
  return record.fates.map((fate) => ({
    version: record.version,
    scenario: record.scenario,
    container: fate.name,
    verdict: told.containers.find(({ name }) => name === fate.name)?.verdict ?? 'keeps-running',
    truth: truthOf(fate, asked),
  }));
}

const survives = (verdict: Verdict): boolean => rank(verdict) <= rank('interrupted');

/** "Keeps running", perhaps with an interruption, of what did not. */
export const isFalseHope = ({ verdict, truth }: Judged): boolean => survives(verdict) && !survives(truth);

/** Worse than it came. */
export const isNeedless = ({ verdict, truth }: Judged): boolean => rank(verdict) > rank(truth);

/** Not said to survive, and worse than foretold all the same. */
export const isWorse = ({ verdict, truth }: Judged): boolean => !survives(verdict) && rank(verdict) < rank(truth);

/** An interruption that was not told. */
export const isUntold = ({ verdict, truth }: Judged): boolean => verdict === 'keeps-running' && truth === 'interrupted';

/** Verdicts by row, truths by column, as a Markdown table. */
export function confusion(judged: readonly Judged[]): string {
  const cell = (verdict: Verdict, truth: Verdict): string =>
    String(judged.filter((one) => one.verdict === verdict && one.truth === truth).length);
  const rows = order.map(
    (verdict) => `| ${[`foretold ${verdict}`, ...order.map((truth) => cell(verdict, truth))].join(' | ')} |`,
  );
  return [`| | ${order.join(' | ')} |`, `|---|${order.map(() => '---:').join('|')}|`, ...rows].join('\n');
}
