// Unpacks Debian packages into a folder of ours, with lists of our own: the machine's package state is never touched.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';
import { StepError } from './say.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The mirror that this machine's own apt takes Debian from. */
function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  for (const file of ['/etc/apt/sources.list', ...files].filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '');
    const addresses = file.endsWith('.sources')
      ? [...text.matchAll(/^URIs:((?:.*\n?)(?:[ \t]+\S.*\n?)*)/gim)].flatMap(([, list = '']) =>
          list.trim().split(/\s+/),
        )
      : [...text.matchAll(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)/gm)].map(([, address = '']) => address);
    const found = addresses.find((address) => /\/debian\/?$/.test(address));
    if (found) return found;
  }
  throw new StepError(
    'this machine has no Debian package source, and the Docker daemons of tests and sandbox come from Debian',
    {
      todo: 'set AFLOAT_ENGINES to the path of an engines.json of your own (its shape: scripts/lib/engines.mjs)',
    },
  );
}

/**
 * Opens a private apt below `work`. Only its lists, cache and log are ours; proxy settings and passwords stay the machine's.
 * @param {string} work an empty folder, to be removed by the caller
 * @param {readonly string[]} suites such as `trixie`
 */
export async function openPrivateApt(work, suites) {
  const state = join(work, 'apt');
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(state, 'cache', 'archives', 'partial'), { recursive: true });
  await mkdir(join(state, 'parts'));
  const signed = existsSync(keyring) ? ` [signed-by=${keyring}]` : '';
  const source = mirror();
  await writeFile(
    join(state, 'sources.list'),
    suites.map((suite) => `deb${signed} ${source} ${suite} main\n`).join(''),
  );
  // The hooks that a desktop adds to apt speak to services of the machine: they are not for us.
  const settings = [
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    `Dir::Etc::sourcelist "${join(state, 'sources.list')}";`,
    `Dir::Etc::sourceparts "${join(state, 'parts')}";`,
    `Dir::State::lists "${join(state, 'lists')}";`,
    `Dir::Cache "${join(state, 'cache')}";`,
    `Dir::Log "${state}";`,
    'APT::Sandbox::User "root";',
    'APT::Get::List-Cleanup "false";',
    'Acquire::Languages "none";',
    'Acquire::Retries "2";',
    'Acquire::http::Timeout "30";',
  ];
  await writeFile(join(state, 'apt.conf'), `${settings.join('\n')}\n`);
  const env = { ...process.env, APT_CONFIG: join(state, 'apt.conf'), LC_ALL: 'C' };
  const todo = 'check that the Debian mirror of this machine can be reached, then run this again';
  await run('apt-get', ['update', '-qq'], { env, failed: 'the package lists of the engines could not be had', todo });

  return {
    /**
     * The newest version of a package in each suite.
     * @param {string} name
     * @returns {Promise<Map<string, string>>} suite to version
     */
    async versions(name) {
      const text = await run('apt-cache', ['madison', name], { env });
      /** @type {Map<string, string>} */
      const found = new Map();
      for (const line of text.split('\n')) {
        const [, version, origin = ''] = line.split('|').map((part) => part.trim());
        const suite = origin
          .split(' ')
          .find((word) => word.endsWith('/main'))
          ?.slice(0, -'/main'.length);
        if (version && suite && !found.has(suite)) found.set(suite, version);
      }
      return found;
    },
    /**
     * Downloads one package, verified by apt, and unpacks its files without running anything of it.
     * @param {string} name
     * @param {string} version
     * @param {string} folder
     */
    async unpack(name, version, folder) {
      const downloads = join(work, `${name}-${version.replaceAll(/[^\w.+-]/g, '_')}`);
      await mkdir(downloads);
      await run('apt-get', ['download', '-qq', `${name}=${version}`], {
        env,
        cwd: downloads,
        failed: `${name} ${version} could not be had`,
        todo,
      });
      const file = (await readdir(downloads)).find((entry) => entry.endsWith('.deb'));
      if (file === undefined) throw new StepError(`apt-get download ${name}=${version} left no file`);
      await mkdir(folder, { recursive: true });
      await run('dpkg', ['-x', join(downloads, file), folder]);
      await rm(downloads, { recursive: true });
    },
  };
}
