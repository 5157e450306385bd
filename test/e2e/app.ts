// Opens the built app in a real Electron, in a home folder of its own, and closes it again: the base of all page objects.
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  /** The window, as soon as there is one. */
  page(): Promise<Page>;
  /** Closes the window as its frame's button does; resolves when its page is gone. */
  closeWindow(): Promise<void>;
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

export async function openApp(options: OpenOptions = {}): Promise<OpenApp> {
  const { executable, args } = runtime();
  const home = options.home ?? newHome();
  const sandboxed = options.sandboxed ?? false;
  const wished = options.args ?? [];
  // Attached to while its first window is being made, the driver now and then waits for ever: the window comes after it.
  const hidden = wished.includes('--hidden');
  const electron = await _electron.launch({
    executablePath: options.executable ?? executable,
    args: [
      ...(sandboxed ? args.filter((arg) => arg !== '--no-sandbox') : args),
      ...wished,
      ...(hidden ? [] : ['--hidden']),
    ],
    env: { ...environmentIn(home), ...options.env },
    chromiumSandbox: sandboxed,
  });
  const child = electron.process();
  if (!hidden) await showWindow(electron);
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
    page: async () => electron.windows()[0] ?? electron.waitForEvent('window'),
    async closeWindow() {
      const page = electron.windows()[0];
      const gone = page?.waitForEvent('close');
      // The answer may not arrive, because the app may end with its window.
      void electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined);
      await gone;
    },
    quit,
    async close() {
      if (!hasEnded()) await quit();
      if (options.home === undefined && existsSync(home)) rmSync(home, { recursive: true, force: true });
    },
  };
}
