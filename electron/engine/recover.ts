// Finishes or undoes what an ended process left behind; never restarts a running daemon.
import type { Outcome } from '../contract/outcome.ts';
import type { Problem, Result } from '../contract/problem.ts';
import type { ApplySite } from './apply.ts';
import { forget, type Transaction } from './journal.ts';
import { beginStory, outcome } from './outcome.ts';
import { putBack, type Before } from './put-back.ts';
import type { Steps } from './steps.ts';

/** What recovery sees of the present. */
export type Present = {
  /** Of the file now; null: there is none. */
  readonly etag: string | null;
  /** The daemon's process now; null: none runs. */
  readonly daemon: { readonly pid: number; readonly startTicks: string } | null;
};

export type RecoverySite = ApplySite & {
  present(): Promise<Present>;
  /** The old bytes from the backup, with what can be known of the time before. */
  before(transaction: Transaction): Promise<Result<Before>>;
  /** Removes a temporary file that was never renamed, and a folder that was made for it. */
  removeLeftover(transaction: Transaction): Promise<void>;
  ownerLives(transaction: Transaction): Promise<boolean>;
};

/**
 * What to do about an unfinished transaction. Only a file that is wholly the old one or one that this transaction
 * wrote is touched; a later hand edit never is.
 *
 * - `end`: the file is the old one; nothing took place.
 * - `finished`: the new file is in force.
 * - `keep`: the daemon is down; the new file passed all checks, and it decides over the containers at the next start.
 * - `undo`: the daemon runs without the whole of it; bytes and effective values go back, by reload at most.
 * - `leave`: somebody else wrote the file since.
 */
export function verdictFor(transaction: Transaction, present: Present): 'end' | 'finished' | 'keep' | 'undo' | 'leave' {
  if (present.etag === transaction.oldEtag) return 'end';
  if (present.etag === null || !transaction.wrote.includes(present.etag)) return 'leave';
  if (transaction.phase === 'putting-back') return present.daemon === null ? 'keep' : 'undo';
  if (transaction.effect === 'none') return 'finished';
  if (present.daemon === null) return 'keep';
  const restartedSince =
    transaction.daemon === null ||
    transaction.daemon.pid !== present.daemon.pid ||
    transaction.daemon.startTicks !== present.daemon.startTicks;
  if (restartedSince) return 'finished';
  return transaction.effect === 'reload' && transaction.phase === 'taken' ? 'finished' : 'undo';
}

/** Looks for an unfinished transaction of a process that is gone and settles it; null: there is none. */
export async function recover(site: RecoverySite, steps: Steps): Promise<Outcome | null> {
  if ((await site.journal.pending()) === null) return null;
  const lock = await site.lock();
  if (!lock.ok) return null;
  try {
    // Read again under the lock: the owner may have finished meanwhile.
    const transaction = await site.journal.pending();
    if (transaction === null || (await site.ownerLives(transaction))) return null;
    const story = beginStory('recover', steps);
    story.effect = transaction.effect;
    story.history = transaction.backup;
    await steps.begin('reading');
    await site.removeLeftover(transaction);
    const verdict = verdictFor(transaction, await site.present());
    if (verdict !== 'undo') {
      await forget(site.journal);
      switch (verdict) {
        case 'end':
          return outcome(story, 'rolled-back', 'unchanged');
        case 'finished':
          return outcome(story, 'applied', 'new');
        case 'keep':
          // What was being put back may be a file with which the daemon does not start.
          return transaction.phase === 'putting-back'
            ? outcome(story, 'failed', 'unknown', { kind: 'journal.stale', path: transaction.configPath })
            : outcome(story, 'applied', 'new', { kind: 'engine.not-running' });
        case 'leave':
          return outcome(story, 'refused', 'unknown', { kind: 'journal.stale', path: transaction.configPath });
      }
    }
    await steps.begin('putting-back');
    const before = await site.before(transaction);
    if (!before.ok) return outcome(story, 'failed', 'unknown', before.problem);
    const restored = await putBack(site, before.value, await fromPresent(site, transaction), interrupted);
    await forget(site.journal);
    return outcome(story, restored.ok ? 'rolled-back' : 'failed', restored.file, restored.problem);
  } finally {
    await lock.value.release();
  }
}

/** The transaction as seen from now: what stands in the file is the last text that it wrote. */
async function fromPresent(site: RecoverySite, transaction: Transaction): Promise<Transaction> {
  const { etag } = await site.present();
  return etag === null ? transaction : { ...transaction, newEtag: etag };
}

/** An interruption may have come right after the signal: the daemon may hold new values. */
const interrupted: Problem = { kind: 'reload.not-taken', lines: [], partly: true };
