// Makes the npm packages of the lockfile ready: the right Node, then `npm ci` when node_modules is missing or older.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout.mjs';
import { attempt } from './run.mjs';
import { say, StepError } from './say.mjs';

const oldestNode = [20, 19];

/** Ends with a clear error when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new StepError(`Node ${process.versions.node} is too old; nothing was changed`, {
    todo: `install Node ${oldestNode.join('.')} or newer and run this again`,
  });
}

/**
 * Whether node_modules holds what the lockfile asks for. npm leaves its own copy of the lockfile in there; packages for
 * other systems are in the lockfile only, so every package of the copy is compared, and of the rest only the wanted ones.
 * @returns {boolean}
 */
export function dependenciesReady() {
  const copy = join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(copy)) return false;
  const lock = join(checkout, 'package-lock.json');
  if (statSync(copy).mtimeMs >= statSync(lock).mtimeMs) return true;
  /** @type {Record<string, { version?: string, optional?: boolean }>} */
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  /** @type {Record<string, { version?: string }>} */
  const present = JSON.parse(readFileSync(copy, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || (entry.optional && !present[path])) continue;
    if (present[path]?.version !== entry.version) return false;
  }
  return Object.keys(present).every((path) => wanted[path]);
}

/** Installs the packages of the lockfile, unless they are there. */
export async function ensureDependencies() {
  checkNode();
  if (dependenciesReady()) return;
  say('set-up', 'npm packages: installing what package-lock.json names (npm ci)');
  const started = Date.now();
  const result = await attempt('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: checkout });
  if (result.code !== 0) {
    throw new StepError(
      `npm ci failed with code ${result.code}; node_modules may be incomplete\n  ${result.stderr.trim().split('\n').slice(-12).join('\n  ')}`,
      { todo: 'check that the npm registry can be reached (`npm ping`), then run this again' },
    );
  }
  say('set-up', `npm packages: ready after ${Math.round((Date.now() - started) / 1000)} s`);
}
