// Keeps what belongs together on one line of the page in Japanese: `word-break: auto-phrase` finds the phrases of Japanese
// but takes every space between it and Latin, or a number and its counter, for a place to break.

import type { Plugin } from 'vite';

const halfSpaces = new RegExp(
  [
    // Latin and the particle behind it.
    String.raw`(?<=[!-~]) (?=\p{Script=Hiragana})`,
    // A number, perhaps set in, and its counter or unit.
    String.raw`(?<=[\d}]) (?=\p{Script=Han}|ミリ秒|マイクロ秒|バイト|[KMGT]i?B\b|ms\b|%)`,
    String.raw`(?<=約|最大) (?=[\d$])`,
  ].join('|'),
  'gu',
);

/** A source of sentences with spaces that do not break; only there, since a terminal knows and wants the plain ones. */
export const keptTogether = (source: string): string => source.replaceAll(halfSpaces, '\u00A0');

export const japaneseKeptTogether = (): Plugin => ({
  name: 'japanese-kept-together',
  enforce: 'pre',
  transform: (source, id) =>
    id.includes('/contract/messages/ja/') ? { code: keptTogether(source), map: null } : undefined,
});
