// Lets a test that runs as root open the app as somebody who is not.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runtime } from './app.ts';

export type OrdinaryUser = {
  readonly uid: number;
  readonly home: string;
  /** Takes the place of the runtime. */
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
};

const uid = 61234;

/**
 * Root's own folders are closed to others: runtime and app are copied to where they are not. They belong to root there,
 * as after a real installation.
 */
export function ordinaryUser(): OrdinaryUser {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-user-'));
  chmodSync(folder, 0o755);
  const installed = join(folder, 'installed');
  const runtimeFolder = dirname(runtime().executable);
  mkdirSync(installed);
  // -L: a launch folder is links only; it holds the app itself beside the runtime.
  execFileSync('cp', ['-rL', ...filesOf(runtimeFolder), installed]);
  const app = join(installed, 'resources', 'app');
  for (const part of ['package.json', 'out', 'assets']) cpSync(part, join(app, part), { recursive: true });

  const home = join(folder, 'home');
  mkdirSync(home);
  const authority = process.env['XAUTHORITY'];
  const ownAuthority = join(home, '.Xauthority');
  if (authority && existsSync(authority)) copyFileSync(authority, ownAuthority);
  else writeFileSync(ownAuthority, '');
  mkdirSync(join(home, '.config'));
  for (const path of [home, ownAuthority, join(home, '.config')]) chownSync(path, uid, uid);

  const executable = join(folder, 'as-user');
  const become = `setpriv --reuid=${uid} --regid=${uid} --clear-groups --no-new-privs`;
  writeFileSync(executable, `#!/bin/sh\nexec ${become} '${join(installed, 'electron')}' "$@"\n`, { mode: 0o755 });
  return {
    uid,
    home,
    executable,
    // The session bus is root's and turns others away.
    environment: {
      XAUTHORITY: ownAuthority,
      USER: 'ordinary',
      LOGNAME: 'ordinary',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Everything of the runtime but what it would open. */
function filesOf(folder: string): readonly string[] {
  const names = execFileSync('ls', ['-A', folder], { encoding: 'utf8' }).split('\n').filter(Boolean);
  return names.filter((name) => name !== 'resources').map((name) => join(folder, name));
}
