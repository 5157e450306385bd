// Tells on standard error what is under way; on a terminal in one line that goes away again.
import type { Messages } from '../contract/messages/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Output } from './surroundings.ts';

export type Progress = { end(): void };

/** What is over sooner is not told, in ms. */
const patienceMs = 300;

const silent: Progress = { end: () => undefined };

/** Follows the steps of a verb. `quiet`: says nothing. */
export function followSteps(engine: Engine, stderr: Output, messages: Messages, quiet: boolean): Progress {
  if (quiet) return silent;
  const line = progressLine(stderr);
  const stop = engine.watch(({ operation }) => {
    if (operation.kind !== 'running') return;
    // The password may be asked for in this very line.
    if (operation.step === 'authorizing' && stderr.isTty) line.clear();
    else line.say(messages.plan.steps[operation.step]);
  });
  return {
    end() {
      stop();
      line.clear();
    },
  };
}

/** A line that is written over where the output is a terminal, and a line of its own for each text elsewhere. */
export function progressLine(stderr: Output): { say(text: string): void; clear(): void } {
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  const show = (text: string): void => {
    shown = text;
    stderr.write(stderr.isTty ? `\r\u001B[K${text}` : `${text}\n`);
  };
  return {
    say(text) {
      clearTimeout(timer);
      if (text === shown) return;
      if (shown !== '' && stderr.isTty) show(text);
      else timer = setTimeout(() => show(text), patienceMs);
    },
    clear() {
      clearTimeout(timer);
      if (shown !== '' && stderr.isTty) stderr.write('\r\u001B[K');
      shown = '';
    },
  };
}
