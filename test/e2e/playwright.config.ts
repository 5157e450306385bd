// How the built app is driven in a real Electron: one at a time, because each has a daemon and a tray of its own; and the
// scenes of its pages, which have neither.

import { defineConfig } from '@playwright/test';

const report = process.env['AFLOAT_REPORT'];

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'app', testMatch: '**/*.spec.ts', outputDir: '../../test-results/e2e', workers: 1 },
    { name: 'scenes', testMatch: '**/*.scenes.ts', outputDir: '../../test-results/scenes', workers: 2 },
  ],
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // Only a test that fails waits so long: a machine that does other things too takes its time.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // The test script counts from the file that it names here.
  reporter: report === undefined ? 'list' : [['list'], ['json', { outputFile: report }]],
});
