// Puts the catalog's sentences together as the window shows them: a title, what else is to be known, lines of a log.
import type { Messages } from '@contract/messages/page.ts';
import { separators } from '@contract/messages/separators.ts';
import type { Outcome } from '@contract/outcome.ts';
import type { ContainerVerdict, Finding, Verdict } from '@contract/plan.ts';
import type { Problem } from '@contract/problem.ts';
import { shownState } from '@contract/shown-state.ts';
import type { Candidate, EngineStatus, Snapshot } from '@contract/snapshot.ts';
import { titleOfKey, type Titles } from './fields/titles.ts';
import type { Tone } from './parts/mark.tsx';

/** `detail` is empty where the title says all; `lines` are the daemon's own. */
export type Words = { readonly title: string; readonly detail: string; readonly lines: readonly string[] };

/** What stands between two sentences. */
export const gapIn = ({ language }: Pick<Messages, 'language'>): string => separators[language].sentences;

/** Sentences as one paragraph; empty ones are left out. */
export const joined = (messages: Pick<Messages, 'language'>, ...sentences: readonly string[]): string =>
  sentences.filter(Boolean).join(gapIn(messages));

/** What happened, what state things are in now, and what to do. */
export function problemWords(messages: Messages, problem: Problem): Words {
  const { title, state, remedy } = messages.problem(problem);
  return { title, detail: joined(messages, state, remedy), lines: [] };
}

/** What was found, and what to do about it. */
export function findingWords(messages: Messages, { about }: Finding): Words {
  const { sentence, remedy } = messages.finding(about);
  return { title: sentence, detail: remedy, lines: [] };
}

/** What came of a verb: with its proof, or with its reason, the state things were left in and the daemon's lines. */
export function outcomeWords(messages: Messages, titles: Titles, outcome: Outcome): Words {
  const { problem, result } = outcome;
  const took = messages.window.result.took(outcome.finishedAt - outcome.startedAt);
  if (problem === null) {
    if (result === 'nothing' || result === 'refused')
      return { title: messages.plan.outcome(outcome), detail: '', lines: [] };
    return {
      title: messages.plan.outcome(outcome),
      detail: joined(messages, proofOf(messages, titles, outcome), took),
      lines: [],
    };
  }
  const { title, state, remedy } = messages.problem(problem);
  if (result === 'refused' || result === 'applied') {
    // The sentence of the state quotes the log where the problem has it.
    return { title, detail: joined(messages, state, remedy), lines: 'lines' in problem ? [] : outcome.log };
  }
  const lines = 'lines' in problem && problem.lines.length > 0 ? problem.lines : outcome.log;
  const left = joined(messages, messages.plan.outcome(outcome), messages.plan.fileStates[outcome.file]);
  return {
    title: messages.plan.resultBecause(result, title),
    detail: result === 'failed' ? joined(messages, left, remedy) : left,
    lines,
  };
}

/** What the daemon itself said and showed. */
function proofOf(messages: Messages, titles: Titles, { proof, containers, verb, apiDowntimeMs }: Outcome): string {
  const { result } = messages.window;
  const says = (proof?.info ?? []).map(({ key, value }) => result.says(titleOfKey(messages, titles, key), value));
  const kept = verb === 'stop' ? '' : result.kept(containers.kept, containers.before);
  return joined(messages, ...says, kept, apiDowntimeMs > 0 ? result.gap(apiDowntimeMs) : '');
}

/** The engine's state in a word. */
export const stateWord = ({ status }: Messages, engine: EngineStatus): string => status.engine[shownState(engine)].word;

/** The engine's state in a sentence, what it means here, and what the daemon said last where it failed. */
export function stateWords(messages: Messages, { engine, target }: Snapshot): Words {
  const { line: title, more: detail = '' } = messages.status.engine[shownState(engine)];
  const { endpoint, manager } = target;
  switch (engine.state) {
    case 'hanging':
      return { title, detail: messages.window.status.hangingHelp, lines: [] };
    case 'denied':
      return { title, detail: messages.problem({ kind: 'engine.denied', endpoint }).remedy, lines: [] };
    case 'absent':
      return {
        title,
        detail: engine.unreached === null ? messages.problem({ kind: 'engine.absent', endpoint }).state : detail,
        lines: [],
      };
    case 'failed':
      return { title, detail: messages.window.status.failedHelp, lines: engine.log };
    case 'running':
      return { title, detail: messages.status.managers[manager].line, lines: [] };
    case 'connecting':
    case 'reloading':
    case 'starting':
    case 'restarting':
    case 'stopping':
    case 'stopped':
    case 'armed':
      return { title, detail, lines: [] };
  }
}

/** Why a container fares as it does. */
export const reasonsWords = (messages: Messages, { reasons }: ContainerVerdict): string =>
  joined(messages, ...reasons.map(messages.plan.reason));

/** The shape of a verdict. */
export function verdictTone(verdict: Verdict): Tone {
  if (verdict === 'keeps-running') return 'good';
  return verdict === 'interrupted' ? 'warn' : 'bad';
}

/** Where a daemon was found. */
export const foundBy = ({ status, window }: Messages, { source, context }: Candidate): string =>
  context === null ? status.sources[source] : window.general.context(context);
