// Shows which process, file and service manager belong to an endpoint, or says why that cannot be shown. Connects to nothing.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { ReadOnlyReason } from '../contract/problem.ts';
import type { Access } from '../contract/snapshot.ts';
import { plainText } from './plain-file.ts';
import { seesSameFile } from './process-files.ts';
import {
  ancestorsOf,
  dockerdProcesses,
  listeningInodes,
  namespacesOf,
  openFiles,
  type ProcessView,
} from './processes.ts';

/** A daemon's process and what it shows of itself. */
export type Traced = {
  readonly process: ProcessView;
  readonly configPath: string;
  readonly configPathGiven: boolean;
  readonly dataRoot: string | null;
  readonly access: Access;
};

const proven: Access = { kind: 'proven' };
export const readOnly = (reason: ReadOnlyReason, detail = ''): Access => ({ kind: 'read-only', reason, detail });

/** The dockerd behind a socket; null where none runs. With more than one, or one that cannot be proven, `access` says so. */
export function trace(socketPath: string): Traced | null {
  const daemons = dockerdProcesses();
  const matches = samePath(socketPath);
  const holders = daemons.filter((process) => holds(process, socketPath, matches));
  const [holder, ...more] = holders;
  if (holder)
    return tracedAs(holder, more.length > 0 ? readOnly('ambiguous', pidsOf(holders)) : accessTo(holder, socketPath));
  // Descriptors of another user's process cannot be looked at; then its own words must do, for looking only.
  const [likely, ...others] = daemons.filter(
    (process) => openFiles(process.pid) === null && couldBeOurs(process, socketPath) && claims(process, matches),
  );
  if (!likely) return null;
  return tracedAs(likely, readOnly(others.length > 0 ? 'ambiguous' : 'not-permitted', pidsOf([likely, ...others])));
}

/** The dockerd behind a socket, if everything shows that it is one and ours to signal. */
export function provenProcess(socketPath: string): ProcessView | null {
  const traced = trace(socketPath);
  return traced?.access.kind === 'proven' ? traced.process : null;
}

/**
 * True while some process could be the daemon of this socket: one that holds it, or one that is just starting. A daemon
 * of a container or a program that only bears the name must not count: our connection would start a sleeping one.
 */
export function couldRun(socketPath: string): boolean {
  const matches = samePath(socketPath);
  return dockerdProcesses().some(
    (process) => holds(process, socketPath, matches) || (couldBeOurs(process, socketPath) && claims(process, matches)),
  );
}

const pidsOf = (processes: readonly ProcessView[]): string => processes.map(({ pid }) => pid).join(', ');

function holds(process: ProcessView, socketPath: string, matches: (path: string) => boolean): boolean {
  const inodes = new Set(listeningInodes(process.pid, matches).map((inode) => `socket:[${inode}]`));
  if (inodes.size === 0 || !(openFiles(process.pid) ?? []).some((target) => inodes.has(target))) return false;
  // A container's daemon listens at the same path, in a file system of its own.
  return seesSameFile(process.pid, socketPath);
}

/** What can be told of a process before it listens, as far as it may be looked at. */
function couldBeOurs(process: ProcessView, socketPath: string): boolean {
  if (new Set(process.uids).size !== 1) return false;
  if (process.namespaces === null || process.executable === null) return !process.nested;
  return isDockerd(process) && seesSameFile(process.pid, dirname(socketPath));
}

/** True where its arguments or its file name the socket, or neither names any and the socket is the usual one. */
export function claims(process: ProcessView, matches: (path: string) => boolean): boolean {
  const flags = flagValues(process.arguments.slice(1), ['--host', '-H']);
  // dockerd does not start with both.
  const hosts = flags.length > 0 ? flags : hostsInFile(process);
  const named = hosts.flatMap((host) => (host.startsWith('unix://') ? [host.slice('unix://'.length)] : []));
  if (named.some(matches)) return true;
  const runtimeFolder = process.environment?.['XDG_RUNTIME_DIR'];
  const usual =
    process.uids[0] === 0 ? '/var/run/docker.sock' : `${runtimeFolder ?? `/run/user/${process.uids[0]}`}/docker.sock`;
  return (hosts.length === 0 || hosts.some((host) => host.startsWith('fd://'))) && matches(usual);
}

/** As large as any that was ever seen, many times over. */
const mostBytes = 1024 * 1024;

/** What its file lists as `hosts`; nothing of a file that somebody else than root and ourselves names. */
function hostsInFile(daemon: ProcessView): readonly string[] {
  const [uid] = daemon.uids;
  if (uid !== 0 && uid !== process.getuid?.()) return [];
  const text = plainText(configPathOf(daemon).path, mostBytes, { links: true });
  try {
    const hosts: unknown = (JSON.parse(text?.replace(/^\uFEFF/, '') ?? '{}') as { hosts?: unknown } | null)?.hosts;
    return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [];
  } catch {
    // Being edited: the next look finds it whole.
    return [];
  }
}

