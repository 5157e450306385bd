// How the page becomes files that a strict content security policy lets through: nothing inline, nothing from elsewhere.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = decodeURIComponent(new URL('.', import.meta.url).pathname);

export default defineConfig({
  root: here,
  base: './',
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [react()],
  resolve: { alias: { '@contract': `${here}../electron/contract` } },
  build: {
    outDir: `${here}../out/renderer`,
    emptyOutDir: true,
    // The oldest Chromium it runs on: that of the unsupported development runtime.
    target: 'chrome130',
    // Data addresses and the polyfill's inline script are what the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
