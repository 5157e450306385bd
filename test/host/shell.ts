// A shell in one session of alice's in a test machine, to which lines are said one by one.
import type { TestHost } from './test-host.ts';

export type Said = { readonly code: number; readonly said: string };

export type Shell = {
  /** Runs a line, however it ends. */
  attempt(line: string): Promise<Said>;
  /** Runs a line; resolves with what it said. Throws where it fails. */
  run(line: string): Promise<string>;
  /** Logs out. */
  close(): void;
};

export function openShell(host: TestHost, environment: Readonly<Record<string, string>> = {}): Shell {
  const shell = host.startAsUser(['/bin/bash'], { HOME: '/home/alice', ...environment });
  let text = '';
  let words = '';
  let heard: () => void = () => undefined;
  shell.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    heard();
  });
  shell.stderr.setEncoding('utf8').on('data', (part: string) => (words += part));
  let ended = false;
  shell.on('close', () => {
    ended = true;
    heard();
  });
  async function attempt(line: string): Promise<Said> {
    text = '';
    shell.stdin.write(`{ ${line}\n} </dev/null 2>&1; echo "@@$?@@"\n`);
    for (;;) {
      const end = /^([\s\S]*)@@(\d+)@@\n$/.exec(text);
      if (end) return { code: Number(end[2]), said: (end[1] ?? '').trim() };
      if (ended) throw new Error(`the session ended: ${words}`);
      await new Promise<void>((resolve) => (heard = resolve));
    }
  }
  return {
    attempt,
    async run(line) {
      const { code, said } = await attempt(line);
      if (code !== 0) throw new Error(`${line}: ${code} ${said}`);
      return said;
    },
    close: () => shell.stdin.end(),
  };
}
