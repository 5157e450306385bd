// Japanese from the first picture on where the system speaks it; another language at once where it is chosen; diagnostics
// that are shown before they leave the window.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from './app.ts';
import { preferencesWindow } from './preferences-window.ts';

const japanese = { LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', LANGUAGE: '' };

test('opens in the language of the system, and changes it while it runs', async () => {
  const app = await openApp({ env: japanese });
  try {
    const { page } = preferencesWindow(await app.page());
    await expect(page.getByRole('link', { name: '一般', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');

    await page.getByRole('link', { name: '一般', exact: true }).click();
    await page.getByLabel('言語').selectOption('en');
    await expect(page.getByRole('heading', { name: 'General' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await app.quit();

    const again = await openApp({ env: japanese, home: app.home });
    const reopened = await again.page();
    await expect(reopened.getByRole('link', { name: 'General', exact: true })).toBeVisible();
    await expect(reopened.locator('html')).toHaveAttribute('lang', 'en');
    await again.close();
  } finally {
    await app.close();
  }
});

test('diagnostics are shown, and then copied and saved as shown', async () => {
  const app = await openApp({ env: { HTTPS_PROXY: 'http://ann:s3cr3t-pass@proxy.lan:3128' } });
  try {
    const { page, go } = preferencesWindow(await app.page());
    await go('About');
    await page.getByRole('button', { name: 'Show diagnostics' }).click();
    const text = page.getByRole('group', { name: 'Diagnostics as they will be' });
    await expect(text).toContainText('[versions]');
    const shown = await text.textContent();
    expect(shown).toMatch(/HTTPS_PROXY: http:\/\/\*\*\*@host-\d+:3128/);
    expect(shown).not.toMatch(/s3cr3t|proxy\.lan/);
    expect(shown).not.toContain(app.home);

    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(shown);

    const path = join(app.home, 'bundle.txt');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: 'Save…' }).click();
    await expect(page.getByText(`Saved as ${path}.`)).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(shown);
  } finally {
    await app.close();
  }
});
