// The text of daemon.json in the real app: one draft with the form, undo over both, paste, marks, difference, apply.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { startRealDaemon, type RealDaemon } from '../integration/real-daemon.ts';
import { openApp, type OpenApp } from './app.ts';
import { preferencesWindow, type PreferencesWindow } from './preferences-window.ts';

let daemon: RealDaemon;
let app: OpenApp;
let window: PreferencesWindow;
const said: string[] = [];

test.beforeEach(async () => {
  daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process' });
  app = await openApp({ args: ['--host', daemon.endpoint] });
  const page = await app.page();
  // Chromium tells every violation of the content security policy on the console.
  page.on('console', (message) => said.push(message.text()));
  window = preferencesWindow(page);
  await window.until((now) => now.engine.state === 'running', 'running');
});

test.afterEach(async () => {
  await app.close();
  await daemon.dispose();
});

test('form and text are one draft, with one undo, marks where the fault is, and a difference before it is applied', async () => {
  const { page } = window;
  const text = page.getByRole('textbox', { name: 'Text of daemon.json' });
  const lines = (): Promise<string> =>
    text.evaluate((one) => [...one.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'));
  const paste = async (whole: string): Promise<void> => {
    await app.electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), whole);
    await text.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
  };

  await window.go('Daemon', 'Advanced');
  await window.liveRestore.click();
  await window.go('Daemon', 'JSON');
  await expect.poll(lines).toBe('{\n  "live-restore": true\n}\n');
  await text.click();
  await page.keyboard.press('Control+z');
  await expect.poll(lines).toBe('{}\n');
  await expect(window.apply).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(lines).toBe('{\n  "live-restore": true\n}\n');

  await paste('{\n  "live-restore": "yes"\n}\n');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('"live-restore"');
  await expect(window.apply).toBeDisabled();
  await page.keyboard.press('Control+z');
  await expect.poll(lines).toBe('{\n  "live-restore": true\n}\n');

  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"labe');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: /^labels/ }).click();
  await page.keyboard.type('a=b');
  await expect.poll(lines).toBe('{\n  "live-restore": true,\n  "labels": ["a=b"]\n}\n');

  await page.getByRole('button', { name: 'Changes', exact: true }).click();
  await expect(page.locator('.editor-changes .diff-line.new')).toHaveCount(4);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await text.click();
  const clicked = Date.now();
  await page.keyboard.press('Control+s');
  const { lastOutcome } = await window.until(
    (now) => now.operation.kind === 'idle' && (now.lastOutcome?.startedAt ?? 0) >= clicked,
    'a new outcome',
  );
  expect(lastOutcome).toMatchObject({ result: 'applied', effect: 'reload' });
  expect(readFileSync(daemon.configPath, 'utf8')).toBe('{\n  "live-restore": true,\n  "labels": ["a=b"]\n}\n');
  await expect(text).toBeFocused();

  // The editor lets go of the keyboard.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect.poll(() => text.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement)).toBeNull();
  expect(said).toEqual([]);
});

test('a mark is put right where it stands, and Ctrl+F finds in the text', async () => {
  const { page } = window;
  const text = page.getByRole('textbox', { name: 'Text of daemon.json' });
  const whole = (): Promise<string> =>
    text.evaluate((one) => [...one.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'));
  await window.go('Daemon', 'JSON');
  await expect.poll(whole).toBe('{}\n');
  await text.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('{\n  "debug": true,\n  "labls": ["a=b"]\n}\n');
  await page.locator('.cm-lintRange-error').hover();
  await page.locator('.cm-tooltip').getByRole('button', { name: 'Fix' }).click();
  await expect.poll(whole).toContain('"labels"');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await expect.poll(whole).not.toContain('labls');
  await expect(window.apply).toBeEnabled();

  await text.click();
  await page.keyboard.press('Control+f');
  const field = page.getByRole('searchbox', { name: 'Find in the text' });
  await expect(field).toBeFocused();
  await page.keyboard.type('e');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(text).toBeFocused();
  // The search for options is where it was.
  await window.go('Advanced');
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('textbox', { name: 'Search options' })).toBeFocused();
  expect(said).toEqual([]);
});
