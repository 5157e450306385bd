// What a dead daemon left in the way of the next: its containerd is waited for, and nobody else is.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { forgetDeadContainerd } from '../../../electron/platform/daemon-process.ts';
import { processView } from '../../../electron/platform/processes.ts';

let execRoot: string;
let pidFile: string;
let child: ChildProcess | null;
beforeEach(() => {
  execRoot = mkdtempSync(join(tmpdir(), 'afu-'));
  for (const folder of ['containerd', 'bin']) mkdirSync(join(execRoot, folder));
  pidFile = join(execRoot, 'containerd', 'containerd.pid');
  child = null;
  return () => {
    child?.kill('SIGKILL');
    rmSync(execRoot, { recursive: true, force: true });
  };
});

/** A process of that name which the pid file names; it ends with its input. */
async function running(name: string): Promise<ChildProcess> {
  symlinkSync('/bin/sh', join(execRoot, 'bin', name));
  child = spawn(join(execRoot, 'bin', name), ['-c', 'read line; :'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const { pid = 0 } = child;
  await expect.poll(() => processView(pid)?.name).toBe(name);
  writeFileSync(pidFile, String(pid));
  return child;
}

test('a containerd that is still ending is waited for, and its pid file goes', async () => {
  const dying = await running('containerd');
  const forgotten = forgetDeadContainerd(execRoot);
  setTimeout(() => dying.stdin?.end(), 100);
  await forgotten;
  expect(processView(dying.pid ?? 0)).toBeNull();
  expect(existsSync(pidFile)).toBe(false);
});

test('one that lives on keeps its pid file', async () => {
  await running('containerd');
  await forgetDeadContainerd(execRoot, 50);
  expect(existsSync(pidFile)).toBe(true);
});

test('another program that has its pid by now is not waited for', async () => {
  await running('other');
  const begun = Date.now();
  await forgetDeadContainerd(execRoot);
  expect(Date.now() - begun).toBeLessThan(2_000);
  expect(existsSync(pidFile)).toBe(true);
});

test('without a pid file there is nothing to do', async () => {
  await forgetDeadContainerd(execRoot);
  expect(existsSync(pidFile)).toBe(false);
});
