// Reads how many tests passed from the reports that Vitest and Playwright write.

import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * A run that ended badly although no single test failed (a file that does not load, an error outside all tests, no
 * report at all) is one failure.
 * @param {Count} count
 * @param {boolean} ok
 * @returns {Count}
 */
function honest(count, ok) {
  const nothing = count.passed + count.failed === 0;
  return count.failed === 0 && (!ok || nothing) ? { ...count, failed: 1 } : count;
}

/**
 * @param {string} file
 * @param {boolean} ok whether the run ended with code 0
 * @returns {Count}
 */
export function vitestCount(file, ok) {
  const report = read(file);
  const broken = (report?.testResults ?? []).filter(
    (/** @type {any} */ suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return honest(
    {
      passed: report?.numPassedTests ?? 0,
      failed: (report?.numFailedTests ?? 0) + broken,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    ok,
  );
}

/**
 * @param {readonly string[]} files one of each run
 * @param {boolean} ok whether all ended with code 0
 * @returns {Count}
 */
export function playwrightCount(files, ok) {
  const all = files.map((file) => read(file)?.stats);
  /** @param {'expected' | 'unexpected' | 'flaky' | 'skipped'} key */
  const sum = (key) => all.reduce((total, stats) => total + (stats?.[key] ?? 0), 0);
  return honest({ passed: sum('expected'), failed: sum('unexpected') + sum('flaky'), skipped: sum('skipped') }, ok);
}
