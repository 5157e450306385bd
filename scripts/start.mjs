// Opens the app on the local daemon; without a display it runs the tour. Arguments after `--` are the app's own.

import { appPrograms, ensureBuilt } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { runHeadless } from './lib/headless.mjs';
import { attempt } from './lib/run.mjs';
import { endLine, runMain, say } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

await runMain(async () => {
  if (!hasDisplay) {
    say('start', 'no display here ($DISPLAY and $WAYLAND_DISPLAY are empty): running the tour instead');
    return runHeadless('tour', 'test/tour/tour.ts');
  }
  const own = process.argv.slice(2);
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
