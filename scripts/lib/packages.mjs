// Makes the system libraries and tools of a Debian-like machine ready, without starting or restarting any service.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { attempt, run } from './run.mjs';
import { say, StepError } from './say.mjs';

/** What Electron itself needs to open a window. Alternatives (`a|b`) are names of the same thing on different releases. */
export const windowLibraries = [
  'libgtk-3-0t64|libgtk-3-0',
  'libnss3',
  'libasound2t64|libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'libatspi2.0-0t64|libatspi2.0-0',
];

/** What a display that nobody sees needs: a server, a session bus, fonts (Cantarell is GNOME's, Noto CJK has Japanese). */
export const virtualDisplay = [
  'xvfb',
  'xauth',
  'dbus',
  'dbus-x11',
  'fonts-dejavu-core',
  'fonts-noto-cjk',
  'fonts-cantarell',
];

/** What a private Docker daemon in namespaces of its own needs from the system; never an engine. */
export const daemonTools = [
  'iptables',
  'iproute2',
  'util-linux',
  'xz-utils',
  'acl',
  'attr',
  'e2fsprogs',
  'libdevmapper1.02.1',
  'libseccomp2',
  'libsystemd0',
];

/** What the tests' own machines boot, in namespaces: never this machine's init. */
export const machineTools = [
  'systemd',
  'dbus',
  'sysvinit-utils',
  'passwd',
  'libpam-systemd',
  'polkitd|policykit-1',
  'pkexec|policykit-1',
  // A rootless daemon's namespaces and network.
  'uidmap',
  'slirp4netns',
  'rootlesskit',
  'dbus-user-session',
  // Runs an exported task file, and the program in it.
  'python3',
  'ansible-core|ansible',
];

/** A desktop for `npm run desktop-demo`: a panel, somebody who asks for passwords, hands and eyes. */
export const desktopTools = [
  'xvfb',
  'xfce4-panel',
  'policykit-1-gnome|mate-polkit',
  'xdotool',
  'imagemagick',
  'x11-xserver-utils',
];

/** What checks a package of ours, and what the package itself asks for. */
export const packageTools = ['lintian', 'desktop-file-utils', 'appstream', ...windowLibraries];

/** Packages that set-up never installs, whatever asks for them. */
const engines = /^(docker|containerd|runc$|moby|podman|crun$|cri-o)/;

const policy = '/usr/sbin/policy-rc.d';

/** @param {string[]} names @returns {Promise<Set<string>>} those of the names that are installed */
async function installed(names) {
  const { stdout } = await attempt('dpkg-query', ['-W', '-f=${db:Status-Status} ${Package}\\n', ...names]);
  return new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length)),
  );
}

/** @returns {Promise<Set<string>>} those of the names that apt could install */
async function available(/** @type {string[]} */ names) {
  const { stdout } = await attempt('apt-cache', ['policy', ...names]);
  const found = new Set();
  let name = '';
  for (const line of stdout.split('\n')) {
    if (/^\S+:$/.test(line)) name = line.slice(0, -1).replace(/:\w+$/, '');
    else if (/^\s+Candidate: (?!\(none\))/.test(line)) found.add(name);
  }
  return found;
}

/** Whether apt's package lists are missing or older than a day. */
function listsAreOld() {
  const folder = '/var/lib/apt/lists';
  if (!existsSync(folder)) return true;
  const lists = readdirSync(folder).filter((name) => name.includes('_Packages'));
  if (lists.length === 0) return true;
  // The lists keep the server's date; apt touches the folder when it has updated.
  const checked = [folder, `${folder}/partial`]
    .filter((path) => existsSync(path))
    .map((path) => statSync(path).mtimeMs);
  return Date.now() - Math.max(...checked) > 24 * 3600_000;
}

/**
 * Runs `work` while package scripts are told not to start, stop or restart any service. An existing policy-rc.d is the
 * machine's own answer to that question: it is kept when it refuses, and put back byte for byte when it does not.
 * @template T
 * @param {() => Promise<T>} work
 */
async function withoutServices(work) {
  const before = existsSync(policy) ? { bytes: await readFile(policy), mode: statSync(policy).mode } : undefined;
  if (before) {
    const answer = await attempt(policy, ['afloat-question', 'restart']);
    if (answer.code === 101) return work();
  }
  await writeFile(policy, '#!/bin/sh\n# Temporary: no service is started while libraries are installed.\nexit 101\n', {
    mode: 0o755,
  });
  const restore = () => (before ? writeFile(policy, before.bytes, { mode: before.mode }) : rm(policy, { force: true }));
  /** @param {NodeJS.Signals} signal */
  const interrupted = (signal) => void restore().finally(() => process.kill(process.pid, signal));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await restore();
  }
}

