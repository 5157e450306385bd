// Reads lines of bounded length from a stream, each waited for only so long.
import type { Readable } from 'node:stream';

/** An asker says two lines at most; whoever goes on is not listened to, or he would fill our memory while we work. */
const mostLines = 4;

/** `next` resolves with the next line, or null: too late, too long, or the stream has ended. A line needs its end. */
export function linesOf(stream: Readable, mostBytes: number): { next(limitMs: number): Promise<Uint8Array | null> } {
  const lines: Uint8Array[] = [];
  let parts: Buffer[] = [];
  let length = 0;
  let over = false;
  let wake: () => void = () => undefined;
  stream.on('data', (chunk: Buffer) => {
    if (over) return;
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1 && !over; end = rest.indexOf(10)) {
      parts.push(rest.subarray(0, end));
      lines.push(Buffer.concat(parts));
      [parts, length] = [[], 0];
      rest = rest.subarray(end + 1);
      over = lines.length >= mostLines;
    }
    length += rest.length;
    parts.push(rest);
    // What goes on without an end is nothing that we would take.
    if (over || length > mostBytes) [over, parts] = [true, []];
    wake();
  });
  const ended = (): void => {
    over = true;
    wake();
  };
  stream.on('end', ended);
  stream.on('error', ended);
  return {
    next(limitMs) {
      return new Promise((resolve) => {
        const late = setTimeout(() => finish(null), limitMs);
        const finish = (line: Uint8Array | null): void => {
          clearTimeout(late);
          wake = () => undefined;
          resolve(line);
        };
        wake = () => {
          const line = lines.shift();
          if (line !== undefined) finish(line);
          else if (over) finish(null);
        };
        wake();
      });
    },
  };
}
