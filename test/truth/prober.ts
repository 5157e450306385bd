// A small process in a network namespace that fetches pages and resolves names there when it is asked.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Prober = {
  /** Fetches the page of a container's web server. */
  serves(address: string, port: string): Promise<boolean>;
  /** Asks the name server that dockerd offers in user-defined networks. */
  resolves(name: string): Promise<boolean>;
  close(): void;
};

const inside = `
const http = require('node:http'), dns = require('node:dns');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, address, port, name } = JSON.parse(line);
  let told = false;
  const tell = (ok) => { if (!told) { told = true; process.stdout.write(JSON.stringify({ id, ok }) + '\\n'); } };
  if (name) {
    const resolver = new dns.Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers(['127.0.0.11']);
    resolver.resolve4(name, (error, found) => tell(!error && found.length > 0));
    return;
  }
  const call = http.get({ host: address, port, path: '/', agent: false, timeout: 1000 }, (answer) => {
    let text = '';
    answer.on('data', (part) => (text += part)).on('end', () => tell(text === 'afloat\\n')).on('error', () => tell(false));
  });
  call.on('timeout', () => call.destroy()).on('error', () => tell(false)).on('close', () => tell(false));
});
`;

/** `pid`: a process in that namespace. */
export function openProber(pid: number): Prober {
  const child = spawn('nsenter', [`--net=/proc/${pid}/ns/net`, '--', process.execPath, '-e', inside], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const waiting = new Map<number, (ok: boolean) => void>();
  let last = 0;
  const end = (): void => {
    for (const tell of waiting.values()) tell(false);
    waiting.clear();
  };
  child.on('error', end).on('exit', end);
  child.stdin.on('error', end);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ok } = JSON.parse(line) as { id: number; ok: boolean };
    waiting.get(id)?.(ok);
    waiting.delete(id);
  });
  const ask = (question: object): Promise<boolean> =>
    new Promise((resolve) => {
      const id = (last += 1);
      waiting.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  return {
    serves: (address, port) => ask({ address, port }),
    resolves: (name) => ask({ name }),
    close: () => void child.kill('SIGKILL'),
  };
}
