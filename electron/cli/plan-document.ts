// What would be done, and what was done, as `--json` shows it. The names are the contract of scripts.
import type { Messages } from '../contract/messages/index.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Accept, Finding, Plan } from '../contract/plan.ts';
import type { FixResult } from '../engine/check-file.ts';
import { findingDocument, problemDocument } from './problem-document.ts';

/** `from` and `to` are missing where the option is not in the file; null is the value null. */
export function planDocument(plan: Plan, messages: Messages) {
  return {
    ...plan,
    containers: plan.containers.map((container) => ({
      ...container,
      reasons: container.reasons.map((reason) => ({ ...reason, message: messages.plan.reason(reason) })),
    })),
    findings: plan.findings.map((finding) => findingDocument(messages, finding)),
    blocked: plan.blocked === null ? null : problemDocument(messages, plan.blocked),
  };
}

/** `needs`: what has to be accepted for it to be done. */
export function outcomeDocument(outcome: Outcome, needs: readonly Accept[], messages: Messages) {
  return { ...outcome, needs, problem: outcome.problem === null ? null : problemDocument(messages, outcome.problem) };
}

export function checkDocument(verdict: 'starts' | 'refuses', findings: readonly Finding[], messages: Messages) {
  return { verdict, findings: findings.map((finding) => findingDocument(messages, finding)) };
}

/** `findings` are those that are left. */
export const fixDocument = (result: FixResult, messages: Messages) => ({
  ...checkDocument(result.verdict, result.findings, messages),
  fixed: result.fixed.map((finding) => findingDocument(messages, finding)),
});
