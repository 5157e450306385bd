// Which pictures are kept to compare with, and what they were made of.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontSums } from './pinned-fonts.ts';

export type Look = {
  readonly lang: 'en' | 'ja';
  readonly theme: 'light' | 'dark';
  readonly size: readonly [width: number, height: number];
};

export const small = [900, 640] as const;
export const large = [1280, 800] as const;

/** One of every kind of page, card, table, dialog and note: what another theme, language or size could spoil. */
const representative = [
  'welcome-off',
  'general',
  'basic-asks',
  'advanced-off',
  'advanced-review',
  'options-details',
  'confirm-stops',
  'json-broken',
  'history',
  'status-many',
  'status-outage',
  'status-upgrade',
];

/** Every scene once, and the representative ones in each other way; a full product would be forty megabytes. */
export const looks: readonly (Look & { readonly name: string; readonly scenes: 'all' | readonly string[] })[] = [
  { name: 'light', lang: 'en', theme: 'light', size: small, scenes: 'all' },
  { name: 'dark', lang: 'en', theme: 'dark', size: small, scenes: representative },
  { name: 'ja', lang: 'ja', theme: 'light', size: small, scenes: representative },
  { name: 'large', lang: 'en', theme: 'light', size: large, scenes: representative },
];

export const referenceFolder = join(process.cwd(), 'test', 'look', 'references');
const hasDpkg = existsSync('/var/lib/dpkg/status');
const madeOfFile = join(referenceFolder, 'made-of.json');

/** What decides which pixels a page becomes, besides the page. */
export type MadeOf = {
  readonly electron: string;
  /** System and processor, as Node names them. */
  readonly platform: string;
  readonly fonts: Readonly<Record<string, string | null>>;
};

/** What pictures are made of here. @param electron the version of the runtime that is running */
export const madeOfHere = (electron: string): MadeOf => ({
  electron,
  platform: `${process.platform} ${process.arch}`,
  fonts: fontSums(),
});

export const rememberMadeOf = (made: MadeOf): void => writeFileSync(madeOfFile, `${JSON.stringify(made, null, 2)}\n`);

/**
 * Why pictures made here cannot be compared with the references, in words; null: they can. Throws where there are none,
 * and where a font is missing that set-up has to install: no test is left out because something is broken here.
 */
export function whyNotComparable(here: MadeOf, setUpInstalls = hasDpkg): string | null {
  if (!existsSync(madeOfFile)) throw new Error(`${madeOfFile} is missing: there is nothing to compare with`);
  const there = JSON.parse(readFileSync(madeOfFile, 'utf8')) as MadeOf;
  const drawer = ({ electron, platform }: MadeOf): string => `Electron ${electron} on ${platform}`;
  if (drawer(here) !== drawer(there))
    return `the references were drawn by ${drawer(there)}, and this is ${drawer(here)}`;
  const missing = Object.keys(here.fonts).filter((file) => here.fonts[file] === null);
  if (missing.length > 0 && setUpInstalls) throw new Error(`set-up has not installed ${missing.join(', ')}`);
  const other = Object.keys(here.fonts).filter((file) => here.fonts[file] !== there.fonts[file]);
  if (other.length === 0) return null;
  const words = other.map((file) => `${file} ${here.fonts[file] === null ? 'is missing' : 'is another version'}`);
  return `the references were drawn with other fonts: ${words.join(', ')}`;
}
