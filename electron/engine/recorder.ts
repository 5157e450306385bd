// Writes down what happens to the daemon and its file while somebody of ours is there: our own deeds, and others'.
import { isDown } from '../contract/down.ts';
import { stat } from 'node:fs/promises';
import type { OthersRestart } from '../contract/audit.ts';
import type { Author, DaemonEvent, Ran } from '../contract/history.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Container, EngineView } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import type { ConfigFileOnDisk } from './config-file.ts';
import type { KeptEntry } from './history-entry.ts';
import { openHistory, type HistoryStore } from './history-store.ts';
import { beganAt } from './process-identity.ts';

type ReadFile = Pick<ConfigFileOnDisk, 'path' | 'read'>;

export type RecorderPorts = {
  readonly stateFolder: string;
  /** The file of the daemon that is watched now. */
  readonly file: () => ReadFile | null;
  /** All containers as they were when the daemon went last; null where nobody saw that. */
  readonly whoRan: () => readonly Container[] | null;
  /** Who wrote a file that was changed at this time (ms since 1970), if that can be known. */
  readonly whoWrote: (path: string, at: number) => Promise<Author>;
  /** What cannot be kept is no reason to stop; it is told here. */
  readonly failed: (error: unknown) => void;
};

export type Recorder = {
  /** A view after another: what changed between them that nobody asked for here. */
  follow(view: EngineView): void;
  /** The daemon read its file again. */
  reloaded(view: EngineView): void;
  /** What came of a deed of ours, and the file as it is now. */
  outcome(outcome: Outcome): Promise<void>;
  /** The file as it is now, by somebody else: before we change it. */
  sighting(): Promise<void>;
  /** That the daemon runs with the file as it is now, where its times show that. */
  running(view: EngineView): Promise<void>;
  /** Resolves when everything that was seen so far is on disk. */
  written(): Promise<void>;
};

/** A reload of ours and its event are one happening. */
const ownWithinMs = 3_000;

