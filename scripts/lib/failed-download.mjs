// Remembers that Electron could not be downloaded, so that not every start waits for it again.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A download that failed is tried again after a day, not at every start. */
const rememberMs = 24 * 3600_000;

/** Variables that lead the download elsewhere: those of @electron/get, and of proxies. */
const leads = /^(npm_config_)?electron_(mirror|custom_\w+|get_use_proxy)$|^(https?|all)_proxy$/i;

/** @param {Readonly<Record<string, string | undefined>>} env */
function wayIn(env) {
  const set = Object.entries(env)
    .filter(([name]) => leads.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  // Proxies are often written with a password.
  return createHash('sha256').update(JSON.stringify(set)).digest('hex');
}

/**
 * Notes a failure, and by which way it came.
 * @param {string} file
 * @param {string} failure
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function rememberFailure(file, failure, env) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ failure, way: wayIn(env) })}\n`);
}

/**
 * Why it failed within the last day; null where it is to be tried (again), because that is long ago, or because a mirror
 * or proxy was set since.
 * @param {string} file
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
export function rememberedFailure(file, env) {
  try {
    if (Date.now() - statSync(file).mtimeMs >= rememberMs) return null;
    const { failure, way } = JSON.parse(readFileSync(file, 'utf8'));
    return way === wayIn(env) && typeof failure === 'string' ? failure : null;
  } catch {
    // None, or one that cannot be read: to ask again costs some seconds.
    return null;
  }
}
