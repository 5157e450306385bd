// Packages of this checkout for tests, made once for all of them, and the switches inside the executable, read back.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();

const output = join(root, 'out', 'package');

function make(only: 'dir' | 'deb'): void {
  execFileSync(process.execPath, [join(root, 'scripts', 'package.mjs'), '--only', only], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The folder of the packaged app; takes some seconds where it has to be made. */
export function makePackage(): string {
  make('dir');
  return join(output, 'linux-unpacked');
}

/** The Debian package. */
export function makeDeb(): string {
  make('deb');
  const name = readdirSync(output).find((entry) => entry.endsWith('.deb'));
  if (name === undefined) throw new Error('no Debian package was made');
  return join(output, name);
}

/** In the order in which Electron keeps them. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type Fuses = Readonly<Record<(typeof fuseNames)[number], 'on' | 'off' | 'removed'>>;

/** The switches as they stand in the program: behind a fixed text one byte for the version, one for how many. */
export function fusesOf(executable: string): Fuses {
  const bytes = readFileSync(executable);
  const marker = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const at = bytes.indexOf(marker, 0, 'latin1');
  if (at < 0) throw new Error(`${executable} has no fuses`);
  const wire = at + marker.length;
  const [version, length] = [bytes[wire], bytes[wire + 1]];
  if (version !== 1 || length === undefined || length < fuseNames.length) throw new Error(`fuses ${version}.${length}`);
  const states = { 48: 'off', 49: 'on', 114: 'removed' } as const;
  const entries = fuseNames.map((name, index) => {
    const state = states[bytes[wire + 2 + index] as keyof typeof states];
    if (state === undefined) throw new Error(`fuse ${name} is unreadable`);
    return [name, state];
  });
  return Object.fromEntries(entries) as Fuses;
}
