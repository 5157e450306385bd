// How the page becomes files that a strict content security policy lets through: nothing inline, nothing from elsewhere.

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { japaneseKeptTogether } from './kept-together.ts';

const here = decodeURIComponent(new URL('.', import.meta.url).pathname);

/** The page opens in the language of the mode: its sentences stand in the page itself, those of others are loaded late. */
const inLanguage = (language: string): Plugin => ({
  name: 'in-language',
  load: (id) =>
    id.endsWith('/opening-language.ts') ? `export { page } from '@contract/messages/${language}/page.ts';` : null,
  transformIndexHtml: (html) => html.replace('<html lang="en">', `<html lang="${language}">`),
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset' || language === 'en') return;
      this.emitFile({ type: 'asset', fileName: `${language}.html`, source: page.source });
      delete bundle['index.html'];
    },
  },
});

/** What the window opens with and late parts use too: one file, where each of them would be asked for by itself. */
const shared =
  /node_modules\/(react|zustand)\/|renderer\/(draft|view)\.|renderer\/fields\/titles|renderer\/parts\/(icons|mark|row|scroll)\.|contract\/(change|json|policy|messages\/separators)\.ts/;

export default defineConfig(({ mode }) => ({
  root: here,
  base: './',
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [react(), inLanguage(mode === 'production' ? 'en' : mode), japaneseKeptTogether()],
  resolve: { alias: { '@contract': `${here}../electron/contract` } },
  build: {
    outDir: `${here}../out/renderer`,
    emptyOutDir: mode !== 'ja',
    // The oldest Chromium it runs on: that of the unsupported development runtime.
    target: 'chrome130',
    // Data addresses and the polyfill's inline script are what the policy refuses. What the page opens with is named in
    // it, so that nothing waits until the script before it was read; late parts are asked for without a script for that.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed, { hostType }) => (hostType === 'html' ? needed : []),
    },
    reportCompressedSize: false,
    // The language that the page opens in is in it already, and is chosen again like any other.
    rolldownOptions: {
      checks: { ineffectiveDynamicImport: false },
      output: { codeSplitting: { groups: [{ name: 'shared', test: shared }] } },
    },
  },
}));
