// What checks need to know about the computer that a daemon runs on: gathered by the platform, judged here.
import type { JsonObject } from '../contract/json.ts';
import type { ConfigFile } from '../contract/snapshot.ts';
import type { Identification, Platform } from './ports.ts';

/** What stands at a path. `unknown`: it may not be looked at. */
export type PathFacts = {
  readonly type: 'file' | 'folder' | 'socket' | 'other' | 'missing' | 'unknown';
  readonly executable: boolean;
  /** What a small file holds; null: it is none, or it cannot be read. */
  readonly holds: 'json' | 'certificate' | 'key' | 'other' | null;
};

/** One computer, as one daemon sees it, at one moment. */
export type Machine = {
  /** Names and numbers of /etc/passwd and /etc/group; null where other sources hold users too. */
  readonly users: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
  /** False where users also come from elsewhere (LDAP and the like): then a missing one is no finding. */
  readonly usersAreAll: boolean;
  /** Users with ranges in /etc/subuid, groups with ranges in /etc/subgid. */
  readonly subordinate: { readonly users: readonly string[]; readonly groups: readonly string[] };
  readonly interfaces: readonly {
    readonly name: string;
    readonly bridge: boolean;
    /** With prefix: `192.168.50.10/24`. */
    readonly addresses: readonly string[];
  }[];
  /** Networks that are reached through an interface, the default route not among them. */
  readonly routes: readonly { readonly to: string; readonly through: string }[];
  /** TCP sockets that listen, those of the daemon itself left out. */
  readonly listening: readonly { readonly address: string; readonly port: number }[];
  /** Only those that were asked for. */
  readonly paths: Readonly<Record<string, PathFacts>>;
  /** Names of plugins that announce themselves by a file. */
  readonly plugins: readonly string[];
  readonly systemd: boolean;
  /** `fs.nr_open`: the highest limit of open files that any process can have; null where it cannot be read. */
  readonly mostOpenFiles: number | null;
  readonly cgroup: 1 | 2;
  /** Names of file systems and drivers that the kernel has now. */
  readonly filesystems: readonly string[];
  /** File system below the data root; null where it cannot be told. */
  readonly backing: string | null;
};

/** Every address of this computer. */
export const isAny = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** Whether a program can listen at an address here. */
export const isLocal = (address: string, { interfaces }: Pick<Machine, 'interfaces'>): boolean =>
  isAny(address) ||
  address.startsWith('127.') ||
  interfaces.some(({ addresses }) => addresses.some((one) => one.split('/')[0] === address));

/** Where a daemon looks for its certificate or key that nobody named: in its user's home. */
export function usualCertificate(name: 'ca' | 'cert' | 'key'): string {
  const home = '/root';
  return `${home}/.docker/${name}.pem`;
}

/** Where log messages go that name no place. */
export const usualSyslogSockets = ['/dev/log', '/var/run/syslog', '/var/run/log'];

/** Looked at whatever a configuration names: what drivers need, and certificates that nobody named. */
const usualPaths = [
  ...usualSyslogSockets,
  '/dev/fuse',
  '/usr/bin/fuse-overlayfs',
  '/usr/local/bin/fuse-overlayfs',
  usualCertificate('cert'),
  usualCertificate('key'),
];

const wellKnown = [
  'userland-proxy-path',
  'init-path',
  'seccomp-profile',
  'tlscacert',
  'tlscert',
  'tlskey',
  'data-root',
];

/** The paths that have to be looked at for a configuration, with the folders above them. */
export function pathsIn(values: JsonObject): readonly string[] {
  const named = [...wellKnown, 'exec-root', 'pidfile', 'containerd', 'graph'].flatMap((key) => textOf(values[key]));
  const runtimes = Object.values(objectOf(values['runtimes'])).flatMap((runtime) =>
    ['path', 'runtimeType'].flatMap((key) => textOf(objectOf(runtime)[key])),
  );
  const sockets = (Array.isArray(values['hosts']) ? values['hosts'] : []).flatMap((host) =>
    typeof host === 'string' && host.startsWith('unix://') ? [host.slice('unix://'.length)] : [],
  );
  const logs = textOf(objectOf(values['log-opts'])['syslog-address']).flatMap((address) =>
    /^unix(?:gram)?:\/\//.test(address) ? [address.replace(/^unix(?:gram)?:\/\//, '')] : [],
  );
  const all = [...named, ...runtimes, ...sockets, ...logs].filter((path) => path.startsWith('/'));
  return [...new Set([...usualPaths, ...all.flatMap((path) => [path, ...foldersOf(path)])])];
}

/** All folders above a path, the nearest first. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').filter(Boolean).slice(0, -1);
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
}

/** This computer as the daemon with this file would find it; null before anybody knows which daemon. */
export async function machineFor(
  platform: Pick<Platform, 'machine'>,
  config: ConfigFile,
  daemon: Identification | null,
): Promise<Machine | null> {
  return daemon && platform.machine(pathsIn(config.state === 'read' ? config.values : {}), daemon);
}

const textOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);
const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
