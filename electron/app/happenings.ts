// What happened to the daemon and its file between one snapshot and the next that nobody asked for here; and what came
// of what was asked for. A pure decision; notices.ts puts it into words, notify.ts knows when to tell.
import { isDown } from '../contract/down.ts';
import type { Audit } from '../contract/audit.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ConfigFile, EngineState, EngineStatus, Snapshot } from '../contract/snapshot.ts';

export type Happening =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** It was up and is not any more. `running`: containers that ran when it was last seen. */
  | { readonly kind: 'gone'; readonly state: EngineState; readonly running: number | null }
  /** It is up again; `replaced`: seen to be another process than before. */
  | {
      readonly kind: 'returned';
      readonly replaced: boolean;
      readonly running: number | null;
      readonly ran: number | null;
    }
  /** It is up as before, but as another process. */
  | { readonly kind: 'replaced'; readonly running: number | null; readonly ran: number | null }
  /** How the containers compare with before a restart that was not asked for here. */
  | { readonly kind: 'compared'; readonly audit: Audit }
  | { readonly kind: 'file-changed' };

/** What has to be remembered of the snapshots so far. */
export type Memory = {
  readonly endpoint: string;
  /** When the last outcome began; it is its name. */
  readonly outcome: number | null;
  /** Something of ours runs, or has just ended: whatever changes meanwhile is no news. */
  readonly ours: boolean;
  /** The daemon as it was last seen up; null: not yet, or it was stopped from here. */
  readonly up: Up | null;
  readonly gone: boolean;
  /** When the daemon was back in the last comparison; it is its name. */
  readonly compared: number | null;
  /** The file as it was last seen; null: not known. */
  readonly file: string | null;
};

type Up = {
  /** Null: not known. */
  readonly pid: number | null;
  /** A process that ended by our hand; it may be shown for a moment longer. */
  readonly ended: number | null;
  readonly running: number | null;
};

/** What is known at the first snapshot. Nothing has happened yet. */
export const rememberFirst = (snapshot: Snapshot): Memory => ({
  endpoint: snapshot.target.endpoint,
  outcome: snapshot.lastOutcome?.startedAt ?? null,
  ours: snapshot.operation.kind === 'running',
  up: isUp(snapshot.engine) ? upOf(snapshot) : null,
  gone: false,
  compared: snapshot.othersRestart?.at ?? null,
  file: fileOf(snapshot.config),
});

/** What happened, and what to remember from now on. */
export function happenings(memory: Memory, now: Snapshot): readonly [Memory, readonly Happening[]] {
  // Another daemon was chosen: nothing of the last one is news about this one.
  if (now.target.endpoint !== memory.endpoint) return [rememberFirst(now), []];
  const outcome = now.lastOutcome;
  if (outcome !== null && outcome.startedAt !== memory.outcome) {
    return [{ ...afterOurs(memory, now), outcome: outcome.startedAt }, [{ kind: 'outcome', outcome }]];
  }
  if (now.operation.kind === 'running') return [{ ...memory, ours: true }, []];
  if (memory.ours) return [afterOurs(memory, now), []];
  const [up, gone, ofDaemon] = daemonHappening(memory, now);
  const restart = now.othersRestart;
  const compared = restart !== null && restart.at !== memory.compared ? restart.audit : null;
  const file = fileOf(now.config);
  const changed = file !== null && memory.file !== null && file !== memory.file;
  return [
    { ...memory, up, gone, compared: restart?.at ?? null, file: file ?? memory.file },
    [
      ...(ofDaemon === null ? [] : [ofDaemon]),
      ...(compared === null ? [] : [{ kind: 'compared', audit: compared } as const]),
      ...(changed ? [{ kind: 'file-changed' } as const] : []),
    ],
  ];
}

function daemonHappening({ up, gone }: Memory, now: Snapshot): readonly [Up | null, boolean, Happening | null] {
  const running = now.containers?.counts.running ?? null;
  if (isGone(now.engine)) {
    if (up === null || gone) return [up, gone, null];
    return [up, true, { kind: 'gone', state: now.engine.state, running: up.running }];
  }
  // On its way, or not to be seen: it will be one or the other.
  if (!isUp(now.engine)) return [up, gone, null];
  const { pid } = now.target;
  const seen: Up = { pid: pid ?? up?.pid ?? null, ended: up?.ended ?? null, running: running ?? up?.running ?? null };
  if (up === null) return [seen, false, null];
  const other = pid !== null && up.pid !== null && pid !== up.pid && pid !== up.ended;
  const ran = up.running;
  if (gone) return [seen, false, { kind: 'returned', replaced: other, running, ran }];
  if (other) return [seen, false, { kind: 'replaced', running, ran }];
  return [pid === up.ended && pid !== null ? { ...seen, pid: up.pid } : seen, false, null];
}

/** What we did ourselves is where everything starts from again. */
function afterOurs(memory: Memory, now: Snapshot): Memory {
  const file = fileOf(now.config) ?? memory.file;
  if (now.operation.kind === 'running') return { ...memory, ours: true, file };
  const outcome = now.lastOutcome;
  const base = { ...memory, outcome: outcome?.startedAt ?? null, ours: false, gone: false, file };
  const done = outcome?.result === 'applied';
  // It may still be shown as up for a moment after it was stopped.
  if (!isUp(now.engine) || (done && outcome.verb === 'stop')) return { ...base, up: null };
  const { pidBefore = null, pidAfter = null } = (done ? outcome.proof : null) ?? {};
  const up = upOf(now);
  return { ...base, up: { ...up, pid: pidAfter ?? up.pid, ended: pidBefore === pidAfter ? null : pidBefore } };
}

const upOf = ({ target, containers }: Snapshot): Up => ({
  pid: target.pid,
  ended: null,
  running: containers?.counts.running ?? null,
});

const isUp = ({ state }: EngineStatus): boolean => state === 'running' || state === 'reloading';

const isGone = ({ state }: EngineStatus): boolean => isDown({ state }) || state === 'hanging' || state === 'absent';

/** The file's content as a name; null while it is not known. */
export function fileOf(config: ConfigFile): string | null {
  switch (config.state) {
    case 'unknown':
      return null;
    case 'absent':
      return `${config.path} absent`;
    case 'read':
    case 'unreadable':
      return `${config.path} ${config.etag ?? config.state}`;
  }
}
