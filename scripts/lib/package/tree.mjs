// Lays out the files of the Debian package as they lie on an installed system.

import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkout } from '../checkout.mjs';
import { run } from '../run.mjs';
import { debianChangelog } from './changelog.mjs';

/**
 * @typedef {object} Made
 * @property {string} app the unpacked app
 * @property {string} version as Debian writes it
 * @property {number} date in seconds since 1970
 * @property {string} maintainer
 */

const assets = join(checkout, 'assets');
const day = (/** @type {number} */ seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
const zipped = (/** @type {string | Buffer} */ text) => gzipSync(text, { level: 9 });

/**
 * Fills an empty folder. Every file is there by its own line, and with the mode that it will have.
 * @param {string} root
 * @param {Made} made
 */
export async function layOut(root, made) {
  /** @param {string} path @param {string | Buffer} content @param {number} [mode] */
  const put = (path, content, mode = 0o644) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, mode);
  };
  /** @param {string} name */
  const asset = (name) => readFileSync(join(assets, name));

  cpSync(made.app, join(root, 'usr/lib/afloat'), { recursive: true });
  // What the app goes by to know who updates it.
  put('usr/lib/afloat/resources/package-type', 'deb\n');
  put('usr/bin/afloat', asset('linux/afloat'), 0o755);
  put('usr/bin/afloat-desktop', asset('linux/afloat-desktop'), 0o755);

  put('usr/share/applications/app.afloat.Afloat.desktop', asset('linux/app.afloat.Afloat.desktop'));
  const development = made.version.includes('~');
  const metainfo = asset('linux/app.afloat.Afloat.metainfo.xml')
    .toString('utf8')
    .replace('@VERSION@', made.version)
    .replace('@DATE@', day(made.date))
    .replace('@TYPE@', development ? 'development' : 'stable');
  put('usr/share/metainfo/app.afloat.Afloat.metainfo.xml', metainfo);
  for (const name of readdirSync(join(assets, 'icons'))) {
    const edge = basename(name, '.png');
    put(`usr/share/icons/hicolor/${edge}x${edge}/apps/app.afloat.Afloat.png`, asset(join('icons', name)));
  }
  put('usr/share/icons/hicolor/scalable/apps/app.afloat.Afloat.svg', asset('icon.svg'));

  for (const name of filesIn(join(assets, 'polkit'))) {
    put(`usr/share/polkit-1/actions/${name}`, asset(join('polkit', name)));
  }
  for (const name of filesIn(join(assets, 'privileged'))) {
    put(`usr/lib/afloat/${name}`, asset(join('privileged', name)), 0o755);
  }

  await run(
    process.execPath,
    [join(checkout, 'out', 'manual', 'manual.cjs'), join(root, 'usr/share'), made.version, day(made.date)],
    { failed: 'man pages and completions could not be written' },
  );
  for (const path of pagesIn(join(root, 'usr/share/man'))) {
    writeFileSync(`${path}.gz`, zipped(readFileSync(path)));
    // The window has no page of its own.
    writeFileSync(join(dirname(path), 'afloat-desktop.1.gz'), zipped('.so man1/afloat.1\n'));
  }
  await run('find', [join(root, 'usr/share/man'), '-name', '*.1', '-delete']);

  put('usr/share/doc/afloat/copyright', asset('linux/copyright'));
  put('usr/share/doc/afloat/changelog.gz', zipped(debianChangelog(made)));
  put('usr/share/lintian/overrides/afloat', asset('linux/lintian-overrides'));
  setModes(root);
}

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) => (existsSync(folder) ? readdirSync(folder) : []);

/** @param {string} folder @returns {string[]} */
const pagesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.1'))
    .map((entry) => join(entry.parentPath, entry.name));

/**
 * Whatever the umask of who builds it. Chromium's own sandbox helper is setuid root: where ordinary users may not make
 * namespaces (Ubuntu since 24.04, hardened kernels), the page would otherwise have no sandbox and the app would not open.
 * @param {string} root
 */
function setModes(root) {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile())
      chmodSync(path, (lstatSync(path).mode & 0o111) === 0 || isLibrary(entry.name) ? 0o644 : 0o755);
  }
  chmodSync(join(root, 'usr/lib/afloat/chrome-sandbox'), 0o4755);
}

const isLibrary = (/** @type {string} */ name) => /\.so(\.\d+)*$/.test(name);
