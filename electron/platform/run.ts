// Runs one program without a shell, with a limit on its time and on what is kept of its output.
import { spawn } from 'node:child_process';

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
   * may not be run; `stderr` then holds the system's words.
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
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
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
    const done = (code: number | null, signal: NodeJS.Signals | null, said = ''): void => {
      clearTimeout(clock);
      resolve({ code, signal, stdout: out.text(), stderr: said || err.text(), timedOut });
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') done(127, null, error.message);
      else if (error.code === 'EACCES' || error.code === 'EPERM') done(126, null, error.message);
      else {
        clearTimeout(clock);
        reject(error);
      }
    });
    child.on('close', (code, signal) => done(code, signal));
  });
}

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
