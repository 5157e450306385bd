// Reads when each line of a container's log was read by the daemon; of the line itself only its length is kept.
import { framesIn, type Frame } from './log-frames.ts';

/** `at` in ms since 1970; `bytes` without the time, with the end of the line. */
export type LogLine = { readonly at: number; readonly bytes: number; readonly stream: number };

/** An answer to a question with `timestamps=1`; every line, or piece of a very long one, begins with its time. */
export function logLinesIn(bytes: Buffer, tty: boolean): readonly LogLine[] {
  const frames: readonly Frame[] = tty
    ? (bytes.toString('latin1').match(/[^\n]*\n/g) ?? []).map((text) => ({ stream: 1, text }))
    : framesIn(bytes);
  return frames.flatMap(({ stream, text }) => {
    const space = text.indexOf(' ');
    const at = Date.parse(text.slice(0, space));
    // Not a time: the daemon put the rest of a line into a frame of its own.
    return Number.isNaN(at) ? [] : [{ at, bytes: text.length - space - 1, stream }];
  });
}
