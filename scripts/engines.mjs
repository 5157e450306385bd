// Makes the Docker daemons of tests and sandbox ready; `--json` prints where they are, `--verify` starts each one for real.

import { ensureEngines } from './lib/engines.mjs';
import { runMain, say, speakAside } from './lib/say.mjs';
import { verifyEngines } from './lib/verify-engines.mjs';

await runMain(async () => {
  const json = process.argv.includes('--json');
  if (json) speakAside();
  const found = await ensureEngines();
  if (json) process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  else for (const engine of found.engines) say('engines', `dockerd ${engine.version}: ${engine.dockerd}`);
  return process.argv.includes('--verify') ? verifyEngines(found) : 0;
});
