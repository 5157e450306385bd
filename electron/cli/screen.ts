// Where the command line's words go: results to standard output, everything else to standard error.
import type { Messages } from '../contract/messages/index.ts';
import type { Problem } from '../contract/problem.ts';
import { exitCodes, exitForProblem } from './exit-code.ts';
import { problemDocument } from './problem-document.ts';
import { problemText } from './show-findings.ts';
import type { CliSurroundings } from './surroundings.ts';
import { createStyle, wantsColors, type TextStyle } from './text-style.ts';
import { usageSaid } from './usage.ts';
import type { UsageFault } from './usage-fault.ts';

export type Screen = {
  readonly json: boolean;
  readonly messages: Messages;
  /** Colors of standard output. */
  readonly style: TextStyle;
  /** Colors of standard error. */
  readonly sideStyle: TextStyle;
  /** The result: the one document with `--json`, else the text. */
  result(document: unknown, text: () => string): void;
  /** One line of many: a document a line with `--json`. */
  line(document: unknown, text: () => string): void;
  /** Words beside the result; nothing of it is said with `--json`. */
  aside(text: string): void;
  /** Tells a problem and gives the exit code for it. */
  problem(problem: Problem): number;
  /** Tells what is wrong with the command line and gives the exit code for it. */
  usage(fault: UsageFault): number;
};

export function createScreen(around: CliSurroundings, json: boolean, messages: Messages): Screen {
  const { stdout, stderr } = around;
  const style = createStyle(wantsColors(stdout.isTty, around.env));
  const sideStyle = createStyle(wantsColors(stderr.isTty, around.env));
  const { prefix } = messages.cli;
  return {
    json,
    messages,
    style,
    sideStyle,
    result: (document, text) => stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : text()),
    line: (document, text) => stdout.write(json ? `${JSON.stringify(document)}\n` : text()),
    aside(text) {
      if (!json) stderr.write(text);
    },
    problem(problem) {
      if (json) stdout.write(`${JSON.stringify({ problem: problemDocument(messages, problem) }, null, 2)}\n`);
      else stderr.write(`${prefix.problem}${problemText(problem, messages, sideStyle)}`);
      return exitForProblem(problem);
    },
    usage(fault) {
      const { message, remedy } = usageSaid(messages, fault);
      const problem = { kind: 'usage', detail: fault.kind, message, remedy };
      if (json) stdout.write(`${JSON.stringify({ problem }, null, 2)}\n`);
      else stderr.write(`${prefix.problem}${sideStyle.bad(message)}\n${remedy === null ? '' : `${remedy}\n`}`);
      return exitCodes.usage;
    },
  };
}
