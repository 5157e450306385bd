// Tries to replace a configuration file and tells everything about it as JSON: argv is path, size of the text, and what to look at.
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openConfigFile } from '../../../electron/engine/config-file.ts';
import { createFileAttributes } from '../../../electron/platform/file-attributes.ts';

const [path = '', size = '2', sight = 'sees'] = process.argv.slice(2);
const real = createFileAttributes();
// A blind one finds no block beforehand, so that the system's own refusal is met.
const attributes = sight === 'blind' ? { ...real, block: () => Promise.resolve(null) } : real;
const file = openConfigFile({ path, attributes });
const before = await file.read();
const writable = await file.writable();
const replaced = await file.replace(
  Buffer.from('{}'.padEnd(Number(size))),
  before.state === 'read' ? before.etag : null,
  'try',
);
const after = await file.read();
const same = before.state === 'read' && after.state === 'read' && before.etag === after.etag;
console.log(
  JSON.stringify({
    writable,
    replaced,
    same,
    left: readdirSync(dirname(path)).filter((name) => name.includes('afloat')),
  }),
);
