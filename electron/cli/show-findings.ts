// Problems and findings for human eyes: like a compiler, with what to do below.
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { Finding } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';
import { bySeverity } from '../contract/severity.ts';
import type { CheckResult } from '../engine/check-file.ts';
import { findingSaidInLines, problemSaidInLines } from './sentences.ts';
import { indented, visible, type TextStyle } from './text-style.ts';

/** `daemon.json:4:12: error: …`, the gravest first where they have no place, else in the order of the file. */
export function findingsText(
  findings: readonly Finding[],
  path: string | null,
  messages: Messages,
  style: TextStyle,
): string {
  const sorted = findings.toSorted(
    (a, b) =>
      (a.place?.line ?? Infinity) - (b.place?.line ?? Infinity) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      bySeverity(a, b),
  );
  return sorted.map((finding) => findingText(finding, path, messages, style)).join('');
}

function findingText(finding: Finding, path: string | null, messages: Messages, style: TextStyle): string {
  const { cli } = messages;
  const { message, lines, remedy } = findingSaidInLines(messages, finding);
  const paint = { error: style.bad, warning: style.careful, info: style.quiet }[finding.severity];
  const place = finding.place === null ? null : finding.place;
  const where = path === null ? '' : cli.check.place(path, place?.line ?? null, place?.column ?? null);
  return (
    `${style.strong(where)}${paint(`${cli.prefix[finding.severity]}:`)} ${visible(message)}\n` +
    lines.map((line) => `  ${style.quiet(visible(line))}\n`).join('') +
    (remedy === null ? '' : `${indented(visible(remedy))}\n`)
  );
}

/** What was found, and the verdict below it. */
export function checkText(
  { verdict, findings }: CheckResult,
  path: string | null,
  messages: Messages,
  style: TextStyle,
): string {
  const { check: words } = messages.cli;
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const counts = words.counts(count('error'), count('warning'));
  const judged = verdict === 'starts' ? style.good(words.starts) : style.bad(words.refuses);
  const gap = separators[messages.language].sentences;
  return `${findingsText(findings, path, messages, style)}${judged}${counts === '' ? '' : `${gap}(${counts})`}\n`;
}

/** What was put right. */
export function fixedTextOf(fixed: readonly Finding[], messages: Messages, style: TextStyle): string {
  const { check: words } = messages.cli;
  if (fixed.length === 0) return `${words.nothingToFix}\n`;
  return fixed
    .map((finding) => `${style.good(`${words.fixed}:`)} ${visible(findingSaidInLines(messages, finding).message)}\n`)
    .join('');
}

/** A problem with the daemon's lines and what to do; for standard error or below a result. */
export function problemText(problem: Problem, messages: Messages, style: TextStyle): string {
  const { message, lines, remedy } = problemSaidInLines(messages, problem);
  const findings = problem.kind === 'config.faulty' ? problem.findings : [];
  const path = problem.kind === 'config.faulty' ? problem.path : null;
  return (
    `${style.bad(visible(message))}\n` +
    lines.map((line) => `  ${style.quiet(visible(line))}\n`).join('') +
    indented(findingsText(findings, path, messages, style)) +
    (remedy === null ? '' : `${visible(remedy)}\n`)
  );
}
