// A download that failed is not tried at every start, but as soon as there is another way to it.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberedFailure, rememberFailure } from '../../../scripts/lib/failed-download.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-failed-'));
  file = join(folder, 'runtime', 'electron.unreachable');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is remembered for a day', () => {
  expect(rememberedFailure(file, {})).toBeNull();
  rememberFailure(file, 'fetch failed', { HOME: '/root' });
  expect(rememberedFailure(file, { HOME: '/other' })).toBe('fetch failed');
  const yesterday = new Date(Date.now() - 24 * 3600_000);
  utimesSync(file, yesterday, yesterday);
  expect(rememberedFailure(file, {})).toBeNull();
});

test.each([
  'ELECTRON_MIRROR',
  'npm_config_electron_mirror',
  'ELECTRON_CUSTOM_DIR',
  'HTTPS_PROXY',
  'https_proxy',
  'ELECTRON_GET_USE_PROXY',
])('is tried at once when %s was set since', (name) => {
  rememberFailure(file, 'fetch failed', {});
  expect(rememberedFailure(file, { [name]: 'https://example.org/' })).toBeNull();
});

test('a memory that is none is no reason not to try', () => {
  rememberFailure(file, 'fetch failed', {});
  writeFileSync(file, 'TypeError: fetch failed\n');
  expect(rememberedFailure(file, {})).toBeNull();
});
