// Pipes are measured through what a process holds; whatever else it holds by such a name is left alone.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LeftRunning } from '../../../electron/engine/ports.ts';
import { measurePipes } from '../../../electron/platform/log-pipes.ts';

const id = 'cd'.repeat(32);
let folder: string;
let child: ChildProcess;
const open: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afp-'));
  child = spawn('sleep', ['600'], { stdio: 'ignore' });
});
afterEach(() => {
  child.kill('SIGKILL');
  for (const fd of open.splice(0)) closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

/** We ourselves hold what a shim would. */
const left = (): LeftRunning =>
  ({ container: { id, pid: child.pid ?? 0 }, shimPid: process.pid }) as unknown as LeftRunning;

test.runIf(process.platform === 'linux')(
  'a pipe is measured and enlarged; a file of that name is not opened',
  async () => {
    const pipe = join(folder, `${id}-stdout`);
    execFileSync('mkfifo', [pipe]);
    const fd = openSync(pipe, constants.O_RDWR);
    open.push(fd);
    writeSync(fd, 'x'.repeat(1000));
    writeFileSync(join(folder, `${id}-stderr`), 'none');
    open.push(openSync(join(folder, `${id}-stderr`), 'r'));
    const stream = { id, stream: 'stdout', bytes: 1000, full: false, terminal: true };
    expect(await measurePipes([left()], null)).toEqual({
      kind: 'measured',
      streams: [{ ...stream, capacity: 65_536 }],
    });
    expect(await measurePipes([left()], 131_072)).toEqual({
      kind: 'measured',
      streams: [{ ...stream, capacity: 131_072 }],
    });
  },
);
