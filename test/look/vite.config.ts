// Builds the look harness: the page itself with a fake door, for a plain browser.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { japaneseKeptTogether } from '../../renderer/kept-together.ts';

const here = decodeURIComponent(new URL('.', import.meta.url).pathname);

export default defineConfig({
  root: here,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react(), japaneseKeptTogether()],
  resolve: { alias: { '@contract': `${here}../../electron/contract` } },
  build: { outDir: `${here}../../out/look`, emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0 },
});
