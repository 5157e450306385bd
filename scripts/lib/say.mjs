// Tells the person at the terminal what is being done: one line per step, rewritten in place on a terminal.

/** @type {NodeJS.WriteStream} */
let out = process.stdout;
let tty = out.isTTY === true;
let open = false;
let lastAt = 0;
let lastText = '';

/** A failure that is explained by its message alone: what happened, what state things are in, what to do. */
export class StepError extends Error {
  /**
   * @param {string} message
   * @param {{ todo?: string, cause?: unknown }} [more] what to do about it
   */
  constructor(message, more = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'StepError';
    this.todo = more.todo;
  }
}

/** Speaks on standard error from now on: for a script whose standard output is for another program. */
export function speakAside() {
  out = process.stderr;
  tty = out.isTTY === true;
}

/** Ends a line that was being rewritten, so that other output starts on a fresh one. */
export function endLine() {
  if (open) out.write('\n');
  open = false;
}

/**
 * Says one step in one line.
 * @param {string} room what is speaking, such as `set-up`
 * @param {string} text
 */
export function say(room, text) {
  if (open) out.write('\r\x1b[K');
  open = false;
  out.write(`[${room}] ${text}\n`);
}

/**
 * Says how far a long step is: rewritten in place on a terminal, a line every five seconds elsewhere.
 * @param {string} room
 * @param {string} text
 */
export function progress(room, text) {
  const now = Date.now();
  if (text === lastText) return;
  if (now - lastAt < (tty ? 100 : 5000)) return;
  lastAt = now;
  lastText = text;
  if (tty) {
    out.write(`\r\x1b[K[${room}] ${text}`);
    open = true;
  } else out.write(`[${room}] ${text}\n`);
}

/**
 * Runs a script's main function: a StepError ends it with its message, anything else with its stack.
 * @param {() => Promise<number | void>} main returns the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    endLine();
    if (error instanceof StepError) {
      process.stderr.write(`\nerror: ${error.message}\n`);
      if (error.todo !== undefined) process.stderr.write(`to do: ${error.todo}\n`);
    } else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
