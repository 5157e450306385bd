// Every page in every state, in longer words than any language has, at both sizes: nothing is cut off or lies on another.
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { misfits } from '../look/misfits.ts';
import { openedOn } from '../bench/bare-window.ts';
import { environmentIn, newHome } from './app.ts';

const root = process.cwd();
const sizes = [
  [900, 640],
  [1280, 800],
] as const;
let home = '';
let electron: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  await build({ configFile: join(root, 'test/look/vite.config.ts') });
  home = newHome();
  const { executable, args } = openedOn(join(root, 'test/look/window'), home);
  electron = await _electron.launch({
    executablePath: executable,
    args: [...args],
    env: { ...environmentIn(home), AFLOAT_LOOK: join(root, 'out/look') },
  });
  page = await electron.firstWindow();
});
test.afterAll(async () => {
  await (electron as ElectronApplication | undefined)?.close();
  rmSync(home, { recursive: true, force: true });
});

type Acts = readonly (readonly [selector: string, text?: string])[];

/** Resolves when nothing has changed for a while. */
const atRest = (): Promise<void> =>
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
  );

async function act(acts: Acts): Promise<void> {
  for (const [selector, text] of acts) {
    const found = page.locator(selector).first();
    if (text === undefined) await found.click();
    else await found.fill(text.replace(/\n$/, ''));
    if (text?.endsWith('\n') === true) await found.press('Enter');
  }
}

for (const language of ['pseudo', 'ja'] as const) {
  test(`nothing is cut off in any scene: ${language}`, async () => {
    const address = (scene: string): string => `look://page/index.html?scene=${scene}&lang=${language}`;
    await page.goto(address('general'));
    const scenes = await page.evaluate(() => (window as unknown as { scenes: Record<string, Acts> }).scenes);
    const found: string[] = [];
    for (const [scene, acts] of Object.entries(scenes)) {
      await page.goto(address(scene));
      await page.waitForSelector('h1');
      await act(acts);
      for (const [width, height] of sizes) {
        await electron.evaluate(
          ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
          [width, height] as const,
        );
        await page.waitForFunction((wanted) => innerWidth === wanted, width);
        await atRest();
        for (const fault of await page.evaluate(misfits)) found.push(`${scene} ${width}x${height}: ${fault}`);
      }
    }
    expect(found).toEqual([]);
  });
}
