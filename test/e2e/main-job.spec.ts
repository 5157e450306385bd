// The main job on a real daemon: live restore on, proven, and a restart from the tray that loses no container.
import { expect, test } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { usualSeeds } from '../../electron/platform/sandbox-seed.ts';
import { unforeseen } from '../fakes/unforeseen.ts';
import { startRealDaemon, type RealDaemon } from '../integration/real-daemon.ts';
import { openApp, type OpenApp } from './app.ts';
import { preferencesWindow, type PreferencesWindow } from './preferences-window.ts';
import { openTrayHost, type TrayHost } from './tray.ts';

let daemon: RealDaemon;
let tray: TrayHost;
let app: OpenApp;
let window: PreferencesWindow;

test.beforeEach(async () => {
  [daemon, tray] = await Promise.all([
    startRealDaemon({ version: '28.5', manager: 'bare-process', containers: usualSeeds }),
    openTrayHost(),
  ]);
  app = await openApp({ args: ['--host', daemon.endpoint] });
  window = preferencesWindow(await app.page());
  await window.until((now) => now.engine.state === 'running' && now.containers?.counts.running === 3, 'running');
});

test.afterEach(async () => {
  await app.close();
  tray.close();
  await daemon.dispose();
});

const info = async (): Promise<{ LiveRestoreEnabled: boolean }> =>
  JSON.parse(await daemon.api('GET', '/info')) as { LiveRestoreEnabled: boolean };
const pids = (): Promise<readonly number[]> =>
  Promise.all(['web', 'worker', 'db'].map((name) => daemon.containerPid(name)));
const settled = (from: number) =>
  window.until((now) => now.operation.kind === 'idle' && (now.lastOutcome?.startedAt ?? 0) >= from, 'a new outcome');

test('switch on, see the change, apply; restart from the tray; every container keeps its process', async () => {
  const before = await pids();
  await window.go('Daemon', 'Advanced');
  await expect(window.liveRestore).not.toBeChecked();
  await window.liveRestore.click();
  await window.page.getByRole('button', { name: 'Review' }).click();
  await expect(window.page.getByText('"live-restore": true')).toBeVisible();
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{}\n');

  const clicked = Date.now();
  await window.apply.click();
  const applied = await settled(clicked);
  expect(applied.lastOutcome).toMatchObject({
    verb: 'apply',
    result: 'applied',
    effect: 'reload',
    containers: { kept: 3 },
  });
  expect(await info()).toMatchObject({ LiveRestoreEnabled: true });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{\n  "live-restore": true\n}\n');
  await expect(window.liveRestore).toBeChecked();

  const daemonBefore = daemon.pid();
  const item = await tray.item();
  await item.menuUntil((lines) =>
    lines.some(({ label, checked }) => label.startsWith('Live restore') && checked === true),
  );
  const restarted = Date.now();
  await item.click('Restart daemon');
  // A published port is interrupted for a moment, so that the window names everybody first; Cancel has the focus.
  await expect(window.dialog).toContainText('web');
  const cancel = window.dialog.getByRole('button', { name: 'Cancel' });
  // Without a window manager the window itself may have no focus; in the page the button has it.
  await expect.poll(() => cancel.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
  await window.dialog.getByRole('button', { name: 'Restart' }).click();
  expect((await settled(restarted)).lastOutcome).toMatchObject({
    verb: 'restart',
    result: 'applied',
    containers: { kept: 3 },
  });
  expect(daemon.pid()).not.toBe(daemonBefore);
  expect(await pids()).toEqual(before);
});

test('the whole job by keyboard: find the switch, apply, restart, cancel and confirm', async () => {
  const before = await pids();
  const { page } = window;
  /** Tabs on until the focus is there: what Tab does not reach, a keyboard does not. */
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if ((await focused.count()) === 0) continue;
      const words = await focused.evaluate((one) => `${one.ariaLabel ?? ''} ${one.textContent}`);
      const label = await focused.evaluate((one) =>
        [...((one as HTMLInputElement).labels ?? [])].map((l) => l.textContent),
      );
      if (name.test(words) || label.some((text) => name.test(text ?? ''))) return;
    }
    throw new Error(`Tab does not reach ${name.source}`);
  };
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'General' })).toBeVisible();
  await page.keyboard.press('Control+PageDown');
  await expect(page.getByRole('heading', { level: 1, name: 'Daemon' })).toBeVisible();
  await tabTo(/^\s*Live restore/);
  await page.keyboard.press('Space');
  await expect(window.apply).toBeVisible();
  const applying = Date.now();
  await page.keyboard.press('Control+s');
  expect((await settled(applying)).lastOutcome).toMatchObject({ result: 'applied', effect: 'reload' });
  expect(await info()).toMatchObject({ LiveRestoreEnabled: true });
  // The switch was locked meanwhile, and still nobody has to find it again.
  await expect(window.liveRestore).toBeFocused();

  await tabTo(/^\s*Restart daemon/);
  await page.keyboard.press('Enter');
  await expect(window.dialog).toContainText('web');
  await page.keyboard.press('Escape');
  await expect(window.dialog).toHaveCount(0);
  // Back where it came from: nobody has to begin at the top again.
  await expect(page.locator(':focus')).toHaveText(/Restart daemon/);
  await page.keyboard.press('Enter');
  await expect(window.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.dialog).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveText(/Restart daemon/);
  await page.keyboard.press('Enter');
  await expect(window.dialog.getByRole('button', { name: 'Restart' })).toBeEnabled();
  const restarting = Date.now();
  // The safe button has the focus; the other one is a Tab away, whichever side it stands on.
  for (let i = 0; i < 3; i += 1) {
    if ((await page.locator(':focus').textContent()) === 'Restart') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  expect((await settled(restarting)).lastOutcome).toMatchObject({ verb: 'restart', result: 'applied' });
  await expect(page.locator(':focus')).toHaveText(/Restart daemon/);
  expect(await pids()).toEqual(before);
});

