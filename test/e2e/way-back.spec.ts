// Somebody broke the file of a daemon that is down: one click in the window brings both back, and the containers live.
import { expect, test } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { isDown } from '../../electron/contract/down.ts';
import { usualSeeds } from '../../electron/platform/sandbox-seed.ts';
import { startRealDaemon, type RealDaemon } from '../integration/real-daemon.ts';
import { openApp, type OpenApp } from './app.ts';
import { preferencesWindow, type PreferencesWindow } from './preferences-window.ts';

const config = '{\n  "log-opts": { "max-size": "10m" }\n}\n';
let daemon: RealDaemon;
let app: OpenApp;
let window: PreferencesWindow;

test.beforeEach(async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process', config, containers: usualSeeds });
  app = await openApp({ args: ['--host', daemon.endpoint] });
  window = preferencesWindow(await app.page());
  await window.until((now) => now.engine.state === 'running' && now.containers?.counts.running === 3, 'running');
});

test.afterEach(async () => {
  await app.close();
  await daemon.dispose();
});

const pids = (): Promise<readonly number[]> =>
  Promise.all(['web', 'worker', 'db'].map((name) => daemon.containerPid(name)));

test('the version that worked is put back and started with, and every container keeps its process', async () => {
  const before = await pids();
  await window.go('History');
  await expect(window.page.getByText('in the file now')).toBeVisible();
  await daemon.kill('SIGKILL');
  writeFileSync(daemon.configPath, '{\n  "log-opts": { "max-size": "10m" },\n}\n');
  await window.until((now) => isDown(now.engine) && now.config.state === 'unreadable', 'down, with a broken file');
  await window.go('Status');
  await expect(window.page.getByText(/^The daemon ran with the version/)).toBeVisible();
  await expect(window.page.getByText(/all 3 containers keep running/)).toBeVisible();
  await window.page.getByRole('button', { name: 'Put it back and start' }).click();
  const now = await window.until(
    ({ lastOutcome, operation }) => lastOutcome?.verb === 'start' && operation.kind === 'idle',
    'started',
  );
  expect(now.lastOutcome).toMatchObject({ result: 'applied', problem: null, containers: { before: 3, kept: 3 } });
  await expect(window.page.getByText('The daemon runs and answers.')).toBeVisible();
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(config);
  expect(await pids()).toEqual(before);
});

test('a comma too many is taken out by Fix, seen as a difference, and written by Apply alone', async () => {
  const broken = '{\n  "log-opts": { "max-size": "10m" },\n}\n';
  await daemon.kill('SIGKILL');
  writeFileSync(daemon.configPath, broken);
  await window.until((now) => isDown(now.engine) && now.config.state === 'unreadable', 'down, with a broken file');
  await window.go('Status');
  await window.page.getByRole('button', { name: 'Fix', exact: true }).click();
  await window.page.getByRole('button', { name: 'Changes' }).click();
  await expect(window.page.locator('.editor-changes')).toContainText('"log-opts"');
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(broken);
  await window.page.getByRole('button', { name: 'Apply', exact: true }).click();
  await window.until((now) => now.config.state === 'read', 'a file that can be read');
  expect(readFileSync(daemon.configPath, 'utf8')).toBe(config);
});
