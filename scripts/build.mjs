// Builds the app, and the programs of tour and bench where they exist; names as arguments build only those.

import { appPrograms, ensureBuilt, hasSource } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain, say, StepError } from './lib/say.mjs';

const known = [...appPrograms, 'tour', 'bench'];

await runMain(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(/** @type {never} */ (name)));
  if (unknown !== undefined)
    throw new StepError(`there is no program ${unknown}; nothing was built`, {
      todo: `name some of ${known.join(', ')}`,
    });
  await ensureDependencies();
  const wanted =
    asked.length > 0
      ? asked
      : known.filter((name) => !['tour', 'bench'].includes(name) || hasSource(/** @type {never} */ (name)));
  await ensureBuilt(/** @type {never} */ (wanted));
  say('build', `ready: ${wanted.join(', ')}`);
});
