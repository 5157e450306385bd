// The one window: opened early, kept in its place, gone with its process when it is closed.
import { BrowserWindow, screen, type WebContents } from 'electron';
import { places, type Navigation, type PlaceName } from '../contract/ipc.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { sendNavigation, sendSnapshot } from './ipc.ts';
import { PAGE } from './protocol.ts';
import { fittingPlace, minimumSize, type WindowPlace } from './window-place.ts';

export type WindowPorts = {
  readonly preload: string;
  readonly icon: string;
  readonly keptPlace: () => WindowPlace | null;
  /** What it shows first; null: the page's own first place. */
  readonly firstPage: () => PlaceName | null;
  /** Whether the page will be dark, so that nothing flashes before it is there. */
  readonly dark: () => boolean;
  /** Told with the place to keep, before the window is gone. */
  readonly closing: (place: WindowPlace, page: PlaceName | null) => void;
  readonly closed: () => void;
  readonly crashed: (why: string) => void;
  /** Told when a page has drawn itself and its window is shown. */
  readonly drawn: () => void;
};

export type AppWindow = {
  /** Opens it, or brings it to the front; then shows a place where one is named. */
  show(to: Navigation | null): void;
  /** The page watches: what it was to show meanwhile is sent now. */
  pageReady(): void;
  /** Sends a snapshot, if there is a page that watches. */
  tell(snapshot: Snapshot): void;
  contents(): WebContents | null;
  /** Whether the user looks at it. */
  isWatched(): boolean;
  setTitle(title: string): void;
  setDark(dark: boolean): void;
  /** Resolves when it is gone; the page is not asked. Quitting while a window is still closing would end nowhere. */
  close(): Promise<void>;
};

const background = { light: '#f5f5f7', dark: '#1c1d20' } as const;

export function createWindow(ports: WindowPorts): AppWindow {
  let window: BrowserWindow | null = null;
  let ready = false;
  let pending: Navigation | null = null;
  let title = 'Afloat';

  function open(): BrowserWindow {
    const kept = ports.keptPlace();
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const opened = new BrowserWindow({
      ...fittingPlace(kept, areas),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title,
      icon: ports.icon,
      backgroundColor: ports.dark() ? background.dark : background.light,
      // Without it the first frame is an empty window; with it the page is there when the window is.
      show: false,
      autoHideMenuBar: true,
      webPreferences: {
        preload: ports.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        disableDialogs: true,
        enableWebSQL: false,
      },
    });
    if (kept?.maximized === true) opened.maximize();
    opened.once('ready-to-show', () => {
      opened.show();
      ports.drawn();
    });
    opened.on('page-title-updated', (event) => event.preventDefault());
    opened.on('close', () => ports.closing(placeOf(opened), pageOf(opened)));
    opened.on('closed', () => {
      window = null;
      ready = false;
      ports.closed();
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      ports.crashed(reason);
      // The truth is here and not in the page: a new one has all of it.
      if (!opened.isDestroyed()) opened.destroy();
    });
    opened.webContents.on('before-input-event', (event, input) => {
      if (input.type === 'keyDown' && onKey(opened, input)) event.preventDefault();
    });
    const page = ports.firstPage();
    void opened.loadURL(page === null ? PAGE : `${PAGE}#${page}`);
    return opened;
  }

  function navigate(): void {
    if (pending !== null && window !== null) sendNavigation(window.webContents, pending);
    pending = null;
  }

  return {
    show(to) {
      pending = to ?? pending;
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (ready) navigate();
    },
    pageReady() {
      ready = true;
      navigate();
    },
    tell(snapshot) {
      if (ready && window !== null) sendSnapshot(window.webContents, snapshot);
    },
    contents: () => window?.webContents ?? null,
    isWatched: () => window !== null && window.isVisible() && window.isFocused(),
    setTitle(next) {
      if (next !== title) window?.setTitle(next);
      title = next;
    },
    setDark: (dark) => window?.setBackgroundColor(dark ? background.dark : background.light),
    close() {
      const closing = window;
      if (closing === null) return Promise.resolve();
      ports.closing(placeOf(closing), pageOf(closing));
      return new Promise((gone) => {
        // The event comes out of the window's own destructor: whoever quits from there ends by a segmentation fault now and
        // then (7 of 120 on 33.2.1, and none of 70 behind it).
        closing.once('closed', () => setImmediate(gone));
        closing.destroy();
      });
    },
  };
}

const placeOf = (window: BrowserWindow): WindowPlace => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});

/** The page keeps its place in its address. */
function pageOf(window: BrowserWindow): PlaceName | null {
  const address = window.webContents.getURL();
  return places.find((place) => address === `${PAGE}#${place}`) ?? null;
}

type Key = { readonly key: string; readonly control: boolean; readonly meta: boolean; readonly alt: boolean };

/** What a menu bar would do; there is none. Returns whether the key was meant for us. */
function onKey(window: BrowserWindow, { key, control, meta, alt }: Key): boolean {
  if (!(control || meta) || alt) return false;
  const { webContents } = window;
  if (key === 'w') window.close();
  else if (key === '+' || key === '=') webContents.zoomLevel = Math.min(webContents.zoomLevel + 0.5, 4);
  else if (key === '-') webContents.zoomLevel = Math.max(webContents.zoomLevel - 0.5, -2);
  else if (key === '0') webContents.zoomLevel = 0;
  else return false;
  return true;
}
