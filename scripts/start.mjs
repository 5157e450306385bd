// Opens the app on the local daemon; without a display it runs the tour. Arguments after `--` are the app's own.

import { appPrograms, ensureBuilt } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { whyNoDisplay } from './lib/display.mjs';
import { runHeadless } from './lib/headless.mjs';
import { attempt } from './lib/run.mjs';
import { endLine, runMain, say } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await runMain(async () => {
  const own = process.argv.slice(2);
  const missing = process.platform === 'linux' ? await whyNoDisplay(process.env) : null;
  if (missing !== null) {
    say('start', `no display here (${missing}): running the tour instead`);
    // The tour is on a sandbox daemon in any case.
    const unused = own.filter((arg) => arg !== '--sandbox');
    if (unused.length > 0) say('start', `the tour takes no arguments; not used: ${unused.join(' ')}`);
    return runHeadless('tour', 'test/tour/tour.ts');
  }
  const environment = await setUp({ needs: own.includes('--sandbox') ? ['window', 'daemon'] : ['window'] });
  await ensureBuilt(appPrograms);
  say('start', 'opening Afloat');
  endLine();
  /** @type {string[]} */
  const args = JSON.parse(environment['AFLOAT_ELECTRON_ARGS'] ?? '[]');
  const { code } = await attempt(environment['AFLOAT_ELECTRON'] ?? '', [...args, ...own], {
    cwd: checkout,
    show: true,
    env: { ...process.env, ...environment },
  });
  return code ?? 1;
});
