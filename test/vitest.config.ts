// Which tests run where: pure ones in Node, the page's in a small DOM, and those with real daemons and files one by one.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = {
  resolve: { alias: { '@contract': `${root}electron/contract` }, mainFields: ['module', 'main'] },
  define: { __AFLOAT_VERSION__: '"0.0.0-test"', __AFLOAT_ELECTRON__: '"0.0.0"' },
};
/** What is waited for comes when the machine gets to it: only a test that fails waits so long, in ms. */
const patient = { poll: { timeout: 20_000 } };

export default defineConfig({
  root,
  test: {
    projects: [
      {
        ...shared,
        root,
        test: {
          name: 'unit',
          environment: 'node',
          expect: patient,
          // Thousands of cases take seconds on a machine that does other things too.
          testTimeout: 60_000,
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          exclude: ['test/unit/renderer/**'],
        },
      },
      {
        ...shared,
        root,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          expect: patient,
          include: ['test/unit/renderer/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        root,
        // By hand, on what `npm run desktop-demo` installs.
        test: { name: 'desktop', environment: 'node', include: ['test/desktop/**/*.test.ts'], fileParallelism: false },
      },
      {
        ...shared,
        root,
        test: {
          name: 'integration',
          environment: 'node',
          expect: patient,
          include: ['test/integration/**/*.test.ts'],
          pool: 'forks',
          // Real daemons want the whole machine: more of them at once only makes each one slower than its limits.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
