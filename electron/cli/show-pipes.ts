// Log pipes for human eyes: a line for each container that runs.
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { PipedContainer, PipesReport } from '../contract/outage.ts';
import { visible, type TextStyle } from './text-style.ts';

/** `now` in ms since 1970. While the daemon is up it empties them, and nothing is foreseen. */
export function pipeLines(
  { containers }: Pick<PipesReport, 'containers'>,
  { isUp, now }: { readonly isUp: boolean; readonly now: number },
  messages: Messages,
  style: TextStyle,
): readonly string[] {
  const words = messages.outage.pipes;
  const width = Math.max(...containers.map(({ name }) => visible(name).length));
  return containers.map((one) => {
    const fill = one.pipes === null ? words.none : words.fill(one.pipes.bytes, one.pipes.capacity);
    return `${visible(one.name).padEnd(width)}  ${fill}${isUp ? '' : `  ${until(one, now, messages, style)}`}`;
  });
}

function until({ pipes: one }: PipedContainer, now: number, messages: Messages, style: TextStyle): string {
  const words = messages.outage.pipes;
  if (one === null) return '';
  if (one.blocked) return style.bad(words.blocked);
  const text = words.blocksIn(one.blocksAt === null ? null : one.blocksAt - now, one.rate);
  return one.blocksAt === null ? style.quiet(text) : text;
}

/** Who runs on while the daemon is down, as the window's table tells it; without measures their names, and why. */
export function leftLines(report: PipesReport, now: number, messages: Messages, style: TextStyle): readonly string[] {
  const words = messages.outage.pipes;
  const { containers, notMeasured } = report;
  if (containers.length === 0) return [words.nobody];
  if (notMeasured === null) return pipeLines(report, { isUp: false, now }, messages, style);
  const names = containers.map(({ name, pid }) =>
    [visible(name), messages.cli.status.pid(pid)].join(separators[messages.language].words),
  );
  return [...names, style.quiet(words.notMeasured[notMeasured])];
}
