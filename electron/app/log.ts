// Our own log: one small file that rotates, without passwords and without the user's home folder.
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Log = {
  readonly path: string;
  /** What was written last; empty where nothing can be read. */
  tail(): string;
  info(text: string): void;
  warn(text: string): void;
  /** Writes down a bug with everything that is known of it. Returns the reference that the user is shown. */
  report(bug: unknown): string;
};

const maxBytes = 1024 * 1024;

/** A log in this folder, which is made with the first line. What cannot be written is let go: the app goes on. */
export function createLog(folder: string, home: string, now: () => Date = () => new Date()): Log {
  const path = join(folder, 'afloat.log');

  function write(level: string, text: string): void {
    const line = `${now().toISOString()} ${level} ${redacted(text, home)}\n`;
    try {
      mkdirSync(folder, { recursive: true });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(path, `${path}.1`);
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // A full or read-only disk must not end the app that could help with it.
    }
  }

  return {
    path,
    tail() {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        // No line was written yet, or none could be.
        return '';
      }
    },
    info: (text) => write('info', text),
    warn: (text) => write('warn', text),
    report(bug) {
      const reference = randomBytes(3).toString('hex').toUpperCase();
      write('bug', `${reference} ${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}`);
      return reference;
    },
  };
}

/** The text without credentials in addresses, and with `~` for the home folder. Lines become one. */
export function redacted(text: string, home: string): string {
  const named = home.length > 1 ? text.replaceAll(home, '~') : text;
  return named.replace(/:\/\/[^/\s@"']*@/g, '://***@').replace(/\r?\n\s*/g, ' | ');
}
