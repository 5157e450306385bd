// How the sides that run on Node become files: the app's main process, its preload, the command line and its manual, and test programs.

import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  devDependencies: { electron: string };
};

interface Program {
  readonly entry: string;
  readonly folder: string;
  readonly format: 'cjs' | 'es';
  /** One file: a sandboxed preload can load no second one. */
  readonly single?: boolean;
  /** Takes its packages from node_modules at run time: programs of tests only, everything that ships is self-contained. */
  readonly packages?: 'external';
}

const programs: Readonly<Record<string, Program>> = {
  main: { entry: 'electron/main.ts', folder: 'main', format: 'cjs' },
  preload: { entry: 'electron/preload.ts', folder: 'preload', format: 'cjs', single: true },
  cli: { entry: 'electron/cli.ts', folder: 'cli', format: 'cjs' },
  // One file: less that could be exchanged.
  privileged: { entry: 'electron/privileged.ts', folder: 'privileged', format: 'cjs', single: true },
  manual: { entry: 'electron/manual.ts', folder: 'manual', format: 'cjs', single: true },
  tour: { entry: 'test/tour/tour.ts', folder: 'tour', format: 'es', packages: 'external' },
  pictures: { entry: 'test/pictures/pictures.ts', folder: 'pictures', format: 'es', packages: 'external' },
  screens: { entry: 'test/look/screens.ts', folder: 'screens', format: 'es', packages: 'external' },
  bench: { entry: 'test/bench/bench.ts', folder: 'bench', format: 'es', packages: 'external' },
  truth: { entry: 'test/truth/truth.ts', folder: 'truth', format: 'es', packages: 'external' },
};

/**
 * What the store is made of lies in two files, so that what the bundler adds for all files gets one of its own: left alone,
 * it puts that into the store's, and the window would wait for 390 kB that it does not need.
 */
const splitStore = {
  includeDependenciesRecursively: false,
  groups: [{ name: 'ajv', test: /node_modules\/(ajv|ajv-formats|fast-deep-equal|fast-uri|json-schema-traverse)\// }],
};

const names: Readonly<Record<string, string>> = { cli: 'afloat' };

// The mode says which program: `vite build --config electron/vite.config.ts --mode cli`.
export default defineConfig(({ mode }): UserConfig => {
  const program = programs[mode];
  if (program === undefined) throw new Error(`unknown program ${mode}: say --mode ${Object.keys(programs).join('|')}`);
  const ending = program.format === 'cjs' ? 'cjs' : 'mjs';
  return {
    root,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    resolve: {
      alias: { '@contract': `${root}electron/contract` },
      // jsonc-parser's `main` is a UMD file that no bundler can look into.
      mainFields: ['module', 'main'],
    },
    define: {
      __AFLOAT_VERSION__: JSON.stringify(manifest.version),
      __AFLOAT_ELECTRON__: JSON.stringify(manifest.devDependencies.electron),
    },
    ssr: program.packages === 'external' ? { external: true } : { noExternal: true, external: ['electron'] },
    build: {
      ssr: program.entry,
      target: 'node20',
      outDir: `${root}out/${program.folder}`,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        output: {
          format: program.format,
          entryFileNames: `${names[mode] ?? mode}.${ending}`,
          chunkFileNames: `[name]-[hash].${ending}`,
          codeSplitting: program.single !== true && splitStore,
          ...(mode === 'cli' ? { banner: '#!/usr/bin/env node' } : {}),
        },
      },
    },
  };
});