export function createRecorder(ports: RecorderPorts): Recorder {
  let queue: Promise<void> = Promise.resolve();
  let last: EngineView | null = null;
  let ran: { readonly containers: readonly Container[]; readonly pid: number | null } | null = null;
  let wasDown = false;
  let ownUntil = 0;
  let audited = 0;
  let compared = '';

  const store = (): { readonly store: HistoryStore; readonly file: ReadFile } | null => {
    const file = ports.file();
    return file && { store: openHistory(ports.stateFolder, file.path), file };
  };

  /** One after the other: the order on disk is the order of the happenings. */
  function later(work: () => Promise<void>): Promise<void> {
    queue = queue.then(work).catch(ports.failed);
    return queue;
  }

  const add = (entry: KeptEntry): Promise<void> => later(async () => store()?.store.add(entry));

  /** `oursUntil`: what was written until then, in ms since 1970, was written by us; null: nothing was. */
  const sight = (oursUntil: number | null): Promise<void> =>
    later(async () => {
      const here = store();
      if (here === null) return;
      const disk = await here.file.read();
      if (disk.state === 'problem') return;
      const etag = disk.state === 'read' ? disk.etag : null;
      const before = (await here.store.entries()).findLast((entry) => entry.kind === 'file');
      const told = before?.kind === 'file' ? before.etag : undefined;
      // A file that never was is no version; one that is as it was is told already.
      if (told === etag || (told === undefined && etag === null)) return;
      const at = disk.state === 'read' ? await changedAt(disk.realPath) : Date.now();
      const isOurs = oursUntil !== null && (disk.state !== 'read' || isUntil(at, oursUntil));
      const by: Author = isOurs ? { kind: 'us' } : await ports.whoWrote(here.file.path, at);
      if (disk.state === 'read') await here.store.keep(disk.bytes);
      await here.store.add({ at, kind: 'file', etag, by });
    });

  /** `shown`: whether the file as it lies there is the one that the daemon has. */
  const runsWith = (how: Ran['how'], shown: (realPath: string) => Promise<boolean>): Promise<void> =>
    later(async () => {
      const here = store();
      // Before the file is read: whatever is written after that is younger.
      const at = Date.now();
      const disk = await here?.file.read();
      if (here === null || disk?.state !== 'read' || !(await shown(disk.realPath))) return;
      const { etag, bytes } = disk;
      const before = (await here.store.entries()).findLast((entry) => entry.kind === 'ran');
      // That it also takes by a reload what it began with says nothing new.
      if (before?.etag === etag && (before.how === how || before.how === 'started')) return;
      await here.store.keep(bytes);
      await here.store.add({ at, kind: 'ran', etag, how });
    });

  /** A process that is younger than the file, and than every change of its name and rights, has read it. */
  async function running({ engine, target: { pid } }: EngineView): Promise<void> {
    if (!('facts' in engine) || pid === null) return;
    // Asked at once: by the time that others are written down, it may be gone.
    const begins = beganAt(pid);
    await runsWith('started', async (path) => {
      const [began, touched] = await Promise.all([begins, touchedAt(path)]);
      return began !== null && touched !== null && touched < began;
    });
  }

  function daemon(event: DaemonEvent, view: EngineView): void {
    const facts = 'facts' in view.engine ? view.engine.facts : null;
    const before = ran?.containers ?? [];
    const now = new Map((view.containers?.list ?? []).map((one) => [one.id, one]));
    const kept = before.filter((one) => {
      const later = facts === null ? one : now.get(one.id);
      return later !== undefined && runs(later) && later.pid === one.pid && later.startedAt === one.startedAt;
    });
    const ended = before.filter((one) => !kept.includes(one)).map(({ name }) => name);
    const counts = { before: before.length, kept: kept.length, ended };
    void add({ at: Date.now(), kind: 'daemon', event, version: facts?.version ?? null, ...counts });
  }

  function audit({ at, audit: found }: OthersRestart): void {
    const { compared, containers, orphans, logs } = found;
    audited = at;
    void add({
      at,
      kind: 'audit',
      compared,
      changed: containers.map(({ name, deviations }) => ({ name, deviations })),
      orphans: orphans.map(({ name }) => name),
      logs: logs.filter(({ log }) => log.kind !== 'none').map(({ name, log }) => ({ name, log })),
    });
  }

  return {
    follow(view) {
      const before = last?.target.endpoint === view.target.endpoint ? last : null;
      // Another daemon: what is known of the one before says nothing of it.
      if (before === null) ran = null;
      last = view;
      const busy = view.operation.kind === 'running';
      if (busy) ownUntil = Date.now() + ownWithinMs;
      if (etagIn(view) !== (before && etagIn(before)) && view.config.state !== 'unknown' && !busy) void sight(null);
      if (view.othersRestart !== null && view.othersRestart.at !== audited) audit(view.othersRestart);
      const up = 'facts' in view.engine;
      const own = busy || Date.now() < ownUntil;
      if (!up) {
        if (ran !== null && before !== null && 'facts' in before.engine)
          ran = { ...ran, containers: (ports.whoRan() ?? ran.containers).filter(runs) };
        if (isDown(view.engine) && !wasDown) {
          if (!own && ran !== null) daemon(view.engine.state === 'failed' ? 'crashed' : 'stopped', view);
          wasDown = true;
        }
        return;
      }
      const { pid } = view.target;
      const pair = `${pid} ${etagIn(view)}`;
      if (!busy && pair !== compared) {
        compared = pair;
        void running(view);
      }
      if (!own && ran !== null && pid !== null && pid !== ran.pid) daemon(wasDown ? 'started' : 'restarted', view);
      if (pid !== null && view.containers !== null) {
        wasDown = false;
        ran = { pid, containers: view.containers.list.filter(runs) };
      }
    },
    reloaded(view) {
      if (view.operation.kind === 'running' || Date.now() < ownUntil) return;
      daemon('reloaded', view);
      void runsWith('reloaded', () => Promise.resolve(true));
    },
    async outcome(outcome) {
      const { verb, result, effect, containers, apiDowntimeMs, problem, finishedAt } = outcome;
      if (result === 'refused' || result === 'nothing') return;
      ownUntil = Date.now() + ownWithinMs;
      if (outcome.file !== 'unchanged') await sight(finishedAt);
      const { before, kept, stopped, lost } = containers;
      const ended = [...stopped, ...lost].map(({ name }) => name);
      const what = { verb, result, effect, before, kept, ended, apiDowntimeMs, problem: problem?.kind ?? null };
      await add({ at: finishedAt, kind: 'outcome', ...what });
      const up = outcome.proof !== null && outcome.proof.pidAfter !== null;
      if (result !== 'applied' || !up) return;
      await runsWith(effect === 'reload' ? 'reloaded' : 'started', async (path) => {
        const touched = await touchedAt(path);
        return touched !== null && isUntil(touched, finishedAt);
      });
    },
    sighting: () => sight(null),
    running,
    written: () => queue,
  };
}

/** Files have parts of a millisecond in their times, which `Date.now` leaves out. */
const isUntil = (at: number, limit: number): boolean => Math.floor(at) <= limit;

const etagIn = ({ config }: EngineView): string | null => ('etag' in config ? config.etag : null);

async function changedAt(path: string): Promise<number> {
  try {
    return Math.min(Date.now(), Math.floor((await stat(path)).mtimeMs));
  } catch {
    // Gone since it was read.
    return Date.now();
  }
}

/** When its bytes, name or rights were last changed, in ms since 1970; null: it is gone. */
async function touchedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).ctimeMs;
  } catch {
    return null;
  }
}
