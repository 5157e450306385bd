// Builds the programs of this checkout, each only when something that it was made of has changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { alone } from './cache.mjs';
import { checkout } from './checkout.mjs';
import { say, StepError } from './say.mjs';

/**
 * @typedef {'main' | 'preload' | 'cli' | 'privileged' | 'manual' | 'renderer' | 'tour' | 'pictures' | 'screens' | 'bench' | 'truth'} Program
 * @typedef {{ at: number, size: number, hash: string }} Stamp
 */

/** @type {Record<Program, { entry: string, config: string, result: string, also?: string[] }>} */
const programs = {
  main: { entry: 'electron/main.ts', config: 'electron/vite.config.ts', result: 'out/main/main.cjs' },
  preload: { entry: 'electron/preload.ts', config: 'electron/vite.config.ts', result: 'out/preload/preload.cjs' },
  cli: { entry: 'electron/cli.ts', config: 'electron/vite.config.ts', result: 'out/cli/afloat.cjs' },
  privileged: {
    entry: 'electron/privileged.ts',
    config: 'electron/vite.config.ts',
    result: 'out/privileged/privileged.cjs',
  },
  manual: { entry: 'electron/manual.ts', config: 'electron/vite.config.ts', result: 'out/manual/manual.cjs' },
  renderer: {
    entry: 'renderer/index.html',
    config: 'renderer/vite.config.ts',
    result: 'out/renderer/index.html',
    also: ['renderer'],
  },
  tour: { entry: 'test/tour/tour.ts', config: 'electron/vite.config.ts', result: 'out/tour/tour.mjs' },
  pictures: {
    entry: 'test/pictures/pictures.ts',
    config: 'electron/vite.config.ts',
    result: 'out/pictures/pictures.mjs',
  },
  screens: { entry: 'test/look/screens.ts', config: 'electron/vite.config.ts', result: 'out/screens/screens.mjs' },
  bench: { entry: 'test/bench/bench.ts', config: 'electron/vite.config.ts', result: 'out/bench/bench.mjs' },
  truth: { entry: 'test/truth/truth.ts', config: 'electron/vite.config.ts', result: 'out/truth/truth.mjs' },
};

/** What the app consists of. @type {readonly Program[]} */
export const appPrograms = ['main', 'preload', 'renderer', 'cli', 'privileged'];

const memory = join(checkout, 'out', '.inputs');

/**
 * Whether a program can be built: its entry file is there.
 * @param {Program} program
 */
export function hasSource(program) {
  return existsSync(join(checkout, programs[program].entry));
}

/**
 * Where the built program lies.
 * @param {Program} program
 */
export function builtFile(program) {
  return join(checkout, programs[program].result);
}

/** @param {string} path @returns {Stamp | undefined} */
function stamp(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? { at: found.mtimeMs, size: found.size, hash: hashOf(path) } : undefined;
}

/** @param {string} path */
function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('base64');
}

/** Whether nothing that the program was made of has changed: dates first, contents where a date differs. @param {Program} program */
export function isFresh(program) {
  const file = join(memory, `${program}.json`);
  if (!existsSync(file) || !existsSync(builtFile(program))) return false;
  /** @type {Record<string, Stamp>} */
  const inputs = JSON.parse(readFileSync(file, 'utf8'));
  for (const path of folderFiles(program)) if (!inputs[path]) return false;
  return Object.entries(inputs).every(([path, before]) => {
    const now = statSync(join(checkout, path), { throwIfNoEntry: false });
    if (!now || now.size !== before.size) return false;
    return now.mtimeMs === before.at || hashOf(join(checkout, path)) === before.hash;
  });
}

/** Files that count although no module names them. @param {Program} program @returns {string[]} */
function folderFiles(program) {
  return (programs[program].also ?? []).flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(checkout, join(entry.parentPath, entry.name))),
  );
}

/**
 * Builds those of the programs that are not fresh.
 * @param {readonly Program[]} wanted
 */
export async function ensureBuilt(wanted) {
  if (wanted.every((program) => isFresh(program))) return;
  for (const program of wanted) {
    if (!hasSource(program)) throw new StepError(`${programs[program].entry} is missing: ${program} cannot be built`);
  }
  const name = `build-${createHash('sha256').update(checkout).digest('hex').slice(0, 12)}`;
  await alone(name, async () => {
    const stale = wanted.filter((program) => !isFresh(program));
    if (stale.length === 0) return;
    const started = Date.now();
    const { build } = await import('vite');
    for (const program of stale) await buildOne(program, build);
    say('build', `${stale.join(', ')}: ${Date.now() - started} ms`);
  });
}

/** @param {Program} program @param {typeof import('vite').build} build */
async function buildOne(program, build) {
  const { config, result } = programs[program];
  /** @type {Set<string>} */
  const inputs = new Set([config, 'package.json', 'package-lock.json', 'tsconfig.json', ...folderFiles(program)]);
  // What is read while building is stamped before, so that a change during the build makes it stale.
  const began = Date.now();
  const remember = {
    name: 'remember-inputs',
    /** @this {import('vite').Rolldown.PluginContext} */
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const path = relative(checkout, id.replace(/\?.*$/, ''));
        if (isAbsolute(id) && !path.startsWith('..') && !path.startsWith('node_modules')) inputs.add(path);
      }
    },
  };
  await rm(join(memory, `${program}.json`), { force: true });
  try {
    // The page is built once in every language that it can open in.
    for (const mode of program === 'renderer' ? ['en', 'ja'] : [program])
      await build({ configFile: join(checkout, config), mode, plugins: [remember] });
  } catch (error) {
    throw new StepError(
      `${program} could not be built; out/ holds the last one that could, or none\n${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  if (program === 'cli') await chmod(join(checkout, result), 0o755);
  /** @type {Record<string, Stamp>} */
  const stamps = {};
  for (const path of inputs) {
    const found = stamp(join(checkout, path));
    if (found) stamps[path] = found.at > began ? { ...found, hash: '', at: 0 } : found;
  }
  await mkdir(memory, { recursive: true });
  await writeFile(join(memory, `${program}.json`), JSON.stringify(stamps));
}
