// Takes the frames off what the daemon answers when it is asked for the logs of a container.

/** A piece of output; `stream` is 1 for stdout, 2 for stderr. */
export type Frame = { readonly stream: number; readonly text: string };

/** Every piece of output has a head of eight bytes: its stream in the first, its length in the last four. */
export function framesIn(bytes: Buffer): readonly Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    frames.push({ stream: bytes[at] ?? 0, text: bytes.toString('latin1', at + 8, at + 8 + length) });
    at += 8 + length;
  }
  return frames;
}

/** All of it in one; a line may come in two pieces. */
export const withoutFrames = (bytes: Buffer): string =>
  framesIn(bytes)
    .map(({ text }) => text)
    .join('');
