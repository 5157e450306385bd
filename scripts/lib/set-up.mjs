// What has to be there before the app opens, and before its tests run; each part is made ready once.

import { checkNode, ensureDependencies } from './dependencies.mjs';
import { enginesFile, ensureEngines } from './engines.mjs';
import { launchCommand } from './launch.mjs';
import {
  daemonTools,
  desktopTools,
  ensurePackages,
  machineTools,
  packageTools,
  virtualDisplay,
  windowLibraries,
} from './packages.mjs';
import { ensureRuntime, runtimeName, unsupportedName, whyUnsupported } from './runtime.mjs';
import { say } from './say.mjs';

/** @typedef {Readonly<{ needs: readonly ('window' | 'virtual-display' | 'daemon' | 'machine' | 'package' | 'desktop')[] }>} Wanted */

/**
 * Makes the parts ready.
 * @param {Wanted} wanted
 * @returns {Promise<Record<string, string>>} what the programs are told in their environment
 */
export async function setUp({ needs }) {
  checkNode();
  await ensureDependencies();
  const packages = [
    ...(needs.includes('window') ? windowLibraries : []),
    ...(needs.includes('virtual-display') ? virtualDisplay : []),
    ...(needs.includes('daemon') ? daemonTools : []),
    ...(needs.includes('machine') ? machineTools : []),
    ...(needs.includes('package') ? packageTools : []),
    ...(needs.includes('desktop') ? desktopTools : []),
  ];
  if (packages.length > 0) await ensurePackages(packages, { what: 'system packages' });
  /** @type {Record<string, string>} */
  const environment = {};
  if (needs.includes('window')) {
    const runtime = await ensureRuntime();
    const launch = await launchCommand(runtime);
    say('set-up', `runtime: ${runtimeName(runtime)}`);
    const why = whyUnsupported(runtime);
    if (why !== undefined) say('set-up', `runtime: ${why}`);
    if (launch.args.includes('--no-sandbox')) {
      say('set-up', 'runtime: opened with --no-sandbox, because Chromium refuses its sandbox to root');
    }
    environment['AFLOAT_ELECTRON'] = launch.executable;
    environment['AFLOAT_ELECTRON_ARGS'] = JSON.stringify(launch.args);
    environment['AFLOAT_RUNTIME'] = runtime.supported ? '' : unsupportedName;
  }
  if (needs.includes('daemon')) {
    await ensureEngines();
    environment['AFLOAT_ENGINES'] = enginesFile();
  }
  return environment;
}
