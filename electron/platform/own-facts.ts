// What diagnostics tell of this program and this computer beside the daemon: versions, our own files, whose they are.
import { readFileSync } from 'node:fs';
import { homedir, hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import type { DiagnosticsFacts } from '../engine/diagnostics.ts';

export type OwnFacts = Pick<DiagnosticsFacts, 'versions' | 'paths' | 'home' | 'user' | 'hostName'> & {
  /** The desktop program's log; empty where there is none that may be read. */
  readonly log: string;
};

/** Of the command line of this version. */
export function ownFactsHere(version: string): OwnFacts {
  const home = homedir();
  const paths = desktopFiles(process.platform, process.env, home);
  const { node, electron } = process.versions;
  return {
    versions: {
      afloat: version,
      ...(electron === undefined ? {} : { electron }),
      node,
      platform: `${process.platform} ${process.arch} ${release()}`,
    },
    paths,
    home,
    user: userInfo().username,
    hostName: hostname(),
    log: textOf(paths.log),
  };
}

/** Where Electron keeps the files of an app of this name. */
export function desktopFiles(
  system: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): { readonly log: string; readonly preferences: string } {
  const folder = {
    darwin: join(home, 'Library', 'Application Support'),
    win32: env['APPDATA'] || join(home, 'AppData', 'Roaming'),
  }[system as 'darwin' | 'win32'] as string | undefined;
  const own = join(folder ?? (env['XDG_CONFIG_HOME'] || join(home, '.config')), 'Afloat');
  const logs = system === 'darwin' ? join(home, 'Library', 'Logs', 'Afloat') : join(own, 'logs');
  return { log: join(logs, 'afloat.log'), preferences: join(own, 'preferences.json') };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The window was never opened by this user.
    return '';
  }
}
