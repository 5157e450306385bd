// Makes packages of the built app: a folder to try, or with --release what is shipped, on the supported runtime only.

import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appPrograms, ensureBuilt } from './lib/build.mjs';
import { checkout, manifest } from './lib/checkout.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { run } from './lib/run.mjs';
import { ensureRuntime, runtimeName } from './lib/runtime.mjs';
import { runMain, say, StepError } from './lib/say.mjs';

const output = join(checkout, 'out', 'package');

await runMain(async () => {
  const wrong = process.argv.slice(2).find((argument) => argument !== '--release');
  if (wrong !== undefined)
    throw new StepError(`npm run package does not know '${wrong}'; nothing was built`, {
      todo: 'leave it out, or say --release',
    });
  const release = process.argv.includes('--release');
  await ensureDependencies();
  const runtime = await ensureRuntime();
  if (release && !runtime.supported) {
    throw new StepError(
      `a release is made with Electron's supported version only, and here is ${runtimeName(runtime)}; nothing was built`,
      {
        todo: 'run this where Electron can be downloaded',
      },
    );
  }
  await ensureBuilt(appPrograms);
  await rm(output, { recursive: true, force: true });
  // Named so that nobody takes it for a release.
  const version = runtime.supported ? manifest.version : `${manifest.version}-dev`;
  say('package', `${manifest.version === version ? '' : 'unsupported '}${version} on ${runtimeName(runtime)}`);
  await run(
    process.execPath,
    [
      join(checkout, 'node_modules', 'electron-builder', 'cli.js'),
      ...(release ? [] : ['--dir']),
      '--publish=never',
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.extraMetadata.version=${version}`,
    ],
    { cwd: checkout, failed: 'the package could not be made', timeoutMs: 600_000 },
  );
  for (const name of existsSync(output) ? readdirSync(output) : []) {
    if (!name.startsWith('builder-')) say('package', `ready: ${join('out', 'package', name)}`);
  }
});
