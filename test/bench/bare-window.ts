// The window that everything is compared with: the same runtime, sandboxed, and one heading.
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How a program of the runtime is opened. */
export type Launch = { readonly executable: string; readonly args: readonly string[] };

const main = `
const { app, BrowserWindow, Menu } = require('electron');
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.disableHardwareAcceleration();
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => undefined);
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 980, height: 700, webPreferences: { sandbox: true, contextIsolation: true } });
  window.loadFile('index.html');
});
`;

const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><h1>Bare</h1></html>';

/** How the app of this checkout is opened, as set-up says. */
export function appLaunch(): Launch {
  const executable = process.env['AFLOAT_ELECTRON'];
  if (!executable) throw new Error('AFLOAT_ELECTRON is not set: run this by `npm run bench`');
  return { executable, args: JSON.parse(process.env['AFLOAT_ELECTRON_ARGS'] ?? '[]') as readonly string[] };
}

/** Makes the bare program in a folder of its own, to be opened exactly as the app is. */
export function makeBareWindow(folder: string): Launch {
  const own = join(folder, 'bare');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.cjs"}');
  writeFileSync(join(own, 'main.cjs'), main);
  writeFileSync(join(own, 'index.html'), page);
  return openedOn(own, folder);
}

/** How the runtime is opened on another program than the app; what that takes is made in `folder`. */
export function openedOn(own: string, folder: string): Launch {
  const { executable, args } = appLaunch();
  const switches = args.filter((arg) => arg.startsWith('-'));
  if (switches.length < args.length) return { executable, args: [...switches, own] };
  return { executable: besideResources(executable, join(folder, 'runtime'), own), args: switches };
}

/** A runtime that takes no path opens `resources/app` beside its executable, which must be no symbolic link. */
function besideResources(executable: string, folder: string, app: string): string {
  const from = dirname(executable);
  const copy = join(folder, basename(executable));
  if (existsSync(copy)) return copy;
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== 'resources' && name !== basename(executable)) symlinkSync(join(from, name), join(folder, name));
  }
  try {
    linkSync(executable, copy);
  } catch {
    // Another file system: it takes a moment longer.
    copyFileSync(executable, copy);
  }
  symlinkSync(app, join(folder, 'resources', 'app'));
  return copy;
}
