// How grave a finding is, and that the gravest comes first.
import type { Finding } from './plan.ts';

export type Severity = Finding['severity'];

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** For sorting, the gravest first. */
export const bySeverity = (a: { readonly severity: Severity }, b: { readonly severity: Severity }): number =>
  order.indexOf(a.severity) - order.indexOf(b.severity);
