// Photographs every page in every state, without a daemon; `--accept` renews the pictures that tests compare with.

import { runAlone } from './lib/alone-in.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { runMain, StepError } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await runMain(async () => {
  if (process.platform !== 'linux')
    throw new StepError('`npm run screens` needs Linux: it draws on a virtual display; nothing was started');
  const environment = await setUp({ needs: ['window', 'virtual-display'] });
  await ensureBuilt(['screens']);
  return runAlone('screens', { display: true, environment });
});
