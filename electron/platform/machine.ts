// Gathers what checks need to know about this computer: files, users, networks, ports. Looks only, changes nothing.
import { constants, readlinkSync } from 'node:fs';
import { access, readdir, readFile, readlink, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Machine, PathFacts } from '../engine/machine.ts';
import type { Identification } from '../engine/ports.ts';
import { run } from './run.ts';

const usualDataRoot = '/var/lib/docker';

/** True where a daemon sees what we see; one that does not run will be started here. */
export function livesHere(pid: number | null): boolean {
  if (pid === null) return true;
  return ['net', 'mnt'].every((name) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/${name}`) === readlinkSync(`/proc/self/ns/${name}`);
    } catch {
      // Root's process, looked at by a user: nothing shows another namespace, and `access` tells where that is known.
      return true;
    }
  });
}

/** The computer as seen from here; null where it cannot be looked at well enough to say what is missing. */
export async function machineFacts(
  paths: readonly string[],
  daemon: Pick<Identification, 'pid' | 'dataRoot'>,
): Promise<Machine | null> {
  const [interfaces, routes] = await Promise.all([interfacesHere(), routesHere()]);
  if (interfaces === null || routes === null) return null;
  const [passwd, group, subuid, subgid, nsswitch] = await Promise.all(
    ['passwd', 'group', 'subuid', 'subgid', 'nsswitch.conf'].map((name) => textOf(`/etc/${name}`)),
  );
  const wanted = [...new Set(paths)];
  const facts = await Promise.all(wanted.map(async (path) => [path, await pathFacts(path)] as const));
  const filesystems = (await textOf('/proc/filesystems')).split('\n').flatMap((line) => line.split('\t')[1] ?? []);
  return {
    users: numbersIn(passwd ?? ''),
    groups: numbersIn(group ?? ''),
    usersAreAll: !/^(?:passwd|group):.*\b(?:ldap|sss|nis|winbind)\b/m.test(nsswitch ?? ''),
    subordinate: { users: namesIn(subuid ?? ''), groups: namesIn(subgid ?? '') },
    interfaces,
    routes,
    listening: await listeningHere(daemon.pid),
    paths: Object.fromEntries(facts),
    plugins: await pluginsHere(),
    systemd: (await pathFacts('/run/systemd/system')).type === 'folder',
    mostOpenFiles: Number(await textOf('/proc/sys/fs/nr_open')) || null,
    cgroup: (await pathFacts('/sys/fs/cgroup/cgroup.controllers')).type === 'file' ? 2 : 1,
    filesystems,
    backing: await backingOf(daemon.dataRoot ?? usualDataRoot),
  };
}

/** Empty where it cannot be read. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** `name:x:NUMBER:` of passwd and group. */
export const numbersIn = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text.split('\n').flatMap((line): [string, number][] => {
      const [name, , number] = line.split(':');
      return name && number ? [[name, Number(number)]] : [];
    }),
  );

const namesIn = (text: string): readonly string[] => [
  ...new Set(text.split('\n').flatMap((line) => (line.includes(':') ? (line.split(':')[0] ?? []) : []))),
];

const contentLimit = 1024 * 1024;

async function pathFacts(path: string): Promise<PathFacts> {
  try {
    const found = await stat(path);
    const type = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSocket() ? 'socket' : 'other';
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    return { type, executable, holds: type === 'file' ? await contentOf(path, found.size) : null };
  } catch (error) {
    // Anything but a missing name means that we may not look: that says nothing about the daemon, which is root.
    const code = (error as NodeJS.ErrnoException).code;
    return { type: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unknown', executable: false, holds: null };
  }
}

/** Null where it is too large or cannot be read. */
async function contentOf(path: string, size: number): Promise<PathFacts['holds']> {
  const text = size > contentLimit ? null : await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  if (/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/.test(text)) return 'certificate';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return 'key';
  try {
    JSON.parse(text);
    return 'json';
  } catch {
    // That it is none is the answer.
    return 'other';
  }
}

type Link = {
  readonly ifname: string;
  readonly linkinfo?: { readonly info_kind?: string };
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number; readonly scope?: string }[];
};

async function interfacesHere(): Promise<Machine['interfaces'] | null> {
  const links = await jsonOf<readonly Link[]>(['-d', 'address', 'show']);
  return (
    links?.map(({ ifname, linkinfo, addr_info: addresses = [] }) => ({
      name: ifname,
      bridge: linkinfo?.info_kind === 'bridge',
      addresses: addresses.flatMap(({ local, prefixlen, scope }) =>
        local === undefined || scope === 'link' ? [] : [`${local}/${prefixlen}`],
      ),
    })) ?? null
  );
}

type Route = { readonly dst: string; readonly dev?: string; readonly gateway?: string };

/** Only those through a gateway: the others are networks of interfaces. */
async function routesHere(): Promise<Machine['routes'] | null> {
  const routes = await jsonOf<readonly Route[]>(['-4', 'route', 'show', 'table', 'main']);
  return (
    routes?.flatMap(({ dst, dev, gateway }) =>
      dst === 'default' || gateway === undefined
        ? []
        : [{ to: dst.includes('/') ? dst : `${dst}/32`, through: dev ?? '' }],
    ) ?? null
  );
}

async function jsonOf<T>(args: readonly string[]): Promise<T | null> {
  const { code, stdout } = await run('ip', ['-j', ...args], { timeoutMs: 5_000 });
  if (code !== 0) return null;
  try {
    return JSON.parse(stdout) as T;
  } catch {
    // An iproute2 without JSON.
    return null;
  }
}

const listens = '0A';

async function listeningHere(ownPid: number | null): Promise<Machine['listening']> {
  const own = ownPid === null ? new Set<string>() : await socketsOf(ownPid);
  // Whose sockets cannot be seen may be the one that listens.
  if (own === null) return [];
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => textOf(`/proc/net/${name}`)));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const fields = line.trim().split(/\s+/);
        const [address = '', port = ''] = (fields[1] ?? '').split(':');
        if (fields[3] !== listens || own.has(fields[9] ?? '')) return [];
        return [{ address: addressFrom(address), port: Number.parseInt(port, 16) }];
      }),
  );
}

/** The numbers of a process's sockets, as far as they may be looked at: a daemon does not take its own ports. */
async function socketsOf(pid: number): Promise<Set<string> | null> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const links = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** The kernel writes words of four bytes, the lowest byte first. */
export function addressFrom(hex: string): string {
  const bytes = hex.match(/.{8}/g)?.flatMap((word) => word.match(/../g)?.toReversed() ?? []) ?? [];
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.every((byte) => byte === '00')) return '::';
  const mapped = bytes.slice(0, 12).join('') === '00000000000000000000ffff';
  if (mapped)
    return bytes
      .slice(12)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  return Array.from({ length: 8 }, (_, i) =>
    Number.parseInt(`${bytes[2 * i]}${bytes[2 * i + 1]}`, 16).toString(16),
  ).join(':');
}

const pluginFolders = ['/run/docker/plugins', '/etc/docker/plugins', '/usr/lib/docker/plugins'];

/** `NAME.sock`, `NAME.spec` and `NAME.json`, also in a folder of their own. */
async function pluginsHere(): Promise<readonly string[]> {
  const found = await Promise.all(
    pluginFolders.map(async (folder) => {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      return names.flatMap((name) => /([^/]+)\.(?:sock|spec|json)$/.exec(name)?.[1] ?? []);
    }),
  );
  return [...new Set(found.flat())];
}

/** Magic numbers of the kernel's statfs. */
const magic: Readonly<Record<number, string>> = {
  0x9123683e: 'btrfs',
  0x2fc12fc1: 'zfs',
  0x58465342: 'xfs',
  0xef53: 'ext4',
  0x01021994: 'tmpfs',
  0x794c7630: 'overlay',
};

/** Of the nearest folder above that is there. */
async function backingOf(path: string): Promise<string | null> {
  const found = await statfs(path).catch(() => null);
  if (found !== null) return magic[found.type] ?? 'other';
  const parent = dirname(path);
  return parent === path ? null : backingOf(parent);
}
