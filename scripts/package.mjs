// Makes packages of the built app: to try, or with --release what is shipped, on the supported runtime only.
// `--only dir,tar.gz,deb` makes some of them. What is made already of the very same sources is not made again.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appPrograms, ensureBuilt } from './lib/build.mjs';
import { alone } from './lib/cache.mjs';
import { checkout, manifest } from './lib/checkout.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { makeArchive } from './lib/package/archive.mjs';
import { makeDeb } from './lib/package/deb.mjs';
import { fingerprint, sourceDate } from './lib/package/made-of.mjs';
import { attempt, run } from './lib/run.mjs';
import { ensureRuntime, runtimeName } from './lib/runtime.mjs';
import { runMain, say, StepError } from './lib/say.mjs';

/** @typedef {'dir' | 'tar.gz' | 'deb'} Kind */

const output = join(checkout, 'out', 'package');
const memory = join(output, '.made.json');
const kinds = /** @type {const} */ (['dir', 'tar.gz', 'deb']);
const builder = join(checkout, 'node_modules', 'electron-builder', 'cli.js');

/** @returns {{ release: boolean, only: readonly Kind[] }} */
function asked() {
  const words = process.argv.slice(2);
  const only = words.flatMap((word, index) => (words[index - 1] === '--only' ? word.split(',') : []));
  const wrong =
    words.find((word, index) => !['--release', '--only'].includes(word) && words[index - 1] !== '--only') ??
    only.find((kind) => !kinds.includes(/** @type {Kind} */ (kind)));
  if (wrong !== undefined)
    throw new StepError(`npm run package does not know '${wrong}'; nothing was built`, {
      todo: `leave it out, or say --release or --only ${kinds.join(',')}`,
    });
  return { release: words.includes('--release'), only: only.length > 0 ? /** @type {Kind[]} */ (only) : kinds };
}

/** @typedef {{ runtime: import('./lib/runtime.mjs').Runtime, release: boolean, date: number }} Circumstances */

/** The app as a folder, by electron-builder. @param {Circumstances} circumstances */
async function makeFolder({ runtime, date }) {
  // A number that npm's rules allow, named so that nobody takes it for a release.
  const version = runtime.supported ? manifest.version : `${manifest.version}-dev`;
  await run(
    process.execPath,
    [
      builder,
      '--dir',
      '--publish=never',
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.extraMetadata.version=${version}`,
    ],
    {
      cwd: checkout,
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date) },
      failed: 'the package could not be made',
      timeoutMs: 600_000,
    },
  );
}

/** What electron-builder makes with tools of its own, which it downloads. @param {Circumstances} circumstances */
async function makeOthers({ runtime }) {
  const { code, stderr } = await attempt(
    process.execPath,
    [
      builder,
      ...(process.platform === 'linux' ? ['--linux', 'AppImage', 'rpm', '--prepackaged', appFolder()] : []),
      '--publish=never',
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
    ],
    { cwd: checkout, timeoutMs: 600_000 },
  );
  if (code !== 0) say('package', `AppImage, rpm: not made (${stderr.trim().split('\n').at(-1) ?? `code ${code}`})`);
}

function appFolder() {
  const name = readdirSync(output).find((entry) => /(^|-)(unpacked|mac|mac-arm64)$/.test(entry));
  if (name === undefined) throw new StepError('electron-builder left no folder');
  return join(output, name);
}

/** @param {Kind} kind @param {Circumstances} circumstances */
async function make(kind, circumstances) {
  if (kind === 'dir') {
    await rm(output, { recursive: true, force: true });
    return makeFolder(circumstances);
  }
  const version = `${manifest.version}${circumstances.runtime.supported ? '' : '~dev'}`;
  const wanted = { app: appFolder(), output, version, date: circumstances.date, small: circumstances.release };
  await (kind === 'deb' ? makeDeb(wanted) : makeArchive(wanted));
}

/** Whether this kind can be made on this system. @param {Kind} kind */
async function possible(kind) {
  if (kind === 'dir') return true;
  if (process.platform !== 'linux') return false;
  if (kind === 'tar.gz' || (await attempt('dpkg-deb', ['--version'])).code === 0) return true;
  say('package', 'deb: not made, because there is no dpkg-deb here');
  return false;
}

await runMain(async () => {
  const { release, only } = asked();
  await ensureDependencies();
  const runtime = await ensureRuntime();
  if (release && !runtime.supported) {
    throw new StepError(
      `a release is made with Electron's supported version only, and here is ${runtimeName(runtime)}; nothing was built`,
      { todo: 'run this where Electron can be downloaded' },
    );
  }
  await alone('package', async () => {
    await ensureBuilt([...appPrograms, 'manual']);
    const date = await sourceDate();
    const places = ['out/main', 'out/preload', 'out/cli', 'out/renderer', 'out/manual', 'out/privileged', 'assets'];
    const texts = ['electron-builder.yml', 'package.json', 'CHANGELOG.md', 'LICENSE', 'scripts/package.mjs'];
    const key = fingerprint(
      [...places, ...texts, 'scripts/lib/package'],
      [runtime.folder, String(release), String(date)],
    );
    /** @type {Partial<Record<Kind, string>>} */
    let made = existsSync(memory) ? JSON.parse(readFileSync(memory, 'utf8')) : {};
    say('package', `${runtime.supported ? '' : 'unsupported '}${manifest.version} on ${runtimeName(runtime)}`);
    for (const kind of kinds.filter((one) => one === 'dir' || only.includes(one))) {
      if (made[kind] === key || !(await possible(kind))) continue;
      const started = Date.now();
      await make(kind, { runtime, release, date });
      made = kind === 'dir' ? { dir: key } : { ...made, [kind]: key };
      await mkdir(output, { recursive: true });
      await writeFile(memory, JSON.stringify(made));
      say('package', `${kind}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
    if (release) await makeOthers({ runtime, release, date });
    for (const name of readdirSync(output)) {
      if (!/^(builder-|\.)/.test(name)) say('package', `ready: ${join('out', 'package', name)}`);
    }
  });
});
