// The result of a verb for human eyes: what came of it, with proof, containers, gap and timings.
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { Audit } from '../contract/audit.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Accept } from '../contract/plan.ts';
import { problemText } from './show-findings.ts';
import { indented, labeled, visible, type TextStyle } from './text-style.ts';

/** What an outcome does not tell itself. */
export type OutcomeContext = {
  /** The configuration file. */
  readonly path: string;
  /** The file as it was; null where nothing was written. */
  readonly backup: string | null;
  /** What has to be accepted for it to be done. */
  readonly missing: readonly Accept[];
};

export function outcomeText(outcome: Outcome, about: OutcomeContext, messages: Messages, style: TextStyle): string {
  const { cli } = messages;
  const head = headline(outcome, messages, style);
  const rows =
    outcome.result === 'refused' || outcome.result === 'nothing' ? [] : rowsOf(outcome, about.backup, messages);
  const parts = [`${head}\n`, indented(labeled(rows, style))];
  if (outcome.problem !== null) parts.push(indented(problemText(outcome.problem, messages, style)));
  const told = outcome.problem !== null && 'lines' in outcome.problem ? outcome.problem.lines : [];
  const log = outcome.log.filter((line) => !told.includes(line));
  if (log.length > 0) parts.push(`  ${cli.labels.log}:\n`, ...log.map((line) => `    ${visible(line)}\n`));
  if (about.missing.length > 0) parts.push(`  ${cli.apply.add(about.missing)}\n`);
  if (outcome.result === 'failed') parts.push(indented(repairText(outcome, about, messages)));
  return parts.join('');
}

function headline(outcome: Outcome, { cli, plan }: Messages, style: TextStyle): string {
  const sentence = plan.outcome(outcome);
  switch (outcome.result) {
    case 'applied':
      return outcome.problem === null ? style.good(sentence) : style.careful(sentence);
    case 'nothing':
      return sentence;
    case 'refused':
      return style.careful(cli.outcome.refused);
    case 'rolled-back':
      return style.careful(sentence);
    case 'failed':
      return style.bad(sentence);
  }
}

function rowsOf(
  outcome: Outcome,
  backup: string | null,
  { cli, plan, audit, language }: Messages,
): readonly (readonly [string, string])[] {
  const { labels, outcome: words } = cli;
  const { effect, containers, apiDowntimeMs, timings, startedAt, finishedAt, verb, result } = outcome;
  const rows: (readonly [string, string])[] = [];
  if (verb === 'apply') rows.push([labels.effect, plan.effects[effect]]);
  const proof = result === 'applied' ? proofWords(outcome, cli) : [];
  if (proof.length > 0) rows.push([labels.proof, proof.join(separators[language].words)]);
  const fates = [
    plan.fared(containers),
    ...(containers.stopped.length > 0 ? [words.stopped(containers.stopped.map(({ name }) => name))] : []),
    ...(containers.lost.length > 0 ? [words.lost(containers.lost.map(({ name }) => name))] : []),
  ];
  rows.push([labels.containers, fates.join('\n')]);
  if (result === 'applied' && verb !== 'stop')
    rows.push([labels.gap, apiDowntimeMs === 0 ? words.noGap : words.milliseconds(apiDowntimeMs)]);
  if (outcome.audit !== null)
    rows.push([labels.audit, auditLines(outcome.audit, audit, separators[language].clauses).join('\n')]);
  if (backup !== null) rows.push([labels.backup, backup]);
  const steps = timings.filter(({ ms }) => ms >= 1).map(({ step, ms }) => words.timing(step, words.milliseconds(ms)));
  const all = words.milliseconds(finishedAt - startedAt);
  rows.push([labels.took, steps.length === 0 ? all : `${all} (${steps.join(separators[language].words)})`]);
  return rows;
}

/** One line in all, and one for each container that is not as it was. */
function auditLines(found: Audit, words: Messages['audit'], separator: string): readonly string[] {
  const left = found.orphans.map((orphan) => words.orphans.line(visible(orphan.name), orphan));
  return [
    words.summary(found),
    ...found.containers.map(
      ({ name, deviations }) => `${visible(name)}: ${deviations.map(words.deviation).join(separator)}`,
    ),
    ...left,
    ...logLines(found, words),
  ];
}

/** One line for each log with something to tell, and one for all others. */
function logLines({ logs }: Audit, words: Messages['audit']): readonly string[] {
  const told = logs.filter(({ log }) => log.kind !== 'none');
  const whole = logs.length - told.length;
  return [
    ...told.map(({ name, log }) => words.logOf(visible(name), log)),
    ...(whole > 0 ? [`${words.logs}: ${words.wholeLogs(whole)}`] : []),
  ];
}

function proofWords({ proof, verb }: Outcome, { outcome: words }: Messages['cli']): readonly string[] {
  if (proof === null) return [];
  const { event, info, pidBefore, pidAfter } = proof;
  const seen = info.map(({ key, value }) => words.seen(key, value));
  const pid =
    pidAfter === null || verb === 'stop'
      ? []
      : [pidAfter === pidBefore ? words.samePid(pidAfter) : words.newPid(pidBefore, pidAfter)];
  return [...(event === null ? [] : [words.event]), ...seen, ...pid];
}

/** What to do after a failure that could not be put right. */
function repairText({ file }: Outcome, { path, backup }: OutcomeContext, { cli, plan }: Messages): string {
  const { repair } = cli.outcome;
  const putBack = backup !== null && (file === 'new' || file === 'unknown') ? [repair.backup(backup, path)] : [];
  return [plan.fileStates[file], ...putBack, repair.look].map((line) => `${line}\n`).join('');
}
