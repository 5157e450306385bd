// Opens the built app in a real Electron, in a home folder of its own, and closes it again: the base of all page objects.
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type OpenOptions = {
  /** The app's own arguments. */
  readonly args?: readonly string[];
  /** A home folder to go on with; a new one otherwise. It outlives the app when it was given. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program instead of the checkout's runtime, e.g. a wrapper that changes the user. */
  readonly executable?: string;
  /** Chromium's own sandbox; it needs an ordinary user. */
  readonly sandboxed?: boolean;
};

export type OpenApp = {
  readonly electron: ElectronApplication;
  readonly home: string;
  /**
   * The window, as soon as there is one that the driver sees into. `again` asks for it as before: it is used once where
   * the driver did not.
   */
  page(again?: () => Promise<void>): Promise<Page>;
  /** Quits the app as a user does; resolves when its process has ended. */
  quit(): Promise<void>;
  /** Quits it if it still runs, and removes its home. */
  close(): Promise<void>;
};

/** What set-up says about the runtime; only the test script and the tour know it. */
export function runtime(): { readonly executable: string; readonly args: readonly string[] } {
  const executable = process.env['AFLOAT_ELECTRON'];
  if (!executable) throw new Error('AFLOAT_ELECTRON is not set: run this by `npm test -- --only e2e`');
  return { executable, args: JSON.parse(process.env['AFLOAT_ELECTRON_ARGS'] ?? '[]') as string[] };
}

/** A new home folder, where nothing was ever kept. */
export const newHome = (): string => mkdtempSync(join(tmpdir(), 'afloat-home-'));

/** The environment of an app in that home: nothing of the user who runs the tests reaches it. */
export function environmentIn(home: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(DOCKER_|XDG_|NODE_OPTIONS$)/.test(entry[0]),
  );
  const config = join(home, '.config');
  mkdirSync(config, { recursive: true });
  return { ...Object.fromEntries(inherited), HOME: home, XDG_CONFIG_HOME: config, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
}

/** As a click at the dock or a second start does. */
export async function showWindow(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(async ({ app }) => {
    await app.whenReady();
    app.emit('activate');
  });
}

/**
 * How long the driver may take to see into a new page, ms. It takes tenths of a second; or, once in some hundred times, for
 * ever: it attached just while the page moved into its process. Its own waits then do not end at their limits either.
 */
const sightMs = 15_000;

/** Whether the driver sees into the page. */
async function sees(page: Page): Promise<boolean> {
  const answered = page.evaluate('true').then(
    () => true,
    () => false,
  );
  const limit = new AbortController();
  const late = sleep(sightMs, false, { signal: limit.signal }).catch(() => false);
  const seen = await Promise.race([answered, late]);
  limit.abort();
  return seen;
}

async function windowSeen(electron: ElectronApplication): Promise<Page | null> {
  const [there] = electron.windows().filter((page) => !page.isClosed());
  const page = there ?? (await electron.waitForEvent('window', { timeout: sightMs }).catch(() => null));
  return page !== null && (await sees(page)) ? page : null;
}

/** Opens the app; with a window, once the driver sees into it. */
export async function openApp(options: OpenOptions = {}): Promise<OpenApp> {
  const home = options.home ?? newHome();
  const wanted = !(options.args ?? []).includes('--hidden');
  const electron = await launch(options, home);
  if (!wanted) return opened(electron, home, options);
  await showWindow(electron);
  if ((await windowSeen(electron)) !== null) return opened(electron, home, options);
  console.warn('the driver saw no page of the app: opened again');
  const child = electron.process();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const next = await launch(options, home);
  await showWindow(next);
  return opened(next, home, options);
}

/** Starts the program without its window: attached to while that is being made, the driver now and then waits for ever. */
function launch(options: OpenOptions, home: string): Promise<ElectronApplication> {
  const { executable, args } = runtime();
  const sandboxed = options.sandboxed ?? false;
  const wished = options.args ?? [];
  return _electron.launch({
    executablePath: options.executable ?? executable,
    args: [
      ...(sandboxed ? args.filter((arg) => arg !== '--no-sandbox') : args),
      ...wished,
      ...(wished.includes('--hidden') ? [] : ['--hidden']),
    ],
    env: { ...environmentIn(home), ...options.env },
    chromiumSandbox: sandboxed,
  });
}

function opened(electron: ElectronApplication, home: string, options: OpenOptions): OpenApp {
  const child = electron.process();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;

  async function quit(): Promise<void> {
    // The answer cannot arrive: the process that would send it ends.
    if (!hasEnded()) void electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await ended;
  }

  return {
    electron,
    home,
    async page(again) {
      const page = await windowSeen(electron);
      if (page !== null) return page;
      if (again === undefined) throw new Error('The driver sees no page of the app');
      console.warn('the driver saw no page of the app: asked for once more');
      const closed = electron.windows().map((one) => one.waitForEvent('close', { timeout: sightMs }).catch(() => null));
      await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((one) => one.destroy()));
      await Promise.all(closed);
      await again();
      const next = await windowSeen(electron);
      if (next === null) throw new Error('The driver sees no page of the app, asked for twice');
      return next;
    },
    quit,
    async close() {
      if (!hasEnded()) await quit();
      if (options.home === undefined && existsSync(home)) rmSync(home, { recursive: true, force: true });
    },
  };
}
