// Takes the frames off what the daemon answers when it is asked for the logs of a container.

/** Every piece of output has a head of eight bytes, with its length in the last four; a line may come in two pieces. */
export function withoutFrames(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(parts).toString('latin1');
}
