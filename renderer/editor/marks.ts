// What is wrong in the text, as marks at their places: the same findings that the checks and the plan have.
import type { Messages } from '@contract/messages/page.ts';
import type { Finding } from '@contract/plan.ts';
import type { Policy } from '@contract/policy.ts';
import type { Place, Problem } from '@contract/problem.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';
import type { Draft, Fix } from '../draft.ts';
import { findingWords, joined, problemWords } from '../sentences.ts';
import type { Forecast } from '../store.ts';

/** A mark at a place, or at the key of an option. */
export type Mark = {
  readonly at: Place | readonly string[];
  readonly severity: Finding['severity'];
  readonly sentence: string;
  readonly remedy: string;
  /** What one click puts right, as in the list of findings; absent where only a human can say what was meant. */
  readonly fix?: Fix;
  /** True for what the administrator locked: no fault, and only marked where it stands. */
  readonly lock?: boolean;
};

/** The marks of the text that is shown; null while they are being found out. */
export function marksOf(
  messages: Messages,
  draft: Draft | null,
  { plan, problem, fresh }: Forecast,
  { config, findings, policy }: Pick<Snapshot, 'config' | 'findings' | 'policy'>,
): readonly Mark[] | null {
  const locks = ofPolicy(messages, policy);
  if (draft === null) return [...ofFile(messages, config), ...ofFindings(messages, findings), ...locks];
  if (!fresh) return null;
  const found = ofFindings(messages, plan?.findings ?? []);
  return [...ofProblem(messages, problem ?? plan?.blocked ?? null), ...found, ...locks];
}

const ofPolicy = (messages: Messages, policy: Policy): readonly Mark[] =>
  policy.state !== 'in-force'
    ? []
    : policy.locked.map(({ path, reason }) => {
        const sentence = messages.policy.locked(policy.path, reason);
        return { at: path, severity: 'info', sentence, remedy: '', lock: true };
      });

function ofFile(messages: Messages, config: ConfigFile): readonly Mark[] {
  if (config.state !== 'unreadable') return [];
  const { problem, repaired } = config;
  const fix = repaired === undefined ? {} : { fix: { text: repaired } };
  return ofProblem(messages, problem).map((mark) => ({ ...mark, ...fix }));
}

const ofFindings = (messages: Messages, findings: readonly Finding[]): readonly Mark[] =>
  findings.flatMap((finding): readonly Mark[] => {
    const at = finding.place ?? (finding.path.length > 0 ? finding.path : null);
    // A fault of the text is marked as the problem that it is.
    if (at === null || finding.about.kind === 'text-fault') return [];
    const { title, detail } = findingWords(messages, finding);
    const { severity, fix } = finding;
    return [{ at, severity, sentence: title, remedy: detail, ...(fix === undefined ? {} : { fix }) }];
  });

function ofProblem(messages: Messages, problem: Problem | null): readonly Mark[] {
  const at = problem && placeOf(problem);
  if (problem === null || at === null) return [];
  const { title, detail } = problemWords(messages, problem);
  const said = problem.kind === 'config.invalid' ? messages.problem(problem).state : joined(messages, title, detail);
  return [{ at, severity: 'error', sentence: said, remedy: '' }];
}

function placeOf(problem: Problem): Mark['at'] | null {
  if (problem.kind === 'config.invalid') return problem.place;
  if (problem.kind === 'policy.locked') return problem.key.split('.');
  const { kind } = problem;
  const isLiveRestore =
    kind === 'live-restore.flag' || kind === 'live-restore.swarm' || kind === 'live-restore.windows';
  return isLiveRestore ? ['live-restore'] : null;
}
