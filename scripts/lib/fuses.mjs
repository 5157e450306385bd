// Flips fuses in an Electron binary: switches that Electron keeps as characters in a marked place of its executable.

import { open, readFile } from 'node:fs/promises';
import { StepError } from './say.mjs';

// Electron's own marker. After it come one byte for the version of the list, one for its length, then one character per
// fuse: '0' off, '1' on, 'r' removed. The marker can occur once per architecture; Linux binaries have one.
const marker = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const order = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
];

/**
 * Sets fuses by name.
 * @param {string} executable
 * @param {Record<string, boolean>} wanted
 */
export async function setFuses(executable, wanted) {
  const at = (await readFile(executable)).indexOf(marker, 0, 'latin1');
  if (at < 0) throw new StepError(`${executable} has no fuses: it is not an Electron binary`);
  const file = await open(executable, 'r+');
  try {
    const head = Buffer.alloc(2);
    const wire = at + marker.length;
    await file.read(head, 0, 2, wire);
    const [version, length = 0] = head;
    if (version !== 1) throw new StepError(`${executable} has fuses of version ${version}; only 1 is known`);
    for (const [name, on] of Object.entries(wanted)) {
      const index = order.indexOf(name);
      if (index < 0 || index >= length) throw new StepError(`${executable} has no fuse ${name}`);
      await file.write(on ? '1' : '0', wire + 2 + index, 'latin1');
    }
  } finally {
    await file.close();
  }
}
