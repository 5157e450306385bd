// Undoes a change: first the effective state of the daemon, then the bytes of the file.
import type { Outcome } from '../contract/outcome.ts';
import type { Problem } from '../contract/problem.ts';
import type { Container } from '../contract/snapshot.ts';
import type { ApplySite, Prepared } from './apply.ts';
import { runs } from './audit.ts';
import { note, type Transaction } from './journal.ts';
import { keepAlive } from './outage.ts';
import { linesIn } from './outcome.ts';
import { atRest, reload, start } from './take-effect.ts';

export type PutBack = {
  /** True when file and daemon are as they were. */
  readonly ok: boolean;
  readonly file: Outcome['file'];
  /** What the undoing itself met and its cause does not tell; null: nothing of that kind. */
  readonly problem: Problem | null;
  /** After a start that this needed; null where the daemon never went down, or did not come up. */
  readonly up: {
    readonly containers: readonly Container[];
    readonly pidAfter: number | null;
    readonly at: number;
  } | null;
};

/** What the undoing needs to know of the time before. */
export type Before = Pick<Prepared, 'before' | 'facts' | 'containers' | 'liveRestoreByFlag'>;

/** A daemon that takes so long to answer hangs: it is neither started nor signaled then. */
const answerLimitMs = 5_000;

/**
 * Puts everything back. Old bytes are not the old state: some keys stick in the running daemon when they go
 * (live-restore, debug, labels ...; measured on 20.10 and 28.5), so those are set back explicitly and reloaded before
 * the old bytes are written. A daemon that is down is started so that running containers survive: with live restore in
 * the file, because the value read at the start decides over them (measured on all three), and set back afterwards;
 * not where a flag says it, because no daemon starts with an option in both (measured on all three). One that hangs, or
 * begins and stays silent (`put-back.silent`), gets its old file back, and nothing else can be done for it: to start what
 * is there does nothing.
 */
export async function putBack(
  site: ApplySite,
  was: Before,
  transaction: Transaction,
  cause: Problem,
  /** True where the daemon is known to hold what was reloaded, or to have begun anew with it. */
  holds = false,
): Promise<PutBack> {
  const file = fileWriter(site, was, transaction);
  let up: PutBack['up'] = null;
  let ok = true;
  let problem: Problem | null = null;
  let setBack = transaction.setBack;
  let memoryDiffers = holds || mayHaveTaken(cause, was.facts?.version ?? null);
  const now = was.facts === null ? 'up' : await atRest(site, answerLimitMs);

  if (was.facts !== null && now === 'down') {
    const saving = mustKeepAlive(was) ? site.edited(was.before.bytes, keepAlive) : null;
    if (!(await (saving ? file.write(saving) : file.writeOld()))) return { ok: false, file: 'unknown', problem, up };
    let started = await start(site);
    // Whom the old text alone would stop is kept from it: those who still run can be rescued.
    if (!started.ok && !started.began && saving && !(await anybodyLives(site, was))) {
      if (!(await file.writeOld())) return { ok: false, file: 'unknown', problem, up };
      started = await start(site);
    }
    ok = started.ok;
    if (!started.ok && started.problem.kind === 'daemon.silent')
      problem = { kind: 'put-back.silent', lines: linesIn(cause), waitedMs: started.problem.waitedMs };
    // The moment at which the API answered again, by the monotonic clock.
    up = started.ok ? { ...started.value, at: performance.now() } : null;
    memoryDiffers = started.ok && !was.liveRestoreByFlag && started.value.facts.liveRestore !== was.facts.liveRestore;
    setBack = [{ path: ['live-restore'], set: was.facts.liveRestore }];
  }
  if (now === 'hanging') ok = !memoryDiffers;
  else if (ok && memoryDiffers) {
    const explicit = site.edited(was.before.bytes, setBack);
    if (explicit && !(await file.write(explicit))) return { ok: false, file: 'unknown', problem, up };
    const changes = setBack.flatMap((edit) =>
      'set' in edit && edit.path[0] ? [{ key: edit.path[0], to: edit.set }] : [],
    );
    ok = (await reload(site, { changes, withPlugins: false })).ok;
  }
  return (await file.writeOld()) ? { ok, file: 'restored', problem, up } : { ok: false, file: 'unknown', problem, up };
}

async function anybodyLives(site: ApplySite, was: Before): Promise<boolean> {
  for (const { pid } of was.containers.filter(runs)) if (await site.lives(pid)) return true;
  return false;
}

/** No swarm node starts with live restore, and nobody with it in file and flag (measured); else all that run are kept. */
const mustKeepAlive = (was: Before): boolean =>
  was.facts !== null &&
  !was.liveRestoreByFlag &&
  was.facts.swarm.state === 'inactive' &&
  was.facts.osType === 'linux' &&
  was.containers.some(runs);

/**
 * Whether the running daemon may hold new values. A reload without a receipt changed nothing on 23.0 and newer (all or
 * nothing); 20.10 can apply a part before it fails (both: moby daemon/reload.go). One that hung up at the signal, or was
 * gone before it, and is there all the same was started again by its manager, with the new file.
 */
function mayHaveTaken(cause: Problem, version: string | null): boolean {
  if (cause.kind === 'reload.not-taken') return cause.partly || version === null || /^(1\d|20)\./.test(version);
  return ['reload.killed-daemon', 'engine.not-running', 'daemon.not-up', 'engine.unreachable'].includes(cause.kind);
}

/** Writes one text after the other, each only over the one before; every fingerprint is journaled before it exists. */
export function fileWriter(site: ApplySite, was: Pick<Before, 'before'>, transaction: Transaction) {
  let journaled = transaction;
  let etag: string | null = transaction.newEtag;
  const write = async (bytes: Uint8Array): Promise<boolean> => {
    const next = site.etagOf(bytes);
    if (next === etag) return true;
    journaled = { ...journaled, phase: 'putting-back', wrote: [...journaled.wrote, next] };
    await note(site.journal, journaled);
    const written = await site.replace(bytes, etag, transaction.id);
    if (written.ok) etag = next;
    return written.ok;
  };
  return {
    write,
    /** The old bytes; where there was no file, none again, and no folder that we made. */
    async writeOld(): Promise<boolean> {
      if (was.before.bytes !== null) return write(was.before.bytes);
      if (etag === null) return true;
      const removed = await site.remove(etag, transaction.createdFolder);
      if (removed.ok) etag = null;
      return removed.ok;
    },
  };
}
