// The scenes of the look harness in a bare window of the runtime: every page in every state, without a daemon.
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { openedOn } from '../bench/bare-window.ts';
import { pinFonts } from '../look/pinned-fonts.ts';
import { environmentIn, newHome, showWindow } from './app.ts';

/** What is done in a scene before it is looked at: clicks, or text to fill in; a line end presses Enter. */
type Acts = readonly (readonly [selector: string, text?: string])[];

/** What the look harness puts on its page. */
type Look = { readonly scenes: Record<string, Acts>; atRest(): Promise<void>; later(): void };

/** What a system, or a person, may ask of every window. */
export type Sight = 'usual' | 'more-contrast' | 'forced-colors' | 'less-motion' | 'large-text' | 'zoomed';

export type SceneWindow = {
  readonly page: Page;
  readonly electron: ElectronApplication;
  /** Names of all scenes. */
  names(): readonly string[];
  /** Opens a scene and does what belongs to it. */
  show(name: string, query: { readonly lang: string; readonly theme?: 'light' | 'dark' }): Promise<void>;
  /** The whole window as PNG, at rest: nothing moves, no caret, nothing under the pointer. */
  picture(): Promise<Buffer>;
  /** Version of the runtime. */
  runtime(): Promise<string>;
  /** From now on; `large-text` and `zoomed` are 200 %. */
  see(sight: Sight): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** Resolves when nothing more is about to happen. */
  atRest(): Promise<void>;
  close(): Promise<void>;
};

export type SceneOptions = {
  /** Draw with the fonts and the clock of the reference pictures, by software alone. */
  readonly asReference?: boolean;
};

/**
 * Everything outside the page that decides which pixels come of it, besides the runtime itself. A tile that is redrawn in
 * part has other edges than one drawn at once: what a picture shows must not depend on what was shown before it.
 */
const referenceSwitches = ['--force-device-scale-factor=1', '--disable-lcd-text', '--disable-partial-raster'];

/** Builds the scenes and opens a window on them. */
export async function openScenes({ asReference = false }: SceneOptions = {}): Promise<SceneWindow> {
  const root = process.cwd();
  const home = newHome();
  // In a place of its own: another run may be drawing meanwhile.
  const built = join(home, 'look');
  await build({
    configFile: join(root, 'test/look/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: built, emptyOutDir: true },
  });
  const { executable, args } = openedOn(join(root, 'test/look/window'), home);
  const electron = await _electron.launch({
    executablePath: executable,
    args: [...args, ...(asReference ? referenceSwitches : [])],
    env: {
      ...environmentIn(home),
      AFLOAT_LOOK: built,
      TZ: 'UTC',
      ...(asReference ? pinFonts(home) : {}),
    },
  });
  await showWindow(electron);
  const page = await electron.firstWindow();
  const address = (scene: string, query: Record<string, string>): string =>
    `look://page/index.html?${new URLSearchParams({ scene, ...query }).toString()}`;
  await page.goto(address('general', { lang: 'en' }));
  const scenes = await page.evaluate(() => (window as unknown as Look).scenes);

  let sight: Sight = 'usual';
  const atRest = (): Promise<void> => page.evaluate(() => (window as unknown as Look).atRest());

  return {
    page,
    electron,
    names: () => Object.keys(scenes),
    async show(name, { lang, theme = 'light' }) {
      // Where the pointer was left something would be lit.
      await page.mouse.move(0, 0);
      await page.goto(address(name, { lang, theme, ...(sight === 'large-text' ? { text: '200' } : {}) }));
      await page.waitForSelector('h1');
      for (const [selector, text] of scenes[name] ?? []) {
        const found = page.locator(selector).first();
        if (text === undefined) await found.click();
        else await found.fill(text.replace(/\n$/, ''));
        if (text?.endsWith('\n') === true) await found.press('Enter');
      }
      // Where the clock stands, what waits for a pointer to stay waits for ever.
      await page.mouse.move(0, 0);
      // What comes of the clicks comes before what happens then.
      await atRest();
      await page.evaluate(() => (window as unknown as Look).later());
    },
    async see(next) {
      sight = next;
      await page.emulateMedia({
        contrast: next === 'more-contrast' ? 'more' : null,
        forcedColors: next === 'forced-colors' ? 'active' : null,
        reducedMotion: next === 'less-motion' ? 'reduce' : null,
      });
      await electron.evaluate(
        ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom),
        next === 'zoomed' ? 2 : 1,
      );
    },
    async resize(width, height) {
      await electron.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as const,
      );
      await page.waitForFunction((wanted) => innerWidth === wanted, sight === 'zoomed' ? width / 2 : width);
    },
    atRest,
    async picture() {
      await page.mouse.move(0, 0);
      await atRest();
      return page.screenshot({ animations: 'disabled', caret: 'hide' });
    },
    runtime: () => electron.evaluate(() => process.versions['electron'] ?? ''),
    async close() {
      await electron.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
