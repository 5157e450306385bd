// Makes the Docker daemons of tests and sandbox ready: unpacked into the cache, never installed, never started by this.

import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone, cacheFolder, makeFolderOnce } from './cache.mjs';
import { openPrivateApt } from './debian-packages.mjs';
import { hasApt } from './packages.mjs';
import { attempt } from './run.mjs';
import { say, StepError } from './say.mjs';

/**
 * @typedef {object} Engine
 * @property {string} version such as `26.1.5`
 * @property {string} dockerd
 * @property {string[]} path folders to put first in PATH, so that it finds its proxy, init, containerd and runc
 * @property {string[]} libraryPath folders for LD_LIBRARY_PATH; empty where the system has all libraries
 * @property {string} [service] folder with what its package runs it as a service by, as below `/`: units, init script,
 *   settings; for tests on a machine of their own
 */

/**
 * @typedef {object} Engines what engines.json holds
 * @property {Engine[]} engines oldest first
 * @property {string} containerd
 * @property {string} runc
 * @property {string} busybox static: the program of test images
 * @property {string} docker a command line client, for trying things by hand
 * @property {string} [service] folder with containerd's unit, as below `/`
 */

// One daemon per Debian release: 20.10, 26.1 and whatever is newest. containerd and runc are the oldest ones, which every
// one of these daemons can use and which run with the oldest C library.
const base = 'bookworm';
const suites = [base, 'trixie', 'sid'];

/** Where the description of the engines lies. */
export function enginesFile() {
  return process.env['AFLOAT_ENGINES'] || join(cacheFolder(), 'engines', 'engines.json');
}

/** @returns {Engines | undefined} */
function readEngines() {
  const file = enginesFile();
  if (!existsSync(file)) return undefined;
  /** @type {Engines} */
  const found = JSON.parse(readFileSync(file, 'utf8'));
  const needed = [found.containerd, found.runc, found.busybox, ...found.engines.map((engine) => engine.dockerd)];
  // Who brings engines of their own may leave these out: only the tests on a machine of their own want them.
  if (!process.env['AFLOAT_ENGINES']) {
    needed.push(found.service ?? '', ...found.engines.map((engine) => engine.service ?? ''));
  }
  return needed.every((path) => existsSync(path)) ? found : undefined;
}

/** @returns {Promise<Engines>} the engines, made ready when they are missing */
export async function ensureEngines() {
  const ready = readEngines();
  if (ready) return ready;
  if (process.env['AFLOAT_ENGINES']) {
    throw new StepError(`AFLOAT_ENGINES names ${enginesFile()}, which is missing or names files that are`, {
      todo: 'correct it, or unset it to have the engines unpacked into the cache',
    });
  }
  if (!hasApt()) {
    throw new StepError(
      'the Docker daemons of tests and sandbox are unpacked from Debian packages, and this machine has no apt',
      {
        todo: 'set AFLOAT_ENGINES to the path of an engines.json of your own (its shape: scripts/lib/engines.mjs)',
      },
    );
  }
  return alone('engines', async () => readEngines() ?? (await unpackEngines()));
}

