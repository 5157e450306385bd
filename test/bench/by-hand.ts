// What a person with a script would do instead of the app, as fast as it can be done.
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { ServiceManager } from '../../electron/engine/service-manager.ts';

/**
 * Writes the file, tells the daemon, and asks `/info` again and again, without a pause and on one kept connection, until
 * it has the value. Returns the time from the signal to that answer, in ms.
 */
export async function liveRestoreByHand(daemon: ByHand, on: boolean): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    // The connection is there before: only the reload is to be measured.
    await liveRestoreIn(daemon.socketPath, agent);
    writeFileSync(daemon.configPath, `{\n  "live-restore": ${on}\n}\n`);
    const told = performance.now();
    process.kill(pidIn(daemon.pidPath), 'SIGHUP');
    while ((await liveRestoreIn(daemon.socketPath, agent)) !== on)
      if (performance.now() - told > 10_000) throw new Error('The daemon did not take what was written by hand.');
    return performance.now() - told;
  } finally {
    agent.destroy();
  }
}

/** Tells the daemon to end, and starts it again as soon as it is gone. Resolves when it answers. */
export async function restartByHand(
  { pidPath }: ByHand,
  parent: Pick<ServiceManager, 'state' | 'start'>,
): Promise<void> {
  process.kill(pidIn(pidPath), 'SIGTERM');
  // Its parent is in this process, and is told of the end by the kernel: the only one who may start it again.
  while ((await parent.state()).pid !== null) await new Promise((resolve) => setTimeout(resolve, 1));
  await parent.start();
}

export type ByHand = { readonly socketPath: string; readonly configPath: string; readonly pidPath: string };

const pidIn = (path: string): number => Number(readFileSync(path, 'utf8'));

function liveRestoreIn(socketPath: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/info', agent, headers: { Host: 'docker' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve((JSON.parse(text) as { LiveRestoreEnabled: boolean }).LiveRestoreEnabled));
    });
    asked.on('error', reject);
    asked.end();
  });
}
