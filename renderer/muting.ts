// What is not told any more, checks of the doctor or kinds of notices: main takes the whole list, of which two quick clicks know the same one.

/** Changes the list one by one; `send` resolves when main has it. */
export function createMuting<Name extends string>(
  published: () => readonly Name[],
  send: (muted: readonly Name[]) => Promise<void>,
): { readonly mute: (name: Name) => Promise<void>; readonly unmute: (name: Name) => Promise<void> } {
  /** As it was last sent, until main has all that was. */
  let sent: readonly Name[] | null = null;
  let open = 0;
  const change = async (next: (muted: readonly Name[]) => readonly Name[]): Promise<void> => {
    const now = sent ?? published();
    const muted = next(now);
    if (muted === now) return;
    sent = muted;
    open += 1;
    await send(muted);
    open -= 1;
    if (open === 0) sent = null;
  };
  return {
    mute: (name) => change((muted) => (muted.includes(name) ? muted : [...muted, name])),
    unmute: (name) => change((muted) => (muted.includes(name) ? muted.filter((one) => one !== name) : muted)),
  };
}
