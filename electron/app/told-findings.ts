// Leaves out what the user does not want to be told: checks of the doctor that are muted.
import type { CheckId } from '../contract/doctor.ts';
import type { Finding } from '../contract/plan.ts';

/** The very same list where nothing is left out. */
export function toldFindings(findings: readonly Finding[], muted: readonly CheckId[]): readonly Finding[] {
  const told = findings.filter(({ about }) => about.kind !== 'doctor' || !muted.includes(about.check));
  return told.length === findings.length ? findings : told;
}
