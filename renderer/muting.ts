// Which checks of the doctor are not told any more: main takes the whole list, of which two quick clicks know the same one.
import type { CheckId } from '@contract/doctor.ts';

/** Changes the list one check at a time; `send` resolves when main has it. */
export function createMuting(
  published: () => readonly CheckId[],
  send: (muted: readonly CheckId[]) => Promise<void>,
): { readonly mute: (check: CheckId) => Promise<void>; readonly unmute: (check: CheckId) => Promise<void> } {
  /** As it was last sent, until main has all that was. */
  let sent: readonly CheckId[] | null = null;
  let open = 0;
  const change = async (next: (muted: readonly CheckId[]) => readonly CheckId[]): Promise<void> => {
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
    mute: (check) => change((muted) => (muted.includes(check) ? muted : [...muted, check])),
    unmute: (check) => change((muted) => (muted.includes(check) ? muted.filter((one) => one !== check) : muted)),
  };
}
