// The image of the sandbox reaches a daemon that breaks the first connection off.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seed } from '../../electron/platform/sandbox-seed.ts';
import { afterwards, shortFolder } from './open-sandbox.ts';

/** A daemon that breaks off that many imports and takes the next one; counts what it was asked. */
async function daemonThatBreaks(times: number): Promise<{ readonly socket: string; asked(): number }> {
  const socket = join(shortFolder(), 'docker.sock');
  let asked = 0;
  const server = createServer((request, answer) => {
    asked += 1;
    if (asked <= times) return void request.socket.destroy();
    request.resume().on('end', () => answer.end('{}'));
  });
  await new Promise<void>((listens) => server.listen(socket, listens));
  afterwards(() => void server.close());
  return { socket, asked: () => asked };
}

/** Larger than what a socket takes at once, so that it is still being written when the connection breaks. */
function largeProgram(): string {
  const path = join(shortFolder(), 'busybox');
  writeFileSync(path, Buffer.alloc(4_000_000, 1));
  return path;
}

test('it is sent once more', async () => {
  const daemon = await daemonThatBreaks(1);
  await seed(daemon.socket, largeProgram(), []);
  expect(daemon.asked()).toBe(2);
});

test('a daemon that breaks off for good is told', async () => {
  const daemon = await daemonThatBreaks(9);
  await expect(seed(daemon.socket, largeProgram(), [])).rejects.toThrow(/EPIPE|ECONNRESET|socket hang up/);
  expect(daemon.asked()).toBe(2);
});
