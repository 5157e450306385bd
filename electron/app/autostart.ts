// Opens the app at login, without its window: by an entry of ours where desktops read those, else by Electron.
import type { App } from 'electron';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Autostart = {
  /** What the system will really do, read back. */
  isOn(): boolean;
  set(on: boolean): void;
};

/** The argument that tells a start at login from one by hand. */
const hiddenStart = '--hidden';

/** macOS and Windows keep a list of their own. */
export const createLoginItem = (app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>): Autostart => ({
  isOn: () => app.getLoginItemSettings({ args: [hiddenStart] }).openAtLogin,
  set: (on) => app.setLoginItemSettings({ openAtLogin: on, args: [hiddenStart] }),
});

export type DesktopEntry = {
  readonly command: readonly string[];
  readonly name: string;
  /** In English. */
  readonly comment: string;
  /** The same in other languages, by their codes: the desktop chooses. */
  readonly comments: Readonly<Record<string, string>>;
};

/**
 * Desktops of freedesktop.org start what lies in `autostart` of the user's configuration folder. Electron writes nothing
 * there: `setLoginItemSettings` does nothing on Linux.
 */
export function createXdgAutostart(configFolder: string, id: string, entry: DesktopEntry): Autostart {
  const folder = join(configFolder, 'autostart');
  const path = join(folder, `${id}.desktop`);
  return {
    isOn() {
      try {
        return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(readFileSync(path, 'utf8'));
      } catch {
        // No entry, or none that may be read: the desktop starts nothing either.
        return false;
      }
    },
    set(on) {
      if (!on) return rmSync(path, { force: true });
      mkdirSync(folder, { recursive: true });
      // Whole or not at all: a desktop may read the folder at any time.
      writeFileSync(`${path}.new`, desktopEntry(entry));
      renameSync(`${path}.new`, path);
    },
  };
}

/** The entry's text, by the Desktop Entry Specification. Without the program (it was uninstalled) it starts nothing. */
export const desktopEntry = ({ command, name, comment, comments }: DesktopEntry): string => `[Desktop Entry]
Type=Application
Version=1.1
Name=${name}
${[`Comment=${comment}`, ...Object.entries(comments).map(([code, text]) => `Comment[${code}]=${text}`)].join('\n')}
TryExec=${(command[0] ?? '').replaceAll('\\', '\\\\')}
Exec=${[...command, hiddenStart].map(quoted).join(' ')}
Icon=app.afloat.Afloat
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
`;

/** One argument of `Exec`: quoted where it must be, `%` doubled, and backslashes escaped once more as in every value. */
function quoted(argument: string): string {
  const plain = argument.replaceAll('%', '%%');
  if (!/[\s"'\\><~|&;$*?#()`]/.test(plain)) return plain;
  return `"${plain.replace(/(["`$\\])/g, '\\$1')}"`.replaceAll('\\', '\\\\');
}
