// Runs a program of ours that drives the real app on a virtual display: the tour, the bench, the pictures.

import { runAlone } from './alone-in.mjs';
import { appPrograms, ensureBuilt, hasSource } from './build.mjs';
import { StepError } from './say.mjs';
import { setUp } from './set-up.mjs';

/**
 * @param {'tour' | 'bench' | 'pictures'} program
 * @param {string} entry its source, for the message when it is missing
 * @returns {Promise<number>} its exit code
 */
export async function runHeadless(program, entry) {
  if (process.platform !== 'linux')
    throw new StepError(`\`npm run ${program}\` needs Linux: it starts a private Docker daemon; nothing was started`);
  if (!hasSource(program))
    throw new StepError(`this checkout has no ${program}: ${entry} is missing; nothing was started`);
  if (process.getuid?.() !== 0) {
    throw new StepError(
      `\`npm run ${program}\` starts a private Docker daemon, which takes root; nothing was started`,
      {
        todo: `run it as root, or \`npm start\` with a display to open the app`,
      },
    );
  }
  const environment = await setUp({ needs: ['window', 'virtual-display', 'daemon'] });
  await ensureBuilt([...appPrograms, program]);
  return runAlone(program, { display: true, environment });
}
