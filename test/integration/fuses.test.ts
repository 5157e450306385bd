// The switches inside the packaged program, read back from it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fusesOf, makePackage } from '../packaged.ts';

let folder = '';
// On a machine that has no runtime yet, packaging fetches it first.
beforeAll(() => {
  folder = makePackage();
}, 600_000);

test('only what the command line runs on is open', () => {
  expect(fusesOf(join(folder, 'afloat'))).toEqual({
    runAsNode: 'on',
    enableCookieEncryption: 'off',
    enableNodeOptionsEnvironmentVariable: 'off',
    enableNodeCliInspectArguments: 'off',
    enableEmbeddedAsarIntegrityValidation: 'on',
    onlyLoadAppFromAsar: 'on',
    loadBrowserProcessSpecificV8Snapshot: 'off',
    grantFileProtocolExtraPrivileges: 'off',
  });
});

test('there is one archive with the app, and no sources beside it', () => {
  expect(existsSync(join(folder, 'resources', 'app'))).toBe(false);
  const archive = readFileSync(join(folder, 'resources', 'app.asar'), 'latin1').slice(0, 20_000);
  expect(archive).not.toContain('"node_modules"');
  expect(archive).not.toContain('"electron"');
  expect(archive).toContain('"preload.cjs"');
});

test('a release is refused on an unsupported runtime', () => {
  const version = readFileSync(join(folder, 'version'), 'utf8').trim();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: { electron: string } };
  if (version === manifest.devDependencies.electron) return;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', '--release'], {
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(stdout + stderr).toContain('nothing was built');
  expect(existsSync(join(folder, 'afloat'))).toBe(true);
});
