// The scenes of the look harness in a bare window of the runtime: every page in every state, without a daemon.
import { _electron, type Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { openedOn } from '../bench/bare-window.ts';
import { environmentIn, newHome, showWindow } from './app.ts';

/** What is done in a scene before it is looked at: clicks, or text to fill in; a line end presses Enter. */
type Acts = readonly (readonly [selector: string, text?: string])[];

export type SceneWindow = {
  readonly page: Page;
  /** Names of all scenes. */
  names(): readonly string[];
  /** Opens a scene and does what belongs to it. */
  show(name: string, query: { readonly lang: string; readonly theme?: 'light' | 'dark' }): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** Resolves when nothing has changed for a while. */
  atRest(): Promise<void>;
  close(): Promise<void>;
};

/** Builds the scenes and opens a window on them. */
export async function openScenes(): Promise<SceneWindow> {
  const root = process.cwd();
  await build({ configFile: join(root, 'test/look/vite.config.ts'), logLevel: 'warn' });
  const home = newHome();
  const { executable, args } = openedOn(join(root, 'test/look/window'), home);
  const electron = await _electron.launch({
    executablePath: executable,
    args: [...args],
    env: { ...environmentIn(home), AFLOAT_LOOK: join(root, 'out/look') },
  });
  await showWindow(electron);
  const page = await electron.firstWindow();
  const address = (scene: string, query: Record<string, string>): string =>
    `look://page/index.html?${new URLSearchParams({ scene, ...query }).toString()}`;
  await page.goto(address('general', { lang: 'en' }));
  const scenes = await page.evaluate(() => (window as unknown as { scenes: Record<string, Acts> }).scenes);

  return {
    page,
    names: () => Object.keys(scenes),
    async show(name, { lang, theme = 'light' }) {
      await page.goto(address(name, { lang, theme }));
      await page.waitForSelector('h1');
      for (const [selector, text] of scenes[name] ?? []) {
        const found = page.locator(selector).first();
        if (text === undefined) await found.click();
        else await found.fill(text.replace(/\n$/, ''));
        if (text?.endsWith('\n') === true) await found.press('Enter');
      }
    },
    async resize(width, height) {
      await electron.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as const,
      );
      await page.waitForFunction((wanted) => innerWidth === wanted, width);
    },
    atRest: () =>
      page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            let timer = setTimeout(done, 100);
            const observer = new MutationObserver(() => {
              clearTimeout(timer);
              timer = setTimeout(done, 100);
            });
            // A clock that counts seconds is no reason to wait.
            observer.observe(document.body, { childList: true, subtree: true, attributes: true });
            function done(): void {
              observer.disconnect();
              resolve();
            }
          }),
      ),
    async close() {
      await electron.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