test('live restore and MTU in one draft: reload, then restart, nobody dies', async () => {
  const before = await pids();
  await window.go('Daemon', 'Advanced');
  await window.liveRestore.click();
  const mtu = window.page.getByLabel('MTU', { exact: true });
  await mtu.selectText();
  await window.page.keyboard.type('1300');
  await window.page.keyboard.press('Control+z');
  await expect(mtu).toHaveValue('1500');
  await mtu.selectText();
  await window.page.keyboard.type('1400');
  await expect(window.apply).toHaveText('Apply, reload and restart');
  const clicked = Date.now();
  await window.apply.click();
  const { lastOutcome } = await settled(clicked);
  expect(lastOutcome).toMatchObject({ result: 'applied', effect: 'reload-then-restart', problem: null });
  expect(await pids()).toEqual(before);
});

test('a configuration that cannot start is rolled back and the daemon is up', async () => {
  const before = await pids();
  await window.go('Daemon', 'JSON');
  await window.page.getByRole('textbox').fill(`${JSON.stringify({ 'live-restore': true, ...unforeseen })}\n`);
  const clicked = Date.now();
  await window.apply.click();
  const { lastOutcome, engine, liveRestore } = await settled(clicked);
  expect(lastOutcome).toMatchObject({ result: 'rolled-back', file: 'restored' });
  expect(engine.state).toBe('running');
  expect(liveRestore.effective).toBe(false);
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{}\n');
  expect(await pids()).toEqual(before);
  await expect(window.page.getByText(/rolled back/i).first()).toBeVisible();
});

test('a change by somebody else meets a draft, and neither is lost', async () => {
  await window.go('Daemon', 'Advanced');
  await window.liveRestore.click();
  await expect(window.apply).toBeVisible();
  writeFileSync(daemon.configPath, '{\n  "labels": ["by=hand"]\n}\n');
  const draft = window.page.getByRole('region', { name: 'Open change' });
  await expect(draft.getByText(/changed by someone else/i)).toBeVisible();
  await expect(window.liveRestore).toBeChecked();
  await expect(window.apply).toBeEnabled();
  const clicked = Date.now();
  await window.apply.click();
  expect((await settled(clicked)).lastOutcome).toMatchObject({ result: 'applied' });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{\n  "labels": ["by=hand"],\n  "live-restore": true\n}\n');
});

test('a killed daemon is seen, and followed again when it is back', async () => {
  await window.go('Status');
  await daemon.kill('SIGKILL');
  await window.until(({ engine }) => engine.state === 'failed' || engine.state === 'stopped', 'down');
  const item = await tray.item();
  await item.menuUntil((lines) => lines.some(({ label }) => label.startsWith('Start daemon')));
  await daemon.start();
  await window.until((now) => now.engine.state === 'running', 'running again');
});
