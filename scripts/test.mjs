// Runs all checks and tests, making ready what they need; `--only types|lint|unit|integration|e2e` runs some of them,
// and file names after it only those files.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endLeftovers, markedRun, wrapped } from './lib/alone-in.mjs';
import { appPrograms, ensureBuilt, hasSource } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { playwrightCount, vitestCount } from './lib/reports.mjs';
import { attempt } from './lib/run.mjs';
import { endLine, runMain, say, StepError } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

/** @typedef {import('./lib/reports.mjs').Count} Count */

const results = join(checkout, 'test-results');
const node = process.execPath;
const packages = join(checkout, 'node_modules');
const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };

/** @param {readonly string[]} command @param {Record<string, string>} [environment] @param {boolean} [live] whether each line is shown when it comes, or all at the end @returns {Promise<boolean>} */
async function show([program = '', ...args], environment = {}, live = true) {
  endLine();
  const env = { ...process.env, ...environment };
  const { code, stdout, stderr } = await attempt(program, args, { cwd: checkout, show: live, env });
  process.stdout.write(stdout + stderr);
  return code === 0;
}

/** @param {string} name @param {readonly string[]} projects @returns {{ command: string[], report: string }} */
function vitest(name, projects) {
  const report = join(results, `${name}.json`);
  const command = [node, join(packages, 'vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts'];
  for (const project of projects) command.push('--project', project);
  command.push(...files, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  return { command, report };
}

/** @param {string[]} command @param {{ display?: boolean, live?: boolean, environment: Record<string, string> }} options */
async function showAlone(command, { display = false, live = true, environment }) {
  const mark = markedRun();
  const ok = await show(
    wrapped(command, { display, engines: environment['AFLOAT_ENGINES'] }),
    { ...environment, ...mark.environment },
    live,
  );
  const left = await endLeftovers(mark.id);
  if (left.length > 0) say('test', `ended what the tests had left running: ${left.join(', ')}`);
  return ok;
}

/** What one project of Playwright says comes when it has ended: another one runs meanwhile. @param {string} project @param {Record<string, string>} environment */
async function playwright(project, environment) {
  const report = join(results, `e2e-${project}.json`);
  await rm(report, { force: true });
  const command = [
    node,
    join(packages, '@playwright/test/cli.js'),
    'test',
    '--config',
    'test/e2e/playwright.config.ts',
  ];
  command.push('--project', project, '--pass-with-no-tests', ...files);
  const ok = await showAlone(command, {
    display: true,
    // Each in one piece: lines of both would be mixed.
    live: project === 'app',
    environment: { ...environment, AFLOAT_REPORT: report },
  });
  return { report, ok };
}

/** Parts of paths of test files; empty: all. @type {string[]} */
const files = [];

/** @type {Record<string, () => Promise<Count>>} */
const stages = {
  types: async () => ((await show([node, join(packages, 'typescript/bin/tsc'), '-b'])) ? passed : failed),
  lint: async () => {
    const lint = await show([node, join(packages, 'oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']);
    const format = await show([node, join(packages, 'oxfmt/bin/oxfmt'), '--check']);
    return lint && format ? passed : failed;
  },
  unit: async () => {
    const { command, report } = vitest('unit', ['unit', 'renderer']);
    return vitestCount(report, await show(command));
  },
  integration: async () => {
    const environment = await setUp({ needs: ['daemon', 'machine', 'package'] });
    // These tests run programs, never the window: what the checkout has is enough.
    await ensureBuilt(appPrograms.filter((program) => hasSource(program)));
    const { command, report } = vitest('integration', ['integration']);
    return vitestCount(report, await showAlone(command, { environment }));
  },
  desktop: async () => {
    const environment = await setUp({ needs: ['daemon', 'machine', 'package', 'desktop'] });
    const { command, report } = vitest('desktop', ['desktop']);
    return vitestCount(report, await showAlone(command, { environment }));
  },
  e2e: async () => {
    const environment = await setUp({ needs: ['window', 'virtual-display', 'daemon'] });
    await ensureBuilt(appPrograms);
    // The app wants a daemon, a tray and the focus of a display for itself; the scenes want none of them: both at once.
    const parts = await Promise.all(['app', 'scenes'].map((project) => playwright(project, environment)));
    return playwrightCount(
      parts.map(({ report }) => report),
      parts.every(({ ok }) => ok),
    );
  },
};

/** Stages that run only when they are asked for. */
const byHand = ['desktop'];

/** @returns {string[]} the stages to run */
function chosen() {
  const args = process.argv.slice(2);
  const only = args.flatMap((arg, index) => (arg === '--only' ? (args[index + 1] ?? '').split(',') : []));
  const known = Object.keys(stages);
  const rest = args.filter((arg, index) => arg !== '--only' && args[index - 1] !== '--only');
  files.push(...rest);
  // Files belong to one stage: elsewhere none would be found.
  const wrong =
    rest.find((arg) => arg.startsWith('-') || only.length !== 1) ?? only.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new StepError(`npm test does not know '${wrong}'; nothing was run`, { todo: `--only ${known.join('|')}` });
  return only.length > 0 ? only : known.filter((name) => !byHand.includes(name));
}

await runMain(async () => {
  const names = chosen();
  await ensureDependencies();
  await mkdir(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const name of names) {
    const started = Date.now();
    say('test', name);
    await rm(join(results, `${name}.json`), { force: true });
    /** @type {Count} */
    let count = failed;
    try {
      count = (await stages[name]?.()) ?? failed;
    } catch (error) {
      // A stage that cannot run is a failure like any other; the rest still runs.
      endLine();
      if (!(error instanceof StepError)) console.error(error);
      else console.error(`error: ${name} could not run: ${error.message}${error.todo ? `\nto do: ${error.todo}` : ''}`);
    }
    for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += count[key];
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    lines.push(
      `${name}: ${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''} (${seconds} s)`,
    );
  }
  endLine();
  for (const line of lines) say('test', line);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  return total.failed === 0 ? 0 : 1;
});
