// Has polkit's question asked in the terminal that we were started from, where no agent of a desktop runs, as over ssh.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * Resolves with the way to end it once the agent is ready or has given up; one of the desktop goes first. pkexec has an
 * agent of its own, which polkit 122 tells that every password failed: also the right one.
 */
export async function askInTerminal(): Promise<() => void> {
  const agent = spawn('/usr/bin/pkttyagent', ['--process', String(process.pid), '--notify-fd', '3', '--fallback'], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { PATH: '/usr/bin:/bin', LANG: process.env['LANG'] ?? 'C.UTF-8' },
  });
  const over = new Promise<void>((resolve) => {
    agent.once('error', () => resolve());
    agent.once('exit', () => resolve());
  });
  const ready = agent.stdio[3] as Readable;
  // It closes this end when it listens.
  await Promise.race([once(ready.resume(), 'close'), over]);
  return () => void agent.kill();
}
