// Measures on real daemons what the program claims, and keeps the results in test/truth: `--config`, `--survival`; both without.

import { runAlone } from './lib/alone-in.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { runMain, StepError } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await runMain(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new StepError('measuring starts private Docker daemons, which takes Linux and root; nothing was started');
  const environment = await setUp({ needs: ['daemon'] });
  await ensureBuilt(['truth']);
  return runAlone('truth', { environment });
});
