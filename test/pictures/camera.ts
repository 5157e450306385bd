// Photographs the window: light and dark, and in Japanese where that is wished, always in one size.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../electron/contract/ipc.ts';
import type { Preferences } from '../../electron/contract/preferences.ts';
import type { OpenApp } from '../e2e/app.ts';
import { firstSnapshot } from '../tour/snapshots.ts';
import { smallPng } from './small-png.ts';

const folder = join(process.cwd(), 'docs', 'pictures');
const size = { width: 980, height: 700 };

export type Camera = {
  /** Writes `NAME-light.png` and `NAME-dark.png`, and `NAME-ja.png` where it is wished; leaves the window as it was. */
  take(name: string, also?: 'ja'): Promise<void>;
};

export async function openCamera(app: OpenApp, page: Page): Promise<Camera> {
  mkdirSync(folder, { recursive: true });
  // Asked before its page is there, the window might never answer.
  await firstSnapshot(page, 'running');
  await app.electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);

  const prefer = (wished: Partial<Preferences>): Promise<void> =>
    page.evaluate(async (choice) => {
      const { bridge } = globalThis as unknown as { readonly bridge: Bridge };
      await bridge['preferences.set'](choice);
    }, wished);

  async function shoot(file: string): Promise<void> {
    // Where the pointer rests something would be lit.
    await page.mouse.move(0, 0);
    const png = await page.screenshot({ animations: 'disabled', clip: { x: 0, y: 0, ...size } });
    writeFileSync(join(folder, `${file}.png`), smallPng(png));
  }

  async function inTheme(theme: 'light' | 'dark'): Promise<void> {
    await prefer({ theme });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
  }

  async function inLanguage(language: 'en' | 'ja'): Promise<void> {
    await prefer({ language });
    await page.locator(`html[lang=${language}]`).waitFor();
  }

  await inLanguage('en');
  return {
    async take(name, also) {
      await inTheme('dark');
      await shoot(`${name}-dark`);
      await inTheme('light');
      await shoot(`${name}-light`);
      if (also === undefined) return;
      await inLanguage(also);
      await shoot(`${name}-${also}`);
      await inLanguage('en');
    },
  };
}
