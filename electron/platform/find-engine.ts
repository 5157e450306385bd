// Finds the programs a private daemon is made of, without starting or changing any of them.
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Everything a sandbox daemon needs, as absolute paths. */
export type EnginePrograms = {
  readonly dockerd: string;
  /** Folders that come first in PATH: dockerd finds containerd, runc and docker-proxy there. */
  readonly path: readonly string[];
  readonly libraryPath: readonly string[];
  /** A static busybox for the containers of the sandbox. */
  readonly busybox: string;
};

const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * From `AFLOAT_ENGINES` (a checkout's unpacked engines; `version` picks one, the newest otherwise), else what is
 * installed. Missing ones are named, so that a user can be told.
 */
export function findEngine(
  env: NodeJS.ProcessEnv,
  version: string | null = null,
): { readonly found: EnginePrograms } | { readonly missing: readonly string[] } {
  const folders = [...(env['PATH'] ?? '').split(delimiter), ...systemFolders].filter(Boolean);
  const inFolders = (name: string, more: readonly string[] = []): string | null =>
    [...more, ...folders].map((folder) => join(folder, name)).find(isExecutable) ?? null;
  const unpacked = unpackedEngine(env['AFLOAT_ENGINES'], version);
  const path = unpacked?.path ?? [];
  const dockerd = unpacked?.dockerd ?? inFolders('dockerd');
  const busybox = unpacked?.busybox ?? inFolders('busybox');
  const needed = { containerd: path, runc: path, unshare: [], nsenter: [], ip: [], iptables: [] };
  const missing = Object.entries(needed).flatMap(([name, more]) => (inFolders(name, more) === null ? [name] : []));
  if (process.getuid?.() !== 0) missing.unshift('root');
  if (busybox === null) missing.unshift('busybox (static)');
  if (dockerd === null) missing.unshift('dockerd');
  if (dockerd === null || busybox === null || missing.length > 0) return { missing };
  return { found: { dockerd, path: [...path, dirname(dockerd)], libraryPath: unpacked?.libraryPath ?? [], busybox } };
}

type Unpacked = {
  readonly engines: readonly {
    readonly version: string;
    readonly dockerd: string;
    readonly path: string[];
    readonly libraryPath: string[];
  }[];
  readonly busybox: string;
};

function unpackedEngine(file: string | undefined, version: string | null) {
  if (!file) return null;
  try {
    const { engines, busybox } = JSON.parse(readFileSync(file, 'utf8')) as Unpacked;
    const engine = version === null ? engines.at(-1) : engines.find((one) => one.version.startsWith(version));
    return engine ? { ...engine, busybox } : null;
  } catch {
    // A list that cannot be read is none: then only what is installed counts.
    return null;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: the next folder may have it.
    return false;
  }
}
