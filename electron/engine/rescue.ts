// Saves the containers that outlived their daemon: live restore into its file, then the start, as one transaction.
import type { Outcome } from '../contract/outcome.ts';
import type { Problem } from '../contract/problem.ts';
import { keepWayBack, faultIn, noteRestart, type ApplyRequest, type ApplySite, type Prepared } from './apply.ts';
import { byProcess, untouched, worseThanForetold } from './audit.ts';
import { forget, note, type Transaction } from './journal.ts';
import { beginStory, outcome, type Story } from './outcome.ts';
import { fileWriter } from './put-back.ts';
import type { Result } from '../contract/problem.ts';
import type { Steps } from './steps.ts';
import { reload, start } from './take-effect.ts';

export type RescueRequest = Pick<ApplyRequest, 'etag' | 'unseen'> & {
  /** Live restore stays on afterwards. */
  readonly keep: boolean;
};

export type RescueSite = ApplySite & {
  /** The change, planned as the start that follows it; fails where there is nobody to save. */
  prepareRescue(): Promise<Result<Prepared>>;
};

/**
 * Writes `true`, starts, and looks that everybody is still the same process. A daemon that does not come up leaves the
 * new text in its file: with the old one the next start, by whomever, would stop those that are still saved. Without
 * `keep` the value goes back afterwards, first in the memory of the daemon, then the old bytes.
 */
export async function rescue(site: RescueSite, request: RescueRequest, steps: Steps): Promise<Outcome> {
  const story = beginStory('start', steps);
  const refused = (problem: Problem): Outcome => outcome(story, 'refused', 'unchanged', problem);
  await steps.begin('locking');
  const lock = await site.lock();
  if (!lock.ok) return refused(lock.problem);
  try {
    const pending = await site.journal.pending();
    if (pending) return refused({ kind: 'journal.pending', path: pending.configPath });
    await steps.begin('planning');
    const prepared = await site.prepareRescue();
    if (!prepared.ok) return refused(prepared.problem);
    const { plan, before, after, containers } = prepared.value;
    story.containers = untouched(containers, plan.containers);
    if (!request.unseen && before.etag !== request.etag)
      return refused({ kind: 'config.changed', path: site.journal.configPath });
    if (plan.blocked) return refused(plan.blocked);
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
    const done = await startSaving(site, prepared.value, now, story, request.keep);
    await forget(site.journal);
    return done;
  } finally {
    await lock.value.release();
  }
}

async function startSaving(
  site: RescueSite,
  prepared: Prepared,
  now: Transaction,
  story: Story,
  keep: boolean,
): Promise<Outcome> {
  await story.steps.begin('starting');
  const up = await start(site);
  if (!up.ok) {
    story.containers = await byProcess(prepared.containers, prepared.plan.containers, site.lives);
    return outcome(story, 'failed', 'new', up.problem);
  }
  await story.steps.begin('proving');
  story.proof = { event: null, info: [], pidBefore: null, pidAfter: up.value.pidAfter };
  noteRestart(story, prepared.containers, prepared.plan, up.value);
  const worse = worseThanForetold(story.containers);
  const told: Problem | null = worse.length > 0 ? { kind: 'containers.worse', names: worse } : null;
  if (keep) return outcome(story, 'applied', 'new', told);
  await story.steps.begin('putting-back');
  const failed = await setBack(site, prepared, now);
  if (failed === null) return outcome(story, 'applied', 'restored', told);
  return outcome(story, 'failed', failed.file, failed.problem);
}

/** A removed key would stick in the running daemon: `false` is written out and reloaded before the old bytes return. */
async function setBack(
  site: RescueSite,
  { before }: Prepared,
  now: Transaction,
): Promise<{ readonly problem: Problem; readonly file: Outcome['file'] } | null> {
  const file = fileWriter(site, { before }, now);
  const lost = { problem: { kind: 'config.overwritten', path: site.journal.configPath }, file: 'unknown' } as const;
  const off = site.edited(before.bytes, [{ path: ['live-restore'], set: false }]);
  if (off && !(await file.write(off))) return lost;
  const reloaded = await reload(site, { changes: [{ key: 'live-restore', to: false }], withPlugins: false });
  if (!reloaded.ok) return { problem: reloaded.problem, file: 'unknown' };
  return (await file.writeOld()) ? null : lost;
}
