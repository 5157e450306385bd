// The package as it is shipped, its inspection closed: driven by what any desktop has, the tray.
import { expect, test } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePackage } from '../packaged.ts';
import { environmentIn, newHome, runtime } from './app.ts';
import { leftOf, processesOf, renderersOf } from './processes.ts';
import { openTrayHost } from './tray.ts';

test('the packaged app opens its window and its tray, listens to no debugger, and quits', async () => {
  const folder = makePackage();
  const host = await openTrayHost();
  const home = newHome();
  const root = runtime().args.filter((argument) => argument === '--no-sandbox');
  const args = [...root, '--inspect=0', '--host', 'unix:///nonexistent/docker.sock'];
  const env = { ...environmentIn(home), NODE_OPTIONS: '--require=/nonexistent/spy.cjs' };
  const child = spawn(join(folder, 'afloat'), args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  // With all that it said.
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const item = await host.item();
    await expect.poll(() => renderersOf(child.pid ?? 0).length).toBe(1);
    expect((await item.icon()).edges).toEqual([44]);
    await item.menuUntil((lines) => lines[0]?.label === 'Docker Engine: not found');
    const all = processesOf(child.pid ?? 0);
    await item.click('Quit');
    expect(await ended).toBe(0);
    expect(words).not.toContain('Debugger listening');
    expect(readFileSync(join(home, '.config', 'Afloat', 'logs', 'afloat.log'), 'utf8')).toMatch(/info ended\n$/);
    await expect.poll(() => leftOf(all)).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    host.close();
    rmSync(home, { recursive: true, force: true });
  }
});

test('the command line runs on the packaged program, and nothing from outside gets in', () => {
  const folder = makePackage();
  const cli = join(folder, 'resources', 'app.asar', 'out', 'cli', 'afloat.cjs');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nonexistent/spy.cjs' };
  const { status, stdout } = spawnSync(join(folder, 'afloat'), [cli, '--version'], { env, encoding: 'utf8' });
  expect([status, stdout.trim()]).toEqual([0, expect.stringMatching(/\d+\.\d+\.\d+/)]);
});
