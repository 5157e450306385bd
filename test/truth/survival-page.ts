// Writes the survival matrix as a page for readers: what was measured, scenario by scenario, and how the verdicts did.
import type { Verdict } from '../../electron/contract/plan.ts';
import { truthOf, type RunRecord } from './survival-record.ts';
import { scenarios, versions, type Scenario, type Version } from './survival-scenarios.ts';
import { confusion, isFalseHope, isNeedless, isUntold, isWorse, judge, order } from './survival-table.ts';

const words: Readonly<Record<Verdict, { readonly one: string; readonly many: string }>> = {
  'keeps-running': { one: 'keeps running', many: 'keep running' },
  interrupted: { one: 'is interrupted', many: 'are interrupted' },
  stops: { one: 'stops', many: 'stop' },
  hidden: { one: 'is hidden', many: 'are hidden' },
  lost: { one: 'is lost', many: 'are lost' },
};

export function survivalPage(records: Readonly<Record<Version, readonly RunRecord[]>>): string {
  const all = versions.flatMap((version) => records[version]);
  const judged = all.flatMap(judge);
  const dates = [...new Set(all.map(({ measuredAt }) => measuredAt.slice(0, 10)))].toSorted();
  const when = dates.length > 1 ? `${dates[0] ?? ''} to ${dates.at(-1) ?? ''}` : (dates[0] ?? '');
  // An upgrade has one name, wherever it starts from.
  const rows = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const engines = versions.map((version) => records[version][0]?.dockerd.before ?? version);
  const share = (count: number): string => `${((100 * count) / Math.max(1, judged.length)).toFixed(1)} %`;
  const needless = judged.filter(isNeedless).length;
  return [
    '# Who survives: foretold and measured',
    '',
    `Every row was done for real, ${when}, on dockerd ${engines.join(', ')}: each daemon in`,
    'namespaces of its own with twelve containers (published port, port on 127.0.0.1, two on a user-defined network, host',
    'network, restart policies `always` and `unless-stopped`, `--rm`, paused, health check, terminal, and one that writes',
    '1 000 lines a second). The verdicts are those of the present code for what was known before each act.',
    '`npm run truth -- --survival` measures what is missing and writes this page; `npm test` holds the code against the kept',
    'results, and does some of them again.',
    '',
    `${all.length} runs, ${judged.length} containers: **${judged.filter(isFalseHope).length}** were said to go on running and did not,`,
    `${judged.filter(isUntold).length} had an interruption that was not foretold, ${needless} (${share(needless)}) fared better than foretold,`,
    `${judged.filter(isWorse).length} of those that were to stop or worse fared still worse.`,
    '',
    confusion(judged),
    '',
    'Rows are verdicts, columns what was measured. An interruption is a port on 127.0.0.1, a name or a health check that did',
    'not work while the daemon was down or afterwards, or a connection from outside that failed during the act.',
    '',
    `| scenario | ${versions.join(' | ')} |`,
    `|---|${versions.map(() => '---').join('|')}|`,
    ...[...rows.values()].map((scenario) => {
      const cells = versions.map((version) =>
        cell(
          scenario,
          records[version].find((one) => one.scenario === scenario.id),
        ),
      );
      return `| ${scenario.id} | ${cells.join(' | ')} |`;
    }),
    '',
  ].join('\n');
}

function cell({ act }: Scenario, record: RunRecord | undefined): string {
  if (!record) return '';
  const truths = record.fates.map((fate) => truthOf(fate, { stopOnly: act === 'stop', wasUp: record.known.up }));
  const counts = order.flatMap((truth) => {
    const count = truths.filter((one) => one === truth).length;
    if (count === 0) return [];
    return [`${count === truths.length ? 'all' : count} ${words[truth][count === 1 ? 'one' : 'many']}`];
  });
  const failed = record.daemon.up || act === 'stop' ? '' : '; the daemon did not start';
  return `${counts.join(', ')}${failed}`;
}
