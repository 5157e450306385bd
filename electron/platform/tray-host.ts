// Whether this desktop shows tray icons, and when it begins to.
import { spawn } from 'node:child_process';
import { run } from './run.ts';

export type TrayHost = {
  /** Whether an icon would be shown now. */
  present(): Promise<boolean>;
  /** Calls back once, if something that shows icons appears within two minutes: a panel that is slower at login. */
  whenPresent(appeared: () => void): () => void;
};

/** What desktops and panels own on the session bus when they show icons (StatusNotifierItem). */
const watcher = 'org.kde.StatusNotifierWatcher';

/**
 * macOS and Windows always have a place for icons. Elsewhere the session bus is asked by `gdbus` (every
 * desktop has it), else by `busctl`. Panels that know only the older XEmbed icons are not seen by this.
 */
export function createTrayHost(): TrayHost {
  if (process.platform !== 'linux') {
    return { present: () => Promise.resolve(true), whenPresent: () => () => undefined };
  }
  return {
    async present() {
      const bus = ['--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'];
      const question = ['call', ...bus, '--method', 'org.freedesktop.DBus.NameHasOwner', watcher];
      const answer = await run('gdbus', question, { timeoutMs: 3000 });
      if (answer.code !== 127) return answer.stdout.includes('true');
      return (await run('busctl', ['--user', 'status', watcher], { timeoutMs: 3000 })).code === 0;
    },
    whenPresent(appeared) {
      const waiting = spawn('gdbus', ['wait', '--session', '--timeout', '120', watcher], { stdio: 'ignore' });
      // Without gdbus nobody tells: the icon then needs a new start of the app.
      waiting.on('error', () => undefined);
      waiting.on('exit', (code) => {
        if (code === 0) appeared();
      });
      return () => void waiting.kill();
    },
  };
}
