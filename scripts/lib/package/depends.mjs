// Which Debian packages the programs of a folder need, from what they load.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StepError } from '../say.mjs';
import { newest, readElf } from './elf.mjs';

/**
 * Libraries by the package that has them; on releases since 2024 some have a new name (64-bit time).
 * @type {Readonly<Record<string, string>>}
 */
const packages = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2t64 | libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0t64 | libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0t64 | libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2t64 | libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libgio-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0t64 | libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

const ofLibc = /^(libc|libm|libdl|libpthread|librt|ld-linux-\S+)\.so\.\d+$/;

/**
 * The packages, as in `Depends`. A library that nobody knows is a mistake here: a package that cannot start is not made.
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function dependsOf(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  const loads = names.flatMap((name) => readElf(join(folder, name)) ?? []);
  const wanted = [...new Set(loads.flatMap(({ needed }) => needed))].filter(
    (library) => !ofLibc.test(library) && !names.includes(library),
  );
  const unknown = wanted.filter((library) => packages[library] === undefined);
  if (unknown.length > 0) {
    throw new StepError(`this Electron loads ${unknown.join(', ')}, and no Debian package is named for it`, {
      todo: 'add it to scripts/lib/package/depends.mjs (`apt-file search` tells the package)',
    });
  }
  const libc = `libc6 (>= ${newest(loads.map(({ glibc }) => glibc))})`;
  return [...new Set([libc, ...wanted.map((library) => packages[library] ?? '')])].toSorted();
}
