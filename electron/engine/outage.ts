// What is true while the daemon is down: who runs on, whether the next start would stop them, and who did not come back.
import { isDown } from '../contract/down.ts';
import type { Patch } from '../contract/change.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Fallen, LeftContainer, LogPipes, NotMeasured, Outage, PipesReport, Rescue } from '../contract/outage.ts';
import type { Problem } from '../contract/problem.ts';
import type { Access, ConfigFile, Container, EngineFacts, EngineStatus } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { editConfigText, readConfigText } from './config-text.ts';
import { atStart, byFlag, isSwarmNode } from './live-restore.ts';
import { foresee, pressureOf } from './log-pipes.ts';
import type { Watched } from './outage-watch.ts';
import type { LeftRunning } from './ports.ts';

/** The change that saves whoever still runs. */
export const keepAlive: Patch = [{ path: ['live-restore'], set: true }];

/** What was found without the daemon, with what it had told of them before. */
export function leftContainers(left: readonly LeftRunning[], last: readonly Container[]): readonly Container[] {
  const known = new Map(last.map((container) => [container.id, container]));
  return left.map(({ container }): Container => {
    const before = known.get(container.id);
    const name = before?.name || container.name || container.id.slice(0, 12);
    if (before === undefined) return { ...container, name };
    // One that was started since is another process under the same id.
    return { ...before, name, pid: container.pid, state: runs(before) ? before.state : container.state };
  });
}

export type DownSigns = {
  readonly engine: EngineStatus;
  /** Null while nobody has looked. */
  readonly left: readonly Container[] | null;
  readonly watched: Watched;
  readonly pipeMaxSize: number | null;
};

export function outageOf({ engine, left, watched, pipeMaxSize }: DownSigns): Outage | null {
  if (!isDown(engine) || left === null) return null;
  const pipes = foresee(watched.samples, watched.downSince);
  const pressure = pressureOf(pipes.values(), Date.now());
  return { ...pipesReport(left, pipes, watched.notMeasured, pipeMaxSize), pressure };
}

/** Containers by name, each with its pipes. */
export const pipesReport = (
  left: readonly Container[],
  pipes: ReadonlyMap<string, LogPipes>,
  notMeasured: NotMeasured,
  pipeMaxSize: number | null,
): PipesReport => ({
  containers: left
    .map((one) => ({ ...asLeft(one), pipes: pipes.get(one.id) ?? null }))
    .toSorted((a, b) => a.name.localeCompare(b.name)),
  notMeasured,
  pipeMaxSize,
});

const asLeft = ({ id, name, pid }: LeftContainer): LeftContainer => ({ id, name, pid });

/**
 * Whether a start with live restore in the file keeps whom it finds. A swarm node does not start with it, a flag can only
 * be changed where it is given, and no start of a rootless daemon keeps anybody.
 */
export const canSave = (flags: readonly string[], lastFacts: EngineFacts | null): boolean =>
  byFlag(flags) === null && !isSwarmNode(lastFacts) && lastFacts?.osType !== 'windows' && lastFacts?.rootless !== true;

/** The value that the start reads decides over the containers that it finds (measured on 20.10, 26.1, 28.5). */
export function rescueOf(
  signs: DownSigns & {
    readonly config: ConfigFile;
    readonly flags: readonly string[];
    readonly access: Access;
    readonly lastFacts: EngineFacts | null;
    /** An administrator can be asked for what our own rights do not reach. */
    readonly elevates: boolean;
  },
): Rescue | null {
  const { config, flags, access, lastFacts } = signs;
  const outage = outageOf(signs);
  if (outage === null || outage.containers.length === 0 || config.state === 'unknown') return null;
  const values: JsonObject | null = config.state === 'read' ? config.values : config.state === 'absent' ? {} : null;
  if (!canSave(flags, lastFacts)) return null;
  if (values !== null && atStart(values, flags)) return null;
  return {
    containers: outage.containers.map(asLeft),
    etag: config.state === 'absent' ? null : config.etag,
    text: changeOf(config),
    blocked: blockOf(config, access, signs.elevates),
  };
}

function changeOf(config: ConfigFile): Rescue['text'] {
  if (config.state !== 'read' && config.state !== 'absent') return null;
  const before = config.state === 'read' ? config.text : '';
  const read = readConfigText(new TextEncoder().encode(before), config.path, null);
  const after = read.ok ? editConfigText(read.value, keepAlive) : read;
  return after.ok ? { before, after: after.value } : null;
}

function blockOf(config: ConfigFile, access: Access, elevates: boolean): Problem | null {
  if (access.kind === 'read-only') return { kind: 'target.read-only', reason: access.reason, detail: access.detail };
  if (config.state === 'unreadable') return config.problem;
  if (config.state === 'unknown' || config.writable.ok) return null;
  if (elevates && config.writable.block === 'denied') return null;
  return { kind: 'config.not-writable', path: config.path, block: config.writable.block };
}

/** Who ran before the daemon went down and does not run now that it is back; in the order of their starts. */
export const fallenSince = (before: readonly Container[]): Fallen['containers'] =>
  before
    .filter(runs)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    .map(({ id, name, exitCode }) => ({ id, name, exitCode }));

/** Those of them that are still there and still do not run; null: nobody. */
export function stillFallen(fallen: Fallen | null, now: readonly Container[] | null): Fallen | null {
  if (fallen === null || now === null) return null;
  const known = new Map(now.map((container) => [container.id, container]));
  const containers = fallen.containers.flatMap((one) => {
    const later = known.get(one.id);
    return later === undefined || runs(later) ? [] : [{ ...one, exitCode: later.exitCode }];
  });
  return containers.length === 0 ? null : { ...fallen, containers };
}
