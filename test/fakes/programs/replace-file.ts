// Replaces a configuration file and ends itself by SIGKILL at one step: argv is path, text file, etag or -, id, step or -.
import { readFileSync, writeSync } from 'node:fs';
import { openConfigFile } from '../../../electron/engine/config-file.ts';
import { createFileAttributes } from '../../../electron/platform/file-attributes.ts';

const [path = '', text = '', etag = '-', id = '', at = '-'] = process.argv.slice(2);
let step = 0;
const file = openConfigFile({
  path,
  attributes: createFileAttributes(),
  step: (name) => {
    writeSync(1, `${name}\n`);
    if (String(step++) === at) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  },
});
const result = await file.replace(readFileSync(text), etag === '-' ? null : etag, id);
writeSync(1, `${JSON.stringify(result)}\n`);
