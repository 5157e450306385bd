// Asks this computer's package manager about the package that dockerd came in: dpkg and apt here, others in their files.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ByItself, PackageFacts } from '../contract/upgrade.ts';
import type { Identification } from '../engine/ports.ts';
import { askPackageManager as ask } from './ask-package-manager.ts';
import { upgradesByItself } from './machine-look.ts';
import { livesHere } from './machine.ts';
import { readText } from './processes.ts';
import { rpmFacts } from './packages-rpm.ts';
import { snapFacts } from './packages-snap.ts';

const nothingKnown: PackageFacts = {
  manager: null,
  name: null,
  installed: null,
  candidate: null,
  held: null,
  byItself: [],
};

/**
 * Reads only: fetches no lists, and keeps apt from writing its caches, which it does for root. `store`: somebody asks for
 * what a snap would be refreshed to, which only its store knows.
 */
export async function packageFacts(
  daemon: Identification,
  { store }: { readonly store: boolean },
): Promise<PackageFacts> {
  const { pid, managerKind } = daemon;
  // An upgrade has put a new program in the place of the one that runs.
  const executable = daemon.executable?.replace(/ \(deleted\)$/, '') ?? null;
  const isHere = managerKind !== 'none' && managerKind !== 'docker-desktop' && livesHere(pid);
  if (!isHere || executable === null) return nothingKnown;
  const snap = /^(?:\/var\/lib\/snapd)?\/snap\/([^/]+)\//.exec(executable)?.[1];
  if (snap !== undefined) return snapFacts(snap, store);
  return (await debianFacts(executable)) ?? (await rpmFacts(executable)) ?? nothingKnown;
}

async function debianFacts(executable: string): Promise<PackageFacts | null> {
  // On a merged /usr the package may have it by its old path.
  const owner = await ask('/usr/bin/dpkg-query', ['-S', executable, executable.replace(/^\/usr\//, '/')]);
  const name = ownerIn(owner.stdout);
  if (name === null) return null;
  const noCaches = ['-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache='];
  const [state, policy, dump] = await Promise.all([
    ask('/usr/bin/dpkg-query', ['-W', '-f', '${Version}\\t${db:Status-Want}\\n', name]),
    ask('/usr/bin/apt-cache', [...noCaches, 'policy', name]),
    ask('/usr/bin/apt-config', ['dump']),
  ]);
  const [installed = '', want = ''] = state.stdout.trim().split('\t');
  return {
    manager: 'apt',
    name,
    installed: installed || null,
    candidate: candidateIn(policy.stdout),
    held: want === '' ? null : want === 'hold',
    byItself: whoElse(name, want === 'hold', dump.stdout),
  };
}

/** `docker-ce: /usr/bin/dockerd`; a diversion is told in another form, and an architecture may follow the name. */
export function ownerIn(said: string): string | null {
  const found = said
    .split('\n')
    .flatMap((line) => /^([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9]+)?(?:, .*)?: \//.exec(line)?.[1] ?? []);
  return found[0] ?? null;
}

/** What `apt-cache policy` would install; `(none)` where no list has it. */
export function candidateIn(said: string): string | null {
  const found = /^ {2}Candidate: (\S+)$/m.exec(said)?.[1];
  return found === undefined || found === '(none)' ? null : found;
}

function whoElse(name: string, held: boolean, dump: string): readonly ByItself[] {
  const unattended = !held && existsSync('/usr/bin/unattended-upgrade') && upgradesByItself(dump, name);
  const folder = '/etc/needrestart';
  const texts = [join(folder, 'needrestart.conf'), ...inFolder(join(folder, 'conf.d'))].map(
    (path) => readText(path) ?? '',
  );
  const restarts = existsSync('/usr/sbin/needrestart') && restartsDocker(texts);
  return [...(unattended ? ['unattended-upgrades' as const] : []), ...(restarts ? ['needrestart' as const] : [])];
}

const inFolder = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.conf'))
        .toSorted()
        .map((name) => join(folder, name))
    : [];

/**
 * Whether needrestart restarts the daemon unasked: mode `a`, and no override for docker. Without a mode in its files it
 * asks (its manual); the last word counts.
 */
export function restartsDocker(texts: readonly string[]): boolean {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => !/^\s*#/.test(line));
  const mode = lines.flatMap((line) => /^\s*\$nrconf\{restart\}\s*=\s*['"](\w)['"]/.exec(line)?.[1] ?? []).at(-1);
  const override = lines.flatMap((line) => /qr\(\^docker[^)]*\)\}?\s*=>?\s*([01])/.exec(line)?.[1] ?? []).at(-1);
  return mode === 'a' && override !== '0';
}
