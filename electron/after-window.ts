// Everything that the window does not wait for: engine, door, tray, notifications, sandbox; loaded while it opens.
import { app, clipboard, dialog, nativeTheme, Notification, powerMonitor, shell } from 'electron';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir, hostname, release, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Arguments } from './app/arguments.ts';
import { createLoginItem, createXdgAutostart, type Autostart } from './app/autostart.ts';
import { createPatchDesk } from './app/patch-desk.ts';
import { createDiagnosticsDesk } from './app/diagnostics-desk.ts';
import { createDoor, type Door } from './app/door.ts';
import type { Log } from './app/log.ts';
import type { Notice } from './app/notices.ts';
import { createNotify } from './app/notify.ts';
import type { PreferencesFile } from './app/preferences.ts';
import { createHandlers } from './app/requests.ts';
import { createSandboxControl } from './app/sandbox-control.ts';
import type { State } from './app/state.ts';
import { targetName } from './app/target-name.ts';
import { toldFindings } from './app/told-findings.ts';
import { createTrayActions } from './app/tray-actions.ts';
import { openTray } from './app/tray-presence.ts';
import type { AppWindow } from './app/window.ts';
import { languageFor, messagesIn, type Messages } from './contract/messages/index.ts';
import { languages } from './contract/messages/language.ts';
import type { Preferences } from './contract/preferences.ts';
import { fail, ok, type Result } from './contract/problem.ts';
import { diagnosticsText, lastLines } from './engine/diagnostics.ts';
import type { EngineView } from './contract/snapshot.ts';
import { createEngine } from './engine/engine.ts';
import { findEngine } from './platform/find-engine.ts';
import { createPlatform } from './platform/index.ts';
import { createSandbox } from './platform/sandbox-daemon.ts';
import { system } from './platform/system.ts';
import { createTrayHost } from './platform/tray-host.ts';

/** What was made before and with the window. */
export type Early = {
  readonly options: Arguments;
  readonly state: State;
  readonly window: AppWindow;
  readonly preferences: PreferencesFile;
  readonly log: Log;
  readonly supplyDoor: (door: Door) => void;
};

export type Late = {
  readonly windowClosed: () => void;
  /** Ends everything in order; waits for a transaction under way. */
  readonly close: () => Promise<void>;
};

/** Resolves when everything runs; what each part finds is published as soon as it is known. */
export async function startRest({ options, state, window, preferences, log, supplyDoor }: Early): Promise<Late> {
  const messages = (): Messages => messagesIn(state.get().app.language);
  log.info(`started ${state.get().app.version} on Electron ${process.versions.electron}, ${system}`);

  const platform = createPlatform();
  const sandbox = createSandboxControl({
    missing: () => missingForSandbox(),
    create: () => newSandbox(),
    adopt: platform.adopt,
    forget: platform.forget,
    publish: (status) => state.publishApp({ sandbox: status }),
  });
  const opened = options.sandbox ? await sandbox.open() : null;
  // Asked for the sandbox, nothing else is looked at, even where it could not be had.
  const sandboxHost = opened === null ? null : opened.ok ? opened.value : noSandbox;
  const engine = createEngine(platform, {
    host: sandboxHost ?? options.host,
    context: options.context,
    configFile: options.configFile,
    manager: options.manager,
    watchful: true,
  });
  if (engine.problem !== null) log.warn(`the wished daemon: ${JSON.stringify(engine.problem)}`);
  const publish = (view: EngineView): void =>
    state.publish({ ...view, findings: toldFindings(view.findings, state.get().preferences.mutedChecks) });
  engine.watch(publish);

  const autostart = createAutostart();
  const setPreferences = async (change: Partial<Preferences>): Promise<Result<null>> => {
    if (change.openAtLogin !== undefined) autostart.set(change.openAtLogin);
    await preferences.set(change);
    const kept = preferences.get().preferences;
    nativeTheme.themeSource = kept.theme;
    const language = languageFor(kept.language, app.getPreferredSystemLanguages());
    state.publish({
      preferences: { ...kept, openAtLogin: autostart.isOn() },
      app: { ...state.get().app, language },
    });
    if (change.mutedChecks !== undefined) publish(engine.get());
    return ok(null);
  };
  // The entry may have been removed by hand: what the system will do is what is shown.
  state.publish({ preferences: { ...state.get().preferences, openAtLogin: autostart.isOn() } });
  const handlers = createHandlers({
    engine,
    sandbox: { start: () => sandbox.start(engine), stop: () => sandbox.stop(engine) },
    setPreferences,
    reveal: (path) => shell.showItemInFolder(path),
    openAddress: (address) => shell.openExternal(address),
    logPath: log.path,
    preferencesPath: preferences.path,
    patches: createPatchDesk({
      view: () => engine.get(),
      chooseToOpen: async () => (await dialog.showOpenDialog({ properties: ['openFile'] })).filePaths[0] ?? null,
      chooseToSave: chooseFile,
      readFile: (path) => readFile(path),
      writeFile: (path, text) => writeFile(path, text),
    }),
    diagnostics: createDiagnosticsDesk({
      make: () => diagnostics(state, log, messages()),
      copy: async (text) => clipboard.writeText(text),
      chooseFile,
      write: (path, text) => writeFile(path, text, { mode: 0o600 }),
      now: () => new Date(),
    }),
  });
  supplyDoor(createDoor(handlers, log.report));

  state.watch((snapshot) => {
    window.tell(snapshot);
    window.setTitle(messages().tray.windowTitle(targetName(snapshot.target, messages())));
  });
  nativeTheme.on('updated', () => {
    window.setDark(nativeTheme.shouldUseDarkColors);
    // Only then does it say what the system wants.
    if (nativeTheme.themeSource === 'system') state.publishApp({ dark: nativeTheme.shouldUseDarkColors });
  });
  app.on('browser-window-focus', () => {
    engine.attend(true);
    void engine.refresh();
  });
  app.on('browser-window-blur', () => engine.attend(window.isWatched()));
  powerMonitor.on('resume', () => void engine.refresh());

  // Loaded here, because Electron makes the tray's own parts when it is first asked for.
  const { createTray } = await import('./app/tray.ts');
  const act = createTrayActions({ engine, open: window.show, quit: () => app.quit() });
  const closeTray = await openTray({
    state,
    host: createTrayHost(),
    messages,
    create: (view, dark) =>
      createTray(view, dark, {
        icons: join(app.getAppPath(), 'assets', 'tray'),
        size: system === 'linux' ? 22 : 16,
        clicked: (action) => void act(action).catch(log.report),
        activated: () => window.show(null),
      }),
  });
  const notices = createNotify({
    watch: state.watch,
    messages,
    watched: window.isWatched,
    open: window.show,
    show: notify,
  });

  return {
    windowClosed() {
      // The draft went with the page.
      engine.holdTarget(false);
      if (state.get().app.tray) return;
      if (!preferences.get().toldNoTray) {
        notify(messages().notices.noTray, () => undefined);
        void preferences.keepToldNoTray();
      }
      app.quit();
    },
    async close() {
      notices.stop();
      closeTray();
      await untilIdle(state);
      await engine.close();
      await sandbox.close();
      log.info('ended');
    },
  };
}

