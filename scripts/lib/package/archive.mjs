// Makes the archive for systems without a package of ours: the unpacked app, with man pages and completions beside it.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../checkout.mjs';
import { run } from '../run.mjs';

/**
 * @param {object} wanted
 * @param {string} wanted.app the unpacked app
 * @param {string} wanted.output the folder for the archive
 * @param {string} wanted.version
 * @param {number} wanted.date in seconds since 1970
 * @param {boolean} wanted.small takes the time to make it small
 * @returns {Promise<string>} the archive
 */
export async function makeArchive({ app, output, version, date, small }) {
  const name = `afloat-${version}-linux-${process.arch}`;
  const file = join(output, `${name}.tar.gz`);
  const work = await mkdtemp(join(output, '.archive-'));
  try {
    await cp(app, join(work, name), { recursive: true });
    const day = new Date(date * 1000).toISOString().slice(0, 10);
    await run(process.execPath, [
      join(checkout, 'out', 'manual', 'manual.cjs'),
      join(work, name, 'share'),
      version,
      day,
    ]);
    // The same bytes from the same sources.
    const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${date}`, '--mode=go-w'];
    const compress = `--use-compress-program=gzip -n ${small ? '-9' : '-1'}`;
    await run('tar', ['-C', work, ...same, compress, '-cf', file, name], {
      failed: 'the archive could not be made',
      timeoutMs: 600_000,
    });
    return file;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
