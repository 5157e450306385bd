// Measures on real daemons what the program claims, and keeps the results in test/truth: `--config`, `--survival`; both without.

import { endLeftovers, markedRun, wrapped } from './lib/alone-in.mjs';
import { builtFile, ensureBuilt } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { attempt } from './lib/run.mjs';
import { endLine, runMain, say, StepError } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await runMain(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new StepError('measuring starts private Docker daemons, which takes Linux and root; nothing was started');
  const environment = await setUp({ needs: ['daemon'] });
  await ensureBuilt(['truth']);
  const mark = markedRun();
  const program = [process.execPath, builtFile('truth'), ...process.argv.slice(2)];
  const [tool = '', ...args] = wrapped(program, { engines: environment['AFLOAT_ENGINES'] });
  endLine();
  const { code } = await attempt(tool, args, {
    cwd: checkout,
    show: true,
    env: { ...process.env, ...environment, ...mark.environment },
  });
  const left = await endLeftovers(mark.id);
  if (left.length > 0) say('truth', `ended what was left running: ${left.join(', ')}`);
  return code ?? 1;
});
