// Runs one program without a shell, with a limit on its time and on what is kept of its output.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';

export type RunOptions = {
  /** After this many ms the program is killed. Default 10 000. */
  readonly timeoutMs?: number;
  /** Bytes kept of each of stdout and stderr; more is read and dropped. Default 1 MiB. */
  readonly maxBytes?: number;
  /** The whole environment of the program. Default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** Written to stdin, which is then closed. Default: stdin is empty. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
};

export type RunResult = {
  /**
   * Exit code; null where a signal ended it. As in a shell, 127 where the program was not found and 126 where it
   * cannot be run (rights, or no memory or process to be had); `stderr` then holds the system's words.
   */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
};

/** Runs `file` with `args`; never through a shell. Resolves however it ends; rejects only on wrong use. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { timeoutMs = 10_000, maxBytes = 1024 * 1024 } = options;
  return new Promise((resolve, reject) => {
    const child = started(file, args, options);
    if (child instanceof Error) return resolve(notStarted(child));
    const out = keep(maxBytes);
    const err = keep(maxBytes);
    child.stdout.on('data', out.add);
    child.stderr.on('data', err.add);
    // The program may end without reading its input: its exit code tells more than our EPIPE.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');

    let timedOut = false;
    const clock = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
      // Its own children may hold the pipes open for ever.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeoutMs);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(clock);
      if (isOfSystem(error)) resolve(notStarted(error));
      else reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(clock);
      resolve({ code, signal, stdout: out.text(), stderr: err.text(), timedOut });
    });
  });
}

/** Some refusals of the system are thrown, others told later; without descriptors left there is not even a pipe. */
function started(
  file: string,
  args: readonly string[],
  { cwd, env = process.env }: RunOptions,
): ChildProcessByStdio<Writable, Readable, Readable> | NodeJS.ErrnoException {
  try {
    const child = spawn(file, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    if ((child.stdout as Readable | undefined) !== undefined) return child;
    child.on('error', () => undefined);
    return Object.assign(new Error(`spawn ${file} EMFILE`), { code: 'EMFILE', errno: constants.errno.EMFILE });
  } catch (error) {
    if (isOfSystem(error)) return error;
    throw error;
  }
}

/** Not wrong use: the same call may do well another time. */
const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'errno' in error && typeof error.errno === 'number';

const notStarted = ({ code, message }: NodeJS.ErrnoException): RunResult => ({
  code: code === 'ENOENT' ? 127 : 126,
  signal: null,
  stdout: '',
  stderr: message,
  timedOut: false,
});

function keep(limit: number): { add(chunk: Buffer): void; text(): string } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size >= limit) return;
      const part = chunk.subarray(0, limit - size);
      size += part.length;
      chunks.push(part);
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
