// A plan for human eyes: what changes, what it needs and why, the file's difference, and every container's fate.
import type { Json } from '../contract/json.ts';
import type { Messages } from '../contract/messages/index.ts';
import type { Plan, Verdict } from '../contract/plan.ts';
import { findingsText, problemText } from './show-findings.ts';
import { columns, indented, labeled, visible, type TextStyle } from './text-style.ts';
import { unifiedDiff } from './unified-diff.ts';

const tones: Readonly<Record<Verdict, keyof TextStyle>> = {
  'keeps-running': 'good',
  interrupted: 'careful',
  stops: 'bad',
  hidden: 'bad',
  lost: 'bad',
};

/** `isDown`: the daemon does not run, and takes the file at its next start. */
export function planText(
  plan: Plan,
  about: { readonly path: string; readonly isDown: boolean },
  messages: Messages,
  style: TextStyle,
): string {
  const { cli } = messages;
  const changed = plan.text !== null && plan.text.before !== plan.text.after;
  const parts: string[] = [];
  if (plan.verb === 'apply' && !changed) parts.push(`${cli.plan.nothing}\n`);
  else parts.push(changesText(plan, messages), labeled(effectRows(plan, about.isDown, messages), style));
  if (changed && plan.text) parts.push(diffText(unifiedDiff(plan.text.before, plan.text.after, about.path), style));
  if (plan.containers.length > 0) parts.push(fatesText(plan, messages, style));
  if (plan.findings.length > 0) parts.push(findingsText(plan.findings, about.path, messages, style));
  if (plan.blocked !== null) {
    parts.push(`${cli.plan.blocked}\n${indented(problemText(plan.blocked, messages, style))}`);
  } else if (plan.needs.length > 0) parts.push(`${style.careful(cli.plan.needs(plan.needs))}\n`);
  return parts.filter((part) => part !== '').join('\n');
}

function changesText({ changes }: Plan, { cli }: Messages): string {
  const shown = (value: Json | undefined, absent: string): string =>
    value === undefined ? absent : visible(JSON.stringify(value));
  return changes
    .map(({ key, from, to, waiting }) => {
      const line = cli.plan.change(key, shown(from, cli.plan.notSet), shown(to, cli.plan.removed));
      return waiting === true ? cli.plan.waiting(line) : line;
    })
    .map((line) => `${line}\n`)
    .join('');
}

function effectRows(
  plan: Plan,
  isDown: boolean,
  { cli, plan: said }: Messages,
): readonly (readonly [string, string])[] {
  const { effect, changes, expectedGapMs } = plan;
  const words = isDown && effect === 'none' ? cli.plan.nextStart : said.effects[effect];
  const causes = changes
    .filter((change) => change.effect === 'restart' && change.waiting !== true)
    .map(({ key }) => key);
  const restarts = effect === 'restart' || effect === 'reload-then-restart';
  const why = restarts && causes.length > 0 ? cli.plan.because(words, causes) : words;
  const phases = effect === 'reload-then-restart' ? `\n${said.effectSentences[effect]}` : '';
  const gap =
    expectedGapMs === null || expectedGapMs === 0
      ? []
      : [[cli.labels.gap, cli.plan.gap(expectedGapMs, plan.expectedGapRangeMs)] as const];
  return [[cli.labels.effect, `${why}${phases}`], ...gap];
}

const diffText = (diff: string, style: TextStyle): string =>
  diff.replaceAll(/^.*$/gm, (line) => {
    const text = visible(line);
    if (line.startsWith('---') || line.startsWith('+++')) return style.strong(text);
    if (line.startsWith('-')) return style.bad(text);
    if (line.startsWith('+')) return style.good(text);
    return line.startsWith('@@') ? style.quiet(text) : text;
  });

function fatesText({ containers }: Plan, messages: Messages, style: TextStyle): string {
  const rows = containers.map(({ name, verdict, reasons }) => [
    name,
    messages.plan.verdicts[verdict],
    messages.cli.plan.reasons(reasons.map(messages.plan.reason)),
  ]);
  const lines = columns(rows, (cell, row, column) => {
    const verdict = containers[row]?.verdict;
    return column === 1 && verdict ? style[tones[verdict]](cell) : cell;
  });
  return `${messages.cli.labels.containers}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
