// A program run without a shell: its outcome, its limits, its absence.
import type * as processes from 'node:child_process';
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { run } from '../../../electron/platform/run.ts';

vi.mock('node:child_process', async (original) => {
  const real = await original<typeof processes>();
  return { ...real, spawn: vi.fn(real.spawn) };
});

const node = process.execPath;

describe('run', () => {
  test('gives exit code and both outputs', async () => {
    const done = await run(node, ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3']);
    expect(done).toEqual({ code: 3, signal: null, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  test('passes arguments as they are: no shell reads them', async () => {
    const done = await run(node, ['-e', 'console.log(process.argv[1])', '$(id); *']);
    expect(done.stdout).toBe('$(id); *\n');
  });

  test('writes the input and closes it', async () => {
    const done = await run(node, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'hello' });
    expect(done.stdout).toBe('hello');
  });

  test('survives a program that does not read its input', async () => {
    const done = await run(node, ['-e', ''], { input: 'x'.repeat(4_000_000) });
    expect(done.code).toBe(0);
  });

  test('keeps only so many bytes and lets the program finish', async () => {
    const done = await run(node, ['-e', 'process.stdout.write("x".repeat(300000))'], { maxBytes: 1000 });
    expect(done).toMatchObject({ code: 0, stdout: 'x'.repeat(1000) });
  });

  test('kills a program that takes too long, even when its child holds the pipes', async () => {
    const script = 'require("child_process").spawn("sleep", ["60"], { stdio: "inherit" }); setInterval(() => {}, 1000)';
    const begun = performance.now();
    const done = await run(node, ['-e', script], { timeoutMs: 300 });
    expect(done).toMatchObject({ code: null, signal: 'SIGKILL', timedOut: true });
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  test('resolves also where the system has nothing to run it with, which is thrown and not told', async () => {
    // One argument may have 128 KiB (Linux).
    const long = await run('true', ['x'.repeat(300_000)]);
    expect(long).toMatchObject({ code: 126, stdout: '' });
    expect(long.stderr).toMatch(/E2BIG/);
    expect(await run('/etc/passwd/program', [])).toMatchObject({ code: 126 });
  });

  test('resolves also where no descriptor is left for its pipes', async () => {
    vi.mocked(spawn).mockImplementationOnce(() => {
      // As Node does: no pipes, and the reason a moment later.
      const child = new EventEmitter() as ReturnType<typeof spawn>;
      process.nextTick(() => child.emit('error', Object.assign(new Error('spawn true EMFILE'), { errno: -24 })));
      return child;
    });
    const done = await run('true', []);
    expect(done).toMatchObject({ code: 126, stderr: expect.stringContaining('EMFILE') as string });
  });

  test('answers 127 for a program that is not there, 126 for one that may not be run', async () => {
    expect(await run('/nowhere/program', [])).toMatchObject({ code: 127, timedOut: false });
    expect(await run('/etc/passwd', [])).toMatchObject({ code: 126 });
  });
});
