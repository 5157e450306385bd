// Starts a daemon that is down with another text in its file, as one transaction: write, start, prove, set back.
import type { Outcome } from '../contract/outcome.ts';
import type { Problem, Result } from '../contract/problem.ts';
import {
  consentProblem,
  faultIn,
  keepWayBack,
  noteRestart,
  type ApplyRequest,
  type ApplySite,
  type Prepared,
} from './apply.ts';
import { byProcess, runs, untouched, worseThanForetold } from './audit.ts';
import { forget, note, type Transaction } from './journal.ts';
import { beginStory, outcome, type Story } from './outcome.ts';
import { fileWriter } from './put-back.ts';
import type { Steps } from './steps.ts';
import { reload, start } from './take-effect.ts';

/** The text for the start, with what it does to everybody, and what comes after it. */
export type PreparedStart = Prepared & {
  /** What the file holds once the daemon is up, with live restore off again; null: what it was started with. */
  readonly lastly: { readonly bytes: Uint8Array | null } | null;
};

export type WayBackSite = ApplySite & {
  /** The start with an earlier text, planned. */
  prepareWayBack(earlier: Uint8Array): Promise<Result<PreparedStart>>;
};

export type StartRequest = Omit<ApplyRequest, 'change'> & {
  /** Gathers and plans, under the lock. */
  prepare(): Promise<Result<PreparedStart>>;
};

/**
 * Writes the text, starts, and looks that everybody is as foretold. A daemon that does not come up leaves the new text
 * where somebody still runs: with the old one the next start, by whomever, might stop who is still saved. Else the old
 * bytes are put back.
 */
export async function startWith(site: ApplySite, request: StartRequest, steps: Steps): Promise<Outcome> {
  const story = beginStory('start', steps);
  const refused = (problem: Problem): Outcome => outcome(story, 'refused', 'unchanged', problem);
  await steps.begin('locking');
  const lock = await site.lock();
  if (!lock.ok) return refused(lock.problem);
  try {
    const pending = await site.journal.pending();
    if (pending) return refused({ kind: 'journal.pending', path: pending.configPath });
    await steps.begin('planning');
    const prepared = await request.prepare();
    if (!prepared.ok) return refused(prepared.problem);
    const { plan, before, after, containers } = prepared.value;
    story.containers = untouched(containers, plan.containers);
    if (!request.unseen && before.etag !== request.etag)
      return refused({ kind: 'config.changed', path: site.journal.configPath });
    if (plan.blocked) return refused(plan.blocked);
    const unasked = consentProblem(plan, request);
    if (unasked) return refused(unasked);
    await steps.begin('checking');
    const unfit =
      faultIn(plan, site.journal.configPath) ?? (await site.validate(after)) ?? (await site.manager.refusal('start'));
    if (unfit) return refused(unfit);
    await steps.begin('backing-up');
    const kept = await keepWayBack(site, prepared.value);
    if (!kept.ok) return refused(kept.problem);
    await steps.begin('writing');
    const written = await site.replace(after, before.etag, kept.value.id);
    if (!written.ok) {
      await forget(site.journal);
      return refused(written.problem);
    }
    story.history = kept.value.backup;
    const now: Transaction = { ...kept.value, phase: 'written' };
    await note(site.journal, now);
    const done = await startIt(site, prepared.value, now, story);
    await forget(site.journal);
    return done;
  } finally {
    await lock.value.release();
  }
}

async function startIt(site: ApplySite, prepared: PreparedStart, now: Transaction, story: Story): Promise<Outcome> {
  const { plan, containers, lastly } = prepared;
  await story.steps.begin('starting');
  const up = await start(site);
  if (!up.ok) {
    story.containers = await byProcess(containers, plan.containers, site.lives);
    // Whose process cannot be told may be there.
    const somebodyLives = story.containers.kept > 0 || containers.some((one) => runs(one) && one.pid <= 0);
    // A process that began with the new text is there to stay, and keeps it.
    if (up.began || somebodyLives) return outcome(story, 'failed', 'new', up.problem);
    await story.steps.begin('putting-back');
    const isBack = await fileWriter(site, prepared, now).writeOld();
    return isBack
      ? outcome(story, 'rolled-back', 'restored', up.problem)
      : outcome(story, 'failed', 'unknown', up.problem);
  }
  await story.steps.begin('proving');
  story.proof = { event: null, info: [], pidBefore: null, pidAfter: up.value.pidAfter };
  noteRestart(story, containers, plan, up.value);
  const worse = worseThanForetold(story.containers);
  const told: Problem | null = worse.length > 0 ? { kind: 'containers.worse', names: worse } : null;
  if (lastly === null) return outcome(story, 'applied', 'new', told);
  await story.steps.begin('putting-back');
  const failed = await setBack(site, prepared, lastly.bytes, now);
  if (failed !== null) return outcome(story, 'failed', failed.file, failed.problem);
  const last = lastly.bytes === null ? null : site.etagOf(lastly.bytes);
  return outcome(story, 'applied', last === prepared.before.etag ? 'restored' : 'new', told);
}

/** A removed key would stick in the running daemon: `false` is written out and reloaded before the last text comes. */
async function setBack(
  site: ApplySite,
  { before }: Prepared,
  bytes: Uint8Array | null,
  now: Transaction,
): Promise<{ readonly problem: Problem; readonly file: Outcome['file'] } | null> {
  // Whoever finds this unfinished goes on to the last text, not to the one with which the daemon was down.
  const aim = bytes === null ? now : { ...now, oldEtag: site.etagOf(bytes), backup: await site.backUp(bytes) };
  const file = fileWriter(site, { before: { ...before, bytes } }, aim);
  const lost = { problem: { kind: 'config.overwritten', path: site.journal.configPath }, file: 'unknown' } as const;
  const off = site.edited(bytes, [{ path: ['live-restore'], set: false }]);
  if (off && !(await file.write(off))) return lost;
  const reloaded = await reload(site, { changes: [{ key: 'live-restore', to: false }], withPlugins: false });
  if (!reloaded.ok) return { problem: reloaded.problem, file: 'unknown' };
  return (await file.writeOld()) ? null : lost;
}
