// Tells on standard error what is under way; on a terminal in one line that goes away again.
import type { Messages } from '../contract/messages/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Output } from './surroundings.ts';

export type Progress = { end(): void };

const silent: Progress = { end: () => undefined };

/** Follows the steps of a verb. `quiet`: says nothing. */
export function followSteps(engine: Engine, stderr: Output, messages: Messages, quiet: boolean): Progress {
  if (quiet) return silent;
  const line = progressLine(stderr);
  const stop = engine.watch(({ operation }) => {
    if (operation.kind === 'running') line.say(messages.cli.steps[operation.step]);
  });
  return {
    end() {
      stop();
      line.clear();
    },
  };
}

/** A line that is written over where the output is a terminal, and a line of its own each time elsewhere. */
export function progressLine(stderr: Output): { say(text: string): void; clear(): void } {
  let last = '';
  return {
    say(text) {
      if (text === last) return;
      last = text;
      stderr.write(stderr.isTty ? `\r\u001B[K${text}…` : `${text}\n`);
    },
    clear() {
      if (last !== '' && stderr.isTty) stderr.write('\r\u001B[K');
      last = '';
    },
  };
}
