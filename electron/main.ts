// Starts the program: the window first, everything else while it loads; and owns the order of quitting.
import { app, ipcMain, Menu, nativeTheme, protocol, session } from 'electron';
import { join } from 'node:path';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Late } from './after-window.ts';
import { ownArguments, parseArguments, type Arguments } from './app/arguments.ts';
import type { Door } from './app/door.ts';
import { guardContents, guardSession } from './app/guard.ts';
import { openDoor } from './app/ipc.ts';
import { createLog } from './app/log.ts';
import { packagingOf } from './app/packaging.ts';
import { openPreferences, openStore, placeToOpen } from './app/preferences.ts';
import { declareScheme, readFileTable, serve } from './app/protocol.ts';
import { createState } from './app/state.ts';
import { appVersion, isUnsupported } from './app/version.ts';
import { createWindow } from './app/window.ts';
import { languageFor } from './contract/messages/language.ts';
import { system } from './platform/system.ts';

const log = createLog(app.getPath('logs'), homedir());
// Electron's own answer is a dialog that holds everything up.
process.on('uncaughtException', log.report);
process.on('unhandledRejection', log.report);
const refused = (what: string): void => log.warn(`refused: ${what}`);

/** How long the rest waits for a page that asks for nothing, ms. */
const patienceMs = 1000;

/** How long Electron may take to end once nothing of ours is open, ms. */
const exitPatienceMs = 3000;

const parsed = parseArguments(ownArguments(process.argv, process.defaultApp === true));
if (!parsed.ok) {
  const detail = parsed.problem.kind === 'usage' ? parsed.problem.detail : '';
  void import('./contract/messages/index.ts').then(({ messagesIn }) => {
    process.stderr.write(messagesIn(languageFor('system', app.getPreferredSystemLanguages())).tray.usage(detail));
    app.exit(2);
  });
} else if (app.requestSingleInstanceLock()) begin(parsed.value);
// Another one runs and shows its window now.
else app.exit(0);

function begin(options: Arguments): void {
  // Forms need no graphics processor, and where there is none that can be used, as in virtual machines and over remote
  // desktops, Chromium starts its GPU process up to three times: 4 of 64 windows stayed empty for 120 s then, and with this
  // none of 120 (33.2.1, Xvfb, measured).
  app.disableHardwareAcceleration();
  declareScheme(protocol);
  // It takes `--no-sandbox` back, without which Chromium does not run as root: there only the launcher decides.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // macOS has its menu bar outside the window; elsewhere there is none, and making the usual one takes time.
  if (system !== 'darwin') Menu.setApplicationMenu(null);
  guardContents(app, refused);
  app.on('window-all-closed', () => undefined);
  void app
    .whenReady()
    .then(() => ready(options))
    .catch(fatal);
}

/** Something that happens once, and who waits for it. */
function once(): { readonly happened: Promise<void>; readonly happens: () => void } {
  let happens: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => (happens = resolve));
  return { happened, happens: () => happens() };
}

/** A program that could not be started whole is of no use; where the window would be, there is nowhere else to say it. */
function fatal(bug: unknown): void {
  process.stderr.write(`afloat: ${bug instanceof Error ? bug.message : String(bug)} (${log.report(bug)})\n`);
  app.exit(1);
}

function ready(options: Arguments): void {
  const developing = !app.isPackaged;
  const preferences = openPreferences(app.getPath('userData'), openStore);
  const kept = preferences.get();
  const dark = nativeTheme.shouldUseDarkColors;
  nativeTheme.themeSource = kept.preferences.theme;
  const state = createState({
    preferences: kept.preferences,
    app: {
      version: appVersion(process.versions.electron),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
      unsupportedRuntime: isUnsupported(process.versions.electron),
      packaging: packagingOf(process.resourcesPath, app.isPackaged, process.env),
      platform: system,
      tray: true,
      logPath: log.path,
      preferencesPath: preferences.path,
      preferencesSetAside: preferences.setAside,
      sandbox: { state: 'off' },
      language: languageFor(kept.preferences.language, app.getPreferredSystemLanguages()),
      dark,
    },
  });

  guardSession(session.defaultSession, developing, refused);
  serve(protocol, readFileTable(join(app.getAppPath(), 'out', 'renderer')), () => state.get().app.language);

  let quitting = false;
  let ended = false;
  const [pageRuns, pageDrawn] = [once(), once()];
  const window = createWindow({
    preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
    icon: join(app.getAppPath(), 'assets', 'icons', '256.png'),
    keptPlace: () => preferences.get().window,
    firstPage: () => placeToOpen(preferences.get()),
    dark: () => nativeTheme.shouldUseDarkColors,
    closing: (place, page) => void preferences.keepWindow(place, page).catch(log.report),
    closed: () => {
      if (!quitting) void late.then(({ windowClosed }) => windowClosed());
    },
    drawn: pageDrawn.happens,
    crashed: (why) => log.warn(`the page ended: ${why}`),
  });
  let supplyDoor: (door: Door) => void = () => undefined;
  const door = new Promise<Door>((supply) => (supplyDoor = supply));
  const watched = (): void => {
    window.pageReady();
    pageRuns.happens();
  };
  openDoor(ipcMain, { contents: window.contents, snapshot: state.get, door, watched, refused });
  app.on('second-instance', () => window.show(null));
  app.on('activate', () => window.show(null));
  if (!options.hidden) window.show(null);

  // Loading the rest takes some 50 ms, in which nothing leaves this process, neither files that were answered before nor a
  // window that is ready to be shown: it is done once the page has drawn what is known without it.
  const opened = options.hidden ? [] : [pageRuns.happened, pageDrawn.happened];
  const late: Promise<Late> = Promise.race([Promise.all(opened), sleep(patienceMs)])
    .then(() => import('./after-window.ts'))
    .then(({ startRest }) => startRest({ options, state, window, preferences, log, supplyDoor }));
  late.catch(fatal);
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    if (!quitting) void end();
  });

  /** The window with its process, then what watches, then the engine and the sandbox; what was kept is on disk then. */
  async function end(): Promise<void> {
    quitting = true;
    try {
      await window.close();
      await (await late).close();
      await preferences.written();
    } catch (bug) {
      // It ends whatever happens: a daemon's file is safe by its journal.
      log.report(bug);
    }
    ended = true;
    app.quit();
    // Everything is closed by now: if Electron loses the request among its own closing windows, it ends all the same.
    setTimeout(() => app.exit(0), exitPatienceMs).unref();
  }
}