const samePath =
  (wanted: string) =>
  (path: string): boolean =>
    samePlace(path, wanted);

/** True where two paths name one place: `/var/run` is a link to `/run`. */
export const samePlace = (a: string, b: string): boolean => a === b || realPlace(a) === realPlace(b);

/** The path with its folder's links followed; the socket file itself may be gone and made anew. */
function realPlace(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // No such folder: then only the same text is the same place.
    return path;
  }
}

function tracedAs(process: ProcessView, access: Access): Traced {
  const { path, given } = configPathOf(process);
  const differs = access.kind === 'proven' && !seesSameFile(process.pid, path);
  return {
    process,
    configPath: path,
    configPathGiven: given,
    dataRoot: dataRootOf(process),
    access: differs ? readOnly('other-namespace', path) : access,
  };
}

/**
 * What shows that a process named dockerd is one, and ours to change. A name proves nothing: a link called dockerd to a
 * setuid program shows that name and arguments of the caller's choice, and only its four uids differ (measured).
 */
function accessTo(process: ProcessView, socketPath: string): Access {
  const { uids, executable, namespaces, pid } = process;
  const own = namespacesOf('self');
  if (executable === null || namespaces === null || own === null) return readOnly('not-permitted', String(pid));
  const named = new Set(uids).size === 1 && isDockerd(process) && couldBind(process, socketPath);
  if (!named) return readOnly('socket-not-proven', executable);
  if (namespaces.pid !== own.pid) return readOnly('other-namespace', String(pid));
  if (namespaces.user !== own.user && !isRootless(process)) return readOnly('other-namespace', String(pid));
  return proven;
}

/**
 * The kernel tells by which name a socket was bound, not in which file system: whoever binds it in a mount namespace of
 * his own holds one with the name of root's (measured). In ours only root, and whose it is, can have bound it.
 */
function couldBind({ uids: [uid] }: ProcessView, socketPath: string): boolean {
  return uid === 0 || uid === (ownerOf(socketPath) ?? ownerOf(dirname(socketPath)));
}

function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid;
  } catch {
    // Not there, or not to be looked at: then it shows nothing.
    return null;
  }
}

/** The program itself, not its name in the arguments: an ordinary file called dockerd, without set-id bits. */
function isDockerd({ pid, executable }: ProcessView): boolean {
  const setIdBits = 0o6000;
  // This link leads to the program even when an upgrade has removed it from its folder.
  const stat = statSync(`/proc/${pid}/exe`, { throwIfNoEntry: false });
  const named = /^\.?dockerd([-.]|$)/.test(basename(executable ?? ''));
  return named && stat !== undefined && stat.isFile() && (stat.mode & setIdBits) === 0;
}

/** Below a rootlesskit of the same user, which itself lives where we live: its user namespace is the user's own. */
function isRootless(process: ProcessView): boolean {
  const own = namespacesOf('self');
  return ancestorsOf(process).some(
    ({ name, uids, namespaces }) =>
      name === 'rootlesskit' && uids[0] === process.uids[0] && namespaces?.user === own?.user,
  );
}

export function configPathOf(process: ProcessView): { readonly path: string; readonly given: boolean } {
  const named = flagValues(process.arguments.slice(1), ['--config-file']).at(-1);
  if (named !== undefined)
    return { path: isAbsolute(named) ? named : join(process.workingFolder ?? '/', named), given: true };
  if (process.uids[0] === 0) return { path: '/etc/docker/daemon.json', given: false };
  const { XDG_CONFIG_HOME: config, HOME: home } = process.environment ?? {};
  return { path: join(config ?? join(home ?? '/', '.config'), 'docker', 'daemon.json'), given: false };
}

/** From the databases that every dockerd keeps open below its root, else from its flags. */
function dataRootOf(process: ProcessView): string | null {
  const inRoot = '/volumes/metadata.db';
  const open = (openFiles(process.pid) ?? []).find((path) => path.endsWith(inRoot));
  if (open !== undefined) return open.slice(0, -inRoot.length);
  const named = flagValues(process.arguments.slice(1), ['--data-root', '-g', '--graph']).at(-1);
  return named !== undefined && existsSync(named) ? realpathSync(named) : (named ?? null);
}

/** Values of a flag in both its forms: `--flag value` and `--flag=value`. */
export function flagValues(args: readonly string[], names: readonly string[]): readonly string[] {
  return args.flatMap((arg, i) => {
    const at = arg.indexOf('=');
    if (at > 0 && names.includes(arg.slice(0, at))) return [arg.slice(at + 1)];
    const next = args[i + 1];
    return names.includes(arg) && next !== undefined ? [next] : [];
  });
}
