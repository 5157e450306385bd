// The only fonts of the reference pictures: a few files of Debian packages, drawn the same way on every machine that has them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Of fonts-cantarell, fonts-noto-cjk and fonts-dejavu-core, which set-up installs for the virtual display. */
export const fontFiles = [
  '/usr/share/fonts/opentype/cantarell/Cantarell-Regular.otf',
  '/usr/share/fonts/opentype/cantarell/Cantarell-Bold.otf',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc',
  '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf',
  '/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf',
] as const;

const sans = ['Cantarell', 'Noto Sans CJK JP'];
const mono = ['DejaVu Sans Mono', 'Noto Sans Mono CJK JP'];
const families = { 'system-ui': sans, 'sans-serif': sans, Sans: sans, 'ui-monospace': mono, monospace: mono };

const alias = ([name, preferred]: [string, readonly string[]]): string =>
  `<alias binding="same"><family>${name}</family><prefer>${preferred
    .map((family) => `<family>${family}</family>`)
    .join('')}</prefer></alias>`;

const configuration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'files')}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  ${Object.entries(families).map(alias).join('\n  ')}
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
`;

/** Lays the fonts out below a home folder; returns what a program needs in its environment to see these and no others. */
export function pinFonts(home: string): { readonly FONTCONFIG_FILE: string } {
  const folder = join(home, 'fonts');
  mkdirSync(join(folder, 'files'), { recursive: true });
  for (const file of fontFiles) if (existsSync(file)) symlinkSync(file, join(folder, 'files', basename(file)));
  const file = join(folder, 'fonts.conf');
  writeFileSync(file, configuration(folder));
  return { FONTCONFIG_FILE: file };
}

/** SHA-256 of each font file in hexadecimal; null: there is none. */
export const fontSums = (): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    fontFiles.map((file) => [
      file,
      existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null,
    ]),
  );
