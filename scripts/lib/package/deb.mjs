// Makes the Debian package: the app, and around it everything that a desktop and a shell expect of a program.

import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkout } from '../checkout.mjs';
import { run } from '../run.mjs';
import { dependsOf } from './depends.mjs';
import { layOut } from './tree.mjs';

// The project has no address yet; this one says so (RFC 2606).
const maintainer = 'The Afloat authors <afloat@afloat.invalid>';

/** @type {Readonly<Record<string, string>>} */
const architectures = { x64: 'amd64', arm64: 'arm64' };

/**
 * @param {object} wanted
 * @param {string} wanted.app the unpacked app
 * @param {string} wanted.output the folder for the package
 * @param {string} wanted.version
 * @param {number} wanted.date in seconds since 1970
 * @param {boolean} wanted.small takes the time to make it small
 * @returns {Promise<string>} the package
 */
export async function makeDeb({ app, output, version, date, small }) {
  const architecture = architectures[process.arch] ?? process.arch;
  const file = join(output, `afloat_${version}_${architecture}.deb`);
  const root = await mkdtemp(join(output, '.deb-'));
  try {
    await layOut(root, { app, version, date, maintainer });
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
    const kilobytes = files.reduce((sum, path) => sum + Math.ceil(statSync(path).size / 1024), 0);
    mkdirSync(join(root, 'DEBIAN'));
    writeFileSync(join(root, 'DEBIAN/control'), control({ version, architecture, kilobytes, depends: dependsOf(app) }));
    writeFileSync(
      join(root, 'DEBIAN/md5sums'),
      files.map((path) => `${md5(path)}  ${relative(root, path)}\n`).join(''),
    );
    cpSync(join(checkout, 'assets/linux/postrm'), join(root, 'DEBIAN/postrm'));
    chmodSync(join(root, 'DEBIAN'), 0o755);
    for (const name of ['control', 'md5sums']) chmodSync(join(root, 'DEBIAN', name), 0o644);
    chmodSync(join(root, 'DEBIAN/postrm'), 0o755);
    await run('find', [root, '-exec', 'touch', '--no-dereference', `--date=@${date}`, '{}', '+']);
    await run('dpkg-deb', ['--root-owner-group', ...(small ? ['-Zxz'] : ['-Zgzip', '-z1']), '--build', root, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date) },
      failed: 'the Debian package could not be made',
      timeoutMs: 600_000,
    });
    return file;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** dpkg itself knows files by this sum. @param {string} path */
const md5 = (path) => createHash('md5').update(readFileSync(path)).digest('hex');

/** @param {{ version: string, architecture: string, kilobytes: number, depends: readonly string[] }} facts */
const control = ({ version, architecture, kilobytes, depends }) => `Package: afloat
Version: ${version}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Recommends: pkexec | policykit-1, xdg-utils
Suggests: docker-ce | docker.io, polkit-1-auth-agent
Enhances: docker-ce, docker.io
Section: admin
Priority: optional
Description: change the Docker daemon without losing a container
 Afloat sits in the tray and has a preferences window and a command line for
 the Docker daemon on this computer. It turns live restore on and off, edits
 daemon.json, reloads or restarts the daemon only where that is needed, and
 proves that it took.
 .
 Before anything happens it says which containers will survive. If the daemon
 does not come up or does not take a value, everything is put back.
`;
