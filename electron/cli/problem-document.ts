// Problems and findings as `--json` shows them: their data, the sentence, and what to do.
import type { Messages } from '../contract/messages/index.ts';
import type { Finding } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';
import { findingSaid, problemSaid } from './sentences.ts';

/** The sentence, and what to do; null where nothing is to be done. */
type Said = { readonly message: string; readonly remedy: string | null };

/** Beside these, the problem's own data. */
export type ProblemDocument = Said & { readonly kind: Problem['kind'] };

/** Beside these, the finding's own data. */
export type FindingDocument = Said & {
  readonly severity: Finding['severity'];
  readonly kind: Finding['about']['kind'];
  readonly path: readonly string[];
  readonly line: number | null;
  readonly column: number | null;
};

/** The problem with its sentences; the problems and findings within it have theirs too. */
export function problemDocument(messages: Messages, problem: Problem): ProblemDocument {
  const { message, remedy } = problemSaid(messages, problem);
  const inner =
    problem.kind === 'config.faulty'
      ? { findings: problem.findings.map((finding) => findingDocument(messages, finding)) }
      : {};
  return { ...problem, ...inner, message, remedy };
}

/** The finding flat: severity, kind and its data, path, place, sentence, remedy. */
export function findingDocument(messages: Messages, finding: Finding): FindingDocument {
  const { severity, path, place, about } = finding;
  const { message, remedy } = findingSaid(messages, finding);
  const inner = about.kind === 'text-fault' ? { problem: problemDocument(messages, about.problem) } : {};
  return {
    severity,
    ...about,
    ...inner,
    path,
    line: place?.line ?? null,
    column: place?.column ?? null,
    message,
    remedy,
  };
}