/** Whether this is a machine with dpkg and apt. */
export function hasApt() {
  if (process.platform !== 'linux') return false;
  const path = (process.env['PATH'] ?? '').split(delimiter);
  return ['dpkg-query', 'apt-get', 'apt-cache'].every((tool) => path.some((folder) => existsSync(join(folder, tool))));
}

/**
 * Installs those of the packages that are missing. As root on Debian this is done; an ordinary user is told the one
 * command; elsewhere the names are said and the work goes on.
 * @param {readonly string[]} wanted names, with `|` between alternatives
 * @param {{ what: string, optional?: boolean }} options `what` names the set in messages
 */
export async function ensurePackages(wanted, options) {
  if (process.platform !== 'linux') return;
  if (!hasApt()) {
    const names = wanted.map((entry) => entry.split('|').at(-1)).join(' ');
    say('set-up', `${options.what}: no apt here; if something is missing, install what Debian calls ${names}`);
    return;
  }
  const present = await installed(wanted.flatMap((entry) => entry.split('|')));
  const missing = wanted.filter((entry) => !entry.split('|').some((name) => present.has(name)));
  if (missing.length === 0) return;

  const root = process.getuid?.() === 0;
  const refresh = listsAreOld();
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1', LC_ALL: 'C' };
  if (root && refresh) {
    say('set-up', `${options.what}: refreshing the package lists (apt-get update)`);
    await refreshLists(environment);
  }
  const candidates = await available(missing.flatMap((entry) => entry.split('|')));
  const names = missing.map(
    (entry) => entry.split('|').find((name) => candidates.has(name)) ?? entry.split('|').at(-1) ?? entry,
  );
  for (const name of names) {
    if (engines.test(name))
      throw new StepError(`${name} is an engine, and set-up never installs one; nothing was installed`);
  }
  if (!root) {
    // Run level 1 makes Debian's package scripts leave services alone.
    throw new StepError(
      `${options.what}: ${names.join(' ')} ${names.length === 1 ? 'is' : 'are'} missing; nothing was changed`,
      {
        todo: `sudo sh -c 'export RUNLEVEL=1 NEEDRESTART_SUSPEND=1; apt-get update && apt-get install -y --no-install-recommends --no-remove --no-upgrade ${names.join(' ')}', then run this again`,
      },
    );
  }
  await install(names, options.what, environment);
}

/** @param {NodeJS.ProcessEnv} env */
async function refreshLists(env) {
  const { code, stderr } = await attempt(
    'apt-get',
    ['update', '-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'],
    { env },
  );
  // One unreachable source among several is common and need not matter: whether apt can install is seen right after.
  if (code !== 0)
    say('set-up', `package lists: not all could be refreshed (${stderr.trim().split('\n')[0]}); going on`);
}

/** @param {string[]} names @param {string} what @param {NodeJS.ProcessEnv} env */
async function install(names, what, env) {
  const args = ['install', '-y', '--no-install-recommends', '--no-remove', '--no-upgrade', ...names];
  const todo = `see what apt says: apt-get install --no-install-recommends --no-remove ${names.join(' ')}`;
  const plan = await run('apt-get', ['-s', ...args], {
    env,
    failed: `${what}: apt cannot install them; nothing was changed`,
    todo,
  });
  const planned = [...plan.matchAll(/^Inst (\S+)( \[)?/gm)];
  const wrong = planned.filter(([, name = '', upgrade]) => engines.test(name) || upgrade).map(([, name]) => name);
  if (wrong.length > 0) {
    throw new StepError(
      `${what}: apt would also install an engine or upgrade a package (${wrong.join(' ')}); nothing was changed`,
      { todo },
    );
  }
  say('set-up', `${what}: installing ${names.join(' ')} (${planned.length} packages)`);
  const started = Date.now();
  await withoutServices(async () => {
    const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=120', ...args];
    // Lists that are a few hours old can name files that the mirror has replaced: those are met with fresh lists.
    if ((await attempt('apt-get', [...quiet, '--download-only'], { env })).code !== 0) await refreshLists(env);
    await run('apt-get', quiet, {
      env,
      failed: `${what}: apt-get failed; packages may be half installed`,
      todo: `${todo}; \`dpkg --configure -a\` finishes half-installed packages`,
    });
  });
  say('set-up', `${what}: ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** @returns {string} the id of this system, such as `debian 12` */
export function systemName() {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    /** @param {string} key */
    const value = (key) => text.match(new RegExp(`^${key}="?([^"\\n]*)`, 'm'))?.[1] ?? '';
    return `${value('ID')} ${value('VERSION_ID')}`.trim();
  } catch {
    // No os-release: not a system that set-up knows.
    return process.platform;
  }
}
