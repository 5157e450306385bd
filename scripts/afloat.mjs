// Runs the command line of this checkout under plain Node, building it first when its sources have changed.

import { createRequire } from 'node:module';
import { builtFile, ensureBuilt, isFresh } from './lib/build.mjs';
import { runMain, speakAside } from './lib/say.mjs';

// Standard output belongs to the command.
speakAside();
let ready = isFresh('cli');
if (!ready) {
  await runMain(async () => {
    const { ensureDependencies } = await import('./lib/dependencies.mjs');
    await ensureDependencies();
    await ensureBuilt(['cli']);
    ready = true;
  });
}
if (ready) {
  // In this very process: exit code, signals and terminal are the command's own.
  process.argv[1] = builtFile('cli');
  createRequire(import.meta.url)(builtFile('cli'));
}
