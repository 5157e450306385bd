// `check --fix`: a text with every remedy applied that needs no question, and what is left to say about it.
import type { Patch } from '../contract/change.ts';
import type { Finding } from '../contract/plan.ts';
import { editConfigText, readConfigText } from './config-text.ts';
import { repairedBytes, repairedText } from './repair-text.ts';

export type FixedText = {
  readonly text: string;
  /** What was put right, in the order in which it was. */
  readonly fixed: readonly Finding[];
};

/** Remedies can uncover others; a file that needs more rounds is not worth it. */
const limit = 200;

/** `check` gives the findings of a text, with their remedies. Null where the text cannot be read even when repaired. */
export function fixedText(
  bytes: Uint8Array,
  version: string | null,
  check: (text: string) => readonly Finding[],
): FixedText | null {
  const read = readConfigText(bytes, '', version);
  const repaired = read.ok ? repairedText(read.value.text) : repairedBytes(bytes);
  if (repaired === null) return null;
  const fixed: Finding[] = [];
  if (!read.ok) fixed.push(faultOf(read.problem));
  else if (repaired !== read.value.text)
    fixed.push(...check(read.value.text).filter(({ about }) => about.kind === 'duplicate-key'));
  let text = repaired;
  for (let round = 0; round < limit; round++) {
    const found = check(text);
    const step = firstStep(text, found, version, check);
    if (step === null) break;
    ({ text } = step);
    fixed.push(step.finding);
  }
  return { text, fixed };
}

/** The first remedy that does no harm: what was ignored may be refused where it comes into force. */
function firstStep(
  text: string,
  found: readonly Finding[],
  version: string | null,
  check: (text: string) => readonly Finding[],
): { readonly text: string; readonly finding: Finding } | null {
  const errors = (findings: readonly Finding[]): number =>
    findings.filter(({ severity }) => severity === 'error').length;
  for (const finding of found) {
    const next = finding.fix === undefined ? null : edited(text, finding.fix, version);
    if (next !== null && next !== text && errors(check(next)) <= errors(found)) return { text: next, finding };
  }
  return null;
}

function edited(text: string, fix: Patch, version: string | null): string | null {
  const read = readConfigText(new TextEncoder().encode(text), '', version);
  const next = read.ok ? editConfigText(read.value, fix) : read;
  return next.ok ? next.value : null;
}

const faultOf = (problem: Extract<Finding['about'], { kind: 'text-fault' }>['problem']): Finding => ({
  severity: 'error',
  path: [],
  place: problem.kind === 'config.invalid' ? problem.place : null,
  about: { kind: 'text-fault', problem },
});
