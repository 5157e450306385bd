// Asks rpm and dnf about the package that dockerd came in; what holds it, and who upgrades it, is read from dnf's files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageFacts } from '../contract/upgrade.ts';
import { askPackageManager as ask } from './ask-package-manager.ts';
import { readText } from './processes.ts';

/** Null where there is no rpm, or the program is of no package. Fetches nothing (`-C`: from dnf's cache alone). */
export async function rpmFacts(executable: string): Promise<PackageFacts | null> {
  const format = '%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n';
  const owner = ownerIn((await ask('/usr/bin/rpm', ['-qf', '--queryformat', format, executable])).stdout);
  if (owner === null) return null;
  const { name, version } = owner;
  const wanted = ['-q', '-C', 'repoquery', '--latest-limit', '1', '--queryformat', '%{epoch}:%{version}-%{release}\\n'];
  const newest = await ask('/usr/bin/dnf', [...wanted, name]);
  const read = (path: string): string => readText(path) ?? '';
  const held =
    locksIn(read('/etc/dnf/plugins/versionlock.list'), read('/etc/dnf/versionlock.toml')).some(namesIt(name)) ||
    excludesIn(read('/etc/dnf/dnf.conf')).some(namesIt(name));
  const upgrades = !held && upgradesByDnf(enabledTimers(), read('/etc/dnf/automatic.conf'));
  return {
    manager: 'dnf',
    name,
    installed: version,
    candidate: candidateIn(newest.stdout),
    held,
    byItself: upgrades ? ['dnf-automatic'] : [],
  };
}

/** `docker-ce<TAB>3:28.5.2-1.fc43`; `file /usr/bin/dockerd is not owned by any package` is no package. */
export function ownerIn(said: string): { readonly name: string; readonly version: string } | null {
  const [, name, version] = /^([A-Za-z0-9][\w+.-]*)\t(\S+)$/m.exec(said) ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

/** The only line that is a version; empty lines are of a dnf that ends lines itself. An epoch of 0 is none, as rpm shows it. */
export function candidateIn(said: string): string | null {
  const version = said
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /^\d+:[\w.+~^]+-[\w.+~^]+$/.test(line));
  return version?.replace(/^0:/, '') ?? null;
}

/**
 * Names of locked packages, as patterns. dnf 4 keeps `docker-ce-3:28.5.1-1.fc40.*` a line, and yum `3:docker-ce-28.5.1-1.*`;
 * one version is excluded by a `!`, which holds nothing. dnf 5 keeps TOML with `name = "docker-ce"`.
 */
export function locksIn(list: string, toml: string): readonly string[] {
  const old = list
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim().replace(/^\d+:/, ''))
    .filter((line) => line !== '' && !line.startsWith('!'))
    .map((line) => /^(.+?)-(?:\d+:)?\d[^-]*(?:-[^-]+)?$/.exec(line)?.[1] ?? line);
  const names = [...toml.matchAll(/^\s*name\s*=\s*["']([^"']+)["']/gm)].flatMap(([, name]) => name ?? []);
  return [...old, ...names];
}

/** `exclude=docker-ce* containerd.io`, and the newer name of that option; commas separate, too. */
export const excludesIn = (conf: string): readonly string[] =>
  [...conf.matchAll(/^\s*(?:exclude|excludepkgs)\s*=\s*(.*)$/gm)].flatMap(([, names]) =>
    (names ?? '').split(/[\s,]+/).filter(Boolean),
  );

/** By a pattern of a shell, of which only `*` and `?` matter here. */
export function namesIt(name: string): (pattern: string) => boolean {
  return (pattern) => {
    const text = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${text}$`).test(name);
  };
}

const timerFolder = '/etc/systemd/system/timers.target.wants';
const timers = ['dnf-automatic.timer', 'dnf-automatic-install.timer', 'dnf5-automatic.timer'] as const;
type Timer = (typeof timers)[number];

const enabledTimers = (): readonly Timer[] => timers.filter((name) => existsSync(join(timerFolder, name)));

/**
 * Whether dnf's own service installs: by a timer that says so itself, else by `apply_updates` of its file. One that takes
 * security updates alone may take this package or not: it counts.
 */
export function upgradesByDnf(enabled: readonly Timer[], conf: string): boolean {
  if (enabled.includes('dnf-automatic-install.timer')) return true;
  const applies = [...conf.matchAll(/^\s*apply_updates\s*=\s*(\S+)/gm)].at(-1)?.[1] ?? 'no';
  return enabled.length > 0 && /^(yes|true|1|on)$/i.test(applies);
}
