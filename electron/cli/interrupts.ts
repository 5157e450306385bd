// Ctrl-C: ends the program where nothing can be torn, and waits where a transaction is under way.
import type { Messages } from '../contract/messages/index.ts';
import { exitCodes } from './exit-code.ts';
import type { CliSurroundings } from './surroundings.ts';

export type Interrupts = {
  /** Lets the work come to its end whatever signal comes. Only a second Ctrl-C leaves it in the middle. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves at the next signal, which then does nothing else. */
  next(): Promise<void>;
  /** True once work was begun that should not be left in the middle. */
  wasHeld(): boolean;
  stop(): void;
};

export function listenForInterrupts(around: CliSurroundings, { cli }: Messages): Interrupts {
  let held = false;
  let begun = false;
  let pressed = 0;
  let waiting: (() => void) | null = null;

  const stop = around.onSignal((signal) => {
    if (waiting !== null) return waiting();
    if (!held) return around.leave(exitCodes.interrupted);
    // A closing terminal sends several signals at once; none of them is somebody's second thought.
    if (signal === 'interrupt') pressed += 1;
    if (pressed < 2) return around.stderr.write(`\n${cli.interrupt.wait}\n`);
    around.stderr.write(`\n${cli.interrupt.left}\n`);
    return around.leave(exitCodes.interrupted);
  });

  return {
    async hold(work) {
      held = true;
      begun = true;
      try {
        return await work();
      } finally {
        held = false;
      }
    },
    next: () =>
      new Promise((resolve) => {
        waiting = resolve;
      }),
    wasHeld: () => begun,
    stop,
  };
}
