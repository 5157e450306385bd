// When a package's parts count as made on the same day: dates inside, and a fingerprint of everything they are made of.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkout } from '../checkout.mjs';
import { attempt } from '../run.mjs';

/** @param {string} path @returns {string[]} */
const filesIn = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted();

/**
 * @param {readonly string[]} places files and folders of the checkout
 * @param {readonly string[]} words what else counts
 */
export function fingerprint(places, words) {
  const hash = createHash('sha256').update(words.join('\0'));
  for (const place of places.map((name) => join(checkout, name)).filter((path) => existsSync(path))) {
    for (const path of filesIn(place)) {
      hash.update(`\0${relative(checkout, path)}\0${statSync(path).mode}\0`).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

/**
 * The time that stands on every file, in seconds since 1970: the same sources make the same package.
 * @returns {Promise<number>} SOURCE_DATE_EPOCH, else when the last commit was made, else when this checkout was unpacked
 */
export async function sourceDate() {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given && /^\d+$/.test(given)) return Number(given);
  const { code, stdout } = await attempt('git', ['-C', checkout, 'log', '-1', '--format=%ct']);
  if (code === 0 && /^\d+$/.test(stdout.trim())) return Number(stdout);
  return Math.floor(statSync(join(checkout, 'package.json')).mtimeMs / 1000);
}