/** @returns {Promise<Engines>} */
async function unpackEngines() {
  const home = join(cacheFolder(), 'engines');
  await mkdir(home, { recursive: true });
  const work = await mkdtemp(join(home, '.work.'));
  try {
    say('set-up', `engines: asking Debian for its Docker daemons (${suites.join(', ')})`);
    const apt = await openPrivateApt(work, suites);
    const tools = join(home, 'tools');
    const versions = [...new Set((await apt.versions('docker.io')).values())];
    say('set-up', `engines: unpacking ${versions.map(shortVersion).join(', ')}, containerd and runc`);
    // All at once: unpacking is work for one core each.
    const unpacked = await Promise.all([
      unpackTools(apt, tools, work),
      ...versions.map((packaged) => unpackDaemon(apt, packaged, join(home, shortVersion(packaged)), work)),
    ]).then(() => versions.map((packaged) => describe(home, shortVersion(packaged), tools)));

    /** @type {Engine[]} */
    const engines = [];
    for (const engine of unpacked) {
      const answer = await attempt(engine.dockerd, ['--version'], { timeoutMs: 10_000 });
      // A daemon that was built for a newer system is no reason to test none.
      if (answer.code === 0) engines.push(engine);
      else
        say(
          'set-up',
          `engines: dockerd ${engine.version} does not run on this system (${answer.stderr.trim().split('\n').at(-1)}); left out`,
        );
    }
    engines.sort((one, other) => one.version.localeCompare(other.version, 'en', { numeric: true }));
    if (engines.length === 0)
      throw new StepError('no Docker daemon that runs on this system could be had; the cache holds none');
    /** @type {Engines} */
    const found = {
      engines,
      containerd: join(tools, 'containerd'),
      runc: join(tools, 'runc'),
      busybox: join(tools, 'busybox'),
      docker: join(tools, 'docker'),
      service: join(tools, 'service'),
    };
    await writeFile(join(home, 'engines.json'), `${JSON.stringify(found, undefined, 2)}\n`);
    say('set-up', `engines: ready (dockerd ${engines.map((engine) => engine.version).join(', ')})`);
    return found;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @typedef {Awaited<ReturnType<typeof openPrivateApt>>} Apt */

/** @param {Apt} apt @param {string} tools @param {string} work */
async function unpackTools(apt, tools, work) {
  const root = join(work, 'tools');
  /** @param {string[]} names */
  const unpack = async (...names) => {
    for (const name of names) {
      const version = (await apt.versions(name)).get(base);
      if (version === undefined) throw new StepError(`Debian ${base} has no package ${name}`);
      await apt.unpack(name, version, root);
    }
  };
  await makeFolderOnce(tools, async (folder) => {
    await unpack('containerd', 'runc', 'busybox-static', 'tini', 'docker.io');
    for (const name of ['containerd', 'containerd-shim-runc-v2', 'ctr', 'docker']) {
      await cp(join(root, 'usr/bin', name), join(folder, name));
    }
    // What Debian's docker-init is a link to; the static one runs anywhere, also inside containers.
    await cp(join(root, 'usr/bin/tini-static'), join(folder, 'docker-init'));
    await cp(join(root, 'usr/sbin/runc'), join(folder, 'runc'));
    await cp(
      join(root, existsSync(join(root, 'bin/busybox')) ? 'bin/busybox' : 'usr/bin/busybox'),
      join(folder, 'busybox'),
    );
  });
  await makeFolderOnce(join(tools, 'service'), async (folder) => {
    if (!existsSync(root)) await unpack('containerd');
    await copyService(root, folder, ['lib/systemd/system/containerd.service']);
  });
  await rm(root, { recursive: true, force: true });
}

/** @param {Apt} apt @param {string} version @param {string} engine @param {string} work */
async function unpackDaemon(apt, version, engine, work) {
  const root = join(work, `daemon-${shortVersion(version)}`);
  await makeFolderOnce(engine, async (folder) => {
    await apt.unpack('docker.io', version, root);
    for (const name of ['dockerd', 'docker-proxy']) await cp(join(root, 'usr/sbin', name), join(folder, name));
  });
  // A folder of its own, because caches from before it was wanted have the daemon without it.
  await makeFolderOnce(join(engine, 'service'), async (folder) => {
    if (!existsSync(root)) await apt.unpack('docker.io', version, root);
    const units = ['docker.service', 'docker.socket'].map((unit) => `lib/systemd/system/${unit}`);
    await copyService(root, folder, [...units, 'etc/init.d/docker', 'etc/default/docker']);
  });
  await rm(root, { recursive: true, force: true });
}

/** Newer releases have all of `lib` in `usr`. @param {string} root @param {string} folder @param {string[]} paths */
async function copyService(root, folder, paths) {
  for (const path of paths) {
    const place = [path, `usr/${path}`].map((tried) => join(root, tried)).find((tried) => existsSync(tried));
    if (place) await cp(place, join(folder, path));
  }
}

/** `26.1.5+dfsg1-1` is dockerd 26.1.5. @param {string} packaged */
function shortVersion(packaged) {
  return /^\d+(\.\d+)*/.exec(packaged.replace(/^\d+:/, ''))?.[0] ?? packaged;
}

/** @param {string} home @param {string} version @param {string} tools @returns {Engine} */
function describe(home, version, tools) {
  const folder = join(home, version);
  return {
    version,
    dockerd: join(folder, 'dockerd'),
    path: [folder, tools],
    libraryPath: [],
    service: join(folder, 'service'),
  };
}
