// STUB
import { type Messages } from '@contract/messages/index.ts';
import type { Problem } from '@contract/problem.ts';
import type { Outcome, Step } from '@contract/outcome.ts';
import type { ContainerVerdict, Finding, Reason, Verdict, Accept } from '@contract/plan.ts';
import type { EngineStatus, Snapshot } from '@contract/snapshot.ts';
import type { Tone } from './parts/mark.tsx';

export type Words = { readonly title: string; readonly detail: string; readonly lines: readonly string[] };

export const problemWords = (_: Messages, problem: Problem): Words => ({
  title: `Problem ${problem.kind}.`,
  detail: 'Something that matters happened to the thing, and it is so and so now.',
  lines: 'lines' in problem ? problem.lines : [],
});
export const findingWords = (_: Messages, finding: Finding): Words => ({
  title: `Finding ${finding.about.kind}.`,
  detail: 'Do this.',
  lines: [],
});
export const outcomeWords = (_: Messages, o: Outcome): Words => ({
  title: 'Reloaded. The daemon says live restore is on. 4 of 4 containers keep their process.',
  detail: `${o.finishedAt - o.startedAt} ms`,
  lines: o.log,
});
export const verdictWord = (_: Messages, v: Verdict): string => v.replaceAll('-', ' ');
export const reasonWords = (_: Messages, r: Reason): string => r.kind.replaceAll('-', ' ');
export const acceptWords = (_: Messages, a: Accept, _names: readonly string[]): string => a;
export const stepWord = (_: Messages, s: Step): string => s;
export const stateWord = (_: Messages, e: EngineStatus): string => e.state;
export const stateSentence = (_: Messages, s: Snapshot): Words => ({
  title: `It is ${s.engine.state}.`,
  detail: 'And so on and on.',
  lines: s.engine.state === 'failed' ? s.engine.log : [],
});
export const reasonsWords = (m: Messages, c: ContainerVerdict): string =>
  c.reasons.map((r) => reasonWords(m, r)).join(', ');
export const verdictTone = (v: Verdict): Tone =>
  v === 'keeps-running' ? 'good' : v === 'interrupted' ? 'warn' : 'bad';