function missingForSandbox(): readonly string[] {
  const programs = findEngine(process.env);
  return 'missing' in programs ? programs.missing : [];
}

/** Where nobody but root could put anything. */
const noSandbox = 'unix:///run/afloat-no-sandbox.sock';

function newSandbox(): ReturnType<typeof createSandbox> {
  const programs = findEngine(process.env);
  if ('missing' in programs) return Promise.resolve(fail({ kind: 'sandbox.missing', what: programs.missing }));
  return createSandbox({ programs: programs.found, parent: tmpdir() });
}

function createAutostart(): Autostart {
  if (system !== 'linux') return createLoginItem(app);
  // An AppImage runs from a mount that is gone at the next login; the file itself is named in the environment.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  const command = process.defaultApp === true ? [program, app.getAppPath()] : [program];
  return createXdgAutostart(app.getPath('appData'), 'app.afloat.Afloat', {
    command,
    name: app.getName(),
    comment: messagesIn('en').tray.autostartComment,
    comments: Object.fromEntries(
      languages.filter((code) => code !== 'en').map((code) => [code, messagesIn(code).tray.autostartComment]),
    ),
  });
}

const logLines = 200;

function diagnostics(state: State, log: Log, messages: Messages): string {
  const view = state.get();
  const { version, electron, chromium, node, platform, logPath, preferencesPath } = view.app;
  return diagnosticsText(
    {
      view,
      versions: { afloat: version, electron, chromium, node, platform: `${platform} ${process.arch} ${release()}` },
      paths: { log: logPath, preferences: preferencesPath },
      env: process.env,
      home: homedir(),
      user: userInfo().username,
      hostName: hostname(),
      log: lastLines(log.tail(), logLines),
      now: new Date(),
    },
    messages,
  );
}

async function chooseFile(suggested: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog({ defaultPath: join(app.getPath('documents'), suggested) });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}

type Shown = Pick<Notice, 'title' | 'body'> & { readonly action?: string };

/** Electron has buttons on macOS only; everywhere else a click does what the button would. */
function notify({ title, body, action }: Shown, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const actions = system === 'darwin' && action !== undefined ? [{ type: 'button', text: action } as const] : [];
  const notification = new Notification({ title, body, silent: true, actions });
  // One that nothing refers to is collected, and its click is lost.
  shown.add(notification);
  notification.on('close', () => shown.delete(notification));
  const follow = (): void => {
    shown.delete(notification);
    clicked();
  };
  notification.on('click', follow);
  notification.on('action', follow);
  notification.show();
}

const shown = new Set<Notification>();

/** A transaction under way is finished, not left to its journal. */
function untilIdle(state: State): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    stop = state.watch(({ operation }) => {
      // A question that is still open keeps nobody here: whoever answers it later hears of it at the next start.
      if (operation.kind === 'running' && operation.step !== 'authorizing') return;
      resolve();
      stop?.();
    });
    if (state.get().operation.kind === 'idle') stop();
  });
}
