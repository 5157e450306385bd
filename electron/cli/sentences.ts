// Takes the catalog's sentences in the form in which the command line says them.
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { Finding } from '../contract/plan.ts';
import type { Problem } from '../contract/problem.ts';

/** What is the matter, and what to do; null where nothing is to be done. */
export type Said = { readonly message: string; readonly remedy: string | null };

/** A sentence, the lines that belong to it, and what to do. */
export type SaidInLines = Said & { readonly lines: readonly string[] };

const orNull = (text: string): string | null => (text === '' ? null : text);
const joined = ({ language }: Messages, ...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(separators[language].sentences);

/** All in one message. */
export function problemSaid(messages: Messages, problem: Problem): Said {
  const { title, state, remedy } = messages.problem(problem);
  return { message: joined(messages, title, state), remedy: orNull(remedy) };
}

/** The daemon's own lines apart from the message, so that each can stand in a line of its own. */
export function problemSaidInLines(messages: Messages, problem: Problem): SaidInLines {
  const lines = 'lines' in problem ? problem.lines : [];
  const apart = problem.kind === 'config.faulty' ? { ...problem, findings: [] } : withoutLines(problem);
  return { ...problemSaid(messages, apart), lines };
}

export function findingSaid(messages: Messages, { about }: Finding): Said {
  const { sentence, remedy } = messages.finding(about);
  return { message: sentence, remedy: orNull(remedy) };
}

/** The daemon's own lines apart from the message. */
export function findingSaidInLines(messages: Messages, finding: Finding): SaidInLines {
  const { about } = finding;
  if (about.kind !== 'validate-refused') return { ...findingSaid(messages, finding), lines: [] };
  const said = findingSaid(messages, { ...finding, about: { ...about, lines: [] } });
  return { ...said, message: said.message.trim(), lines: about.lines };
}

const withoutLines = (problem: Problem): Problem => ('lines' in problem ? { ...problem, lines: [] } : problem);
