// Finds the containers of a daemon that is down: their shims run on without it, and /proc names them to everybody.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import type { Container } from '../contract/snapshot.ts';
import type { Identification, LeftRunning, Shim } from '../engine/ports.ts';
import { flagValues, samePlace } from './identify.ts';
import { processIds, processView, readText } from './processes.ts';
import { runningShims, writtenFirst } from './shims.ts';

const usualNamespace = 'moby';

/** The shims of this daemon, each with what its container's own files tell where they may be read. */
export function leftRunning(
  daemon: Identification,
  values: JsonObject | null,
  known: ReadonlySet<string>,
): readonly LeftRunning[] {
  const dataRoot = daemon.dataRoot ?? said(daemon, values, ['--data-root', '-g', '--graph'], 'data-root');
  // The file may have been edited since they were started: whom it had, and whom it wrote down, are its own all the same.
  const isKept = (id: string): boolean => existsSync(join(dataRoot ?? daemon.usual.dataRoot, 'containers', id));
  const shims = shimsOf(daemon, values, (id) => known.has(id) || isKept(id));
  if (shims.length === 0) return [];
  const children = childrenOf(new Set(shims.map(({ pid }) => pid)));
  return shims.flatMap(({ id, pid: shimPid }) => {
    const pid = firstProcess(shimPid, children.get(shimPid) ?? []);
    return pid === 0 ? [] : [{ container: containerIn(dataRoot ?? daemon.usual.dataRoot, id, pid), shimPid }];
  });
}

/**
 * By their user, containerd's address and namespace; one of a daemon inside a container is not among them. dockerd takes
 * the machine's own containerd where its socket is there and no flag says otherwise (moby daemon_unix.go).
 */
function shimsOf(daemon: Identification, values: JsonObject | null, isOurs: (id: string) => boolean): readonly Shim[] {
  const { usual } = daemon;
  const execRoot = said(daemon, values, ['--exec-root'], 'exec-root') ?? usual.execRoot;
  const named = said(daemon, values, ['--containerd'], 'containerd');
  const own = join(execRoot, 'containerd', 'containerd.sock');
  const addresses = named !== null ? [named] : samePlace(execRoot, usual.execRoot) ? [own, usual.containerd] : [own];
  const namespace = said(daemon, values, ['--containerd-namespace'], 'containerd-namespace') ?? usualNamespace;
  return runningShims(daemon.uid).filter(
    (shim) =>
      isOurs(shim.id) ||
      (shim.namespace === namespace && addresses.some((address) => samePlace(address, shim.address))),
  );
}

function childrenOf(parents: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const pid of processIds()) {
    const parent = parentOf(pid);
    if (parent !== null && parents.has(parent)) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/**
 * The container's first process: by the shim's own file, which only root may read; else the oldest of its children that
 * is first in a pid namespace, else the oldest. Commands run inside are children of the shim, too. 0: it has ended.
 */
function firstProcess(shim: number, children: readonly number[]): number {
  const written = writtenFirst(shim);
  if (written > 0) return parentOf(written) === shim && processView(written) !== null ? written : 0;
  const alive = children.filter((pid) => processView(pid) !== null).toSorted((a, b) => a - b);
  return alive.find((pid) => /^NSpid:.*\s1$/m.test(readText(`/proc/${pid}/status`) ?? '')) ?? alive[0] ?? 0;
}

function parentOf(pid: number): number | null {
  const stat = readText(`/proc/${pid}/stat`);
  const parent = stat === null ? Number.NaN : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return Number.isNaN(parent) ? null : parent;
}

/** What the daemon itself wrote down of a container (`config.v2.json`, `hostconfig.json`: the same on 20.10 to 28.5). */
function containerIn(dataRoot: string, id: string, pid: number): Container {
  const folder = join(dataRoot, 'containers', id);
  const config = readObject(join(folder, 'config.v2.json'));
  const host = readObject(join(folder, 'hostconfig.json'));
  const state = inside(config, 'State');
  const test = inside(inside(config, 'Config'), 'Healthcheck')['Test'];
  return {
    id,
    name: textOf(config['Name']).replace(/^\//, ''),
    image: textOf(inside(config, 'Config')['Image']),
    state: state['Paused'] === true ? 'paused' : 'running',
    pid,
    startedAt: textOf(state['StartedAt']),
    exitCode: 0,
    restartPolicy: textOf(inside(host, 'RestartPolicy')['Name']),
    autoRemove: host['AutoRemove'] === true,
    healthCheck: Array.isArray(test) && test.length > 0 && test[0] !== 'NONE',
    health: null,
    ports: [],
    details: null,
  };
}

function said(daemon: Identification, values: JsonObject | null, flags: readonly string[], key: string): string | null {
  const value = flagValues(daemon.flags, flags).at(-1) ?? values?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function readObject(path: string): JsonObject {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Json;
    return isJsonObject(value) ? value : {};
  } catch {
    // Not there, or for root only: then only its process is known.
    return {};
  }
}

const inside = (value: JsonObject, key: string): JsonObject => {
  const inner = value[key];
  return isJsonObject(inner) ? inner : {};
};
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
