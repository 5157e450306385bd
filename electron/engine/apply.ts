// The transaction: makes a change of daemon.json true, or puts everything back. Readable top to bottom.
import type { Change, Patch } from '../contract/change.ts';
import type { Outcome } from '../contract/outcome.ts';
import { endangeredBy, type Accept, type Consent, type Plan } from '../contract/plan.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Container, EngineFacts } from '../contract/snapshot.ts';
import { audit, byProcess, runs, untouched, worseThanForetold } from './audit.ts';
import { forget, note, type Journal, type Transaction } from './journal.ts';
import { beginStory, outcome, type Story } from './outcome.ts';
import { putBack, type PutBack } from './put-back.ts';
import type { Steps } from './steps.ts';
import { atRest, isAnother, reload, restart, seenOf, type RestartProof, type Site } from './take-effect.ts';

/** One that does not answer for so long after a restart that failed is neither up nor down. */
const stuckAfterMs = 5_000;

/** Everything that was gathered and thought out before a file is touched. */
export type Prepared = {
  readonly plan: Plan;
  readonly before: {
    readonly etag: string | null;
    readonly bytes: Uint8Array | null;
    /** True where the folder has to be made too; it is taken away again by a roll-back. */
    readonly folderMissing: boolean;
  };
  readonly after: Uint8Array;
  /** Null when the daemon does not run. */
  readonly facts: EngineFacts | null;
  readonly containers: readonly Container[];
  /** The next start is told of live restore by flag: a file that names it as well keeps the daemon from starting. */
  readonly liveRestoreByFlag: boolean;
  /** Edits that give the running daemon back what it had, where a removed key would stick. */
  readonly setBack: Patch;
  /** True when the new file names authorization plugins: a reload may then take 15 s to fail. */
  readonly withPlugins: boolean;
};

/** Where the transaction happens. Steps are injected, so that a test can let each of them fail. */
export type ApplySite = Site & {
  prepare(change: Change): Promise<Result<Prepared>>;
  /** Own checks are in the plan's findings; this asks the daemon's own program. */
  validate(after: Uint8Array): Promise<Problem | null>;
  lock(): Promise<Result<{ release(): Promise<void> }>>;
  readonly journal: Journal;
  backUp(bytes: Uint8Array): Promise<string>;
  /** Replaces the file, or makes it where `ifMatch` is null. */
  replace(
    bytes: Uint8Array,
    ifMatch: string | null,
    id: string,
  ): Promise<Result<{ etag: string; createdFolder: boolean }>>;
  /** Removes the file that this transaction made, with its folder where that was made too. */
  remove(ifMatch: string, folderToo: boolean): Promise<Result<null>>;
  /** The old text with edits, as bytes; null where the old text cannot be edited. */
  edited(before: Uint8Array | null, patch: Patch): Uint8Array | null;
  /** The fingerprint of the file as it is now; null where there is none or it cannot be read. */
  etagNow(): Promise<string | null>;
  /** What it means that our own folder cannot be written to. */
  keepingFailed(error: unknown): Problem;
  /** The fingerprint that a file with these bytes has. */
  etagOf(bytes: Uint8Array): string;
  /** A new transaction with an id of its own, owned by this process. */
  newTransaction(
    fields: Pick<Transaction, 'effect' | 'oldEtag' | 'newEtag' | 'backup' | 'setBack' | 'createdFolder'>,
  ): Transaction;
};

export type ApplyRequest = Consent & {
  readonly change: Change;
  /** Of the file that was shown; null: there was none. */
  readonly etag: string | null;
  /** True where the asker may not read the file: then single edits go on whatever it holds. */
  readonly unseen?: boolean;
};

/** What of the needed consents is missing; empty when all are given. */
export const missingConsents = (plan: Plan, accept: readonly Accept[]): readonly Accept[] =>
  plan.needs.filter((need) => !accept.includes(need));

/** Why this consent does not do: a danger was not accepted, or somebody is in it who was not shown. */
export function consentProblem(plan: Plan, { accept, shown }: Consent): Problem | null {
  const missing = missingConsents(plan, accept);
  const unseen = shown ? endangeredBy(plan).filter(({ id }) => !shown.includes(id)) : [];
  if (missing.length === 0 && unseen.length === 0) return null;
  const endangered = missing.length > 0 ? endangeredBy(plan) : unseen;
  if (missing.includes('stops') || endangered.length > 0) {
    const verdicts = [...new Set(endangered.map(({ verdict }) => verdict))] as Extract<
      Problem,
      { kind: 'containers.endangered' }
    >['verdicts'];
    return { kind: 'containers.endangered', verdicts, names: endangered.map(({ name }) => name) };
  }
  const keys = plan.changes.filter(({ risk }) => (missing as readonly string[]).includes(risk)).map(({ key }) => key);
  return { kind: 'risk.not-accepted', risks: missing, keys };
}

/**
 * Lock, read, compare, plan, check, back up, write, take effect, prove, else put back. Only a daemon that does not
 * come up, or a value that was not taken, is rolled back; a container that fares worse than foretold is told
 * (`containers.worse`) and never answered by another restart.
 */
export async function apply(site: ApplySite, request: ApplyRequest, steps: Steps): Promise<Outcome> {
  const story = beginStory('apply', steps);
  const refused = (problem: Problem): Outcome => outcome(story, 'refused', 'unchanged', problem);

  await steps.begin('locking');
  const lock = await site.lock();
  if (!lock.ok) return refused(lock.problem);
  try {
    const pending = await site.journal.pending();
    if (pending) return refused({ kind: 'journal.pending', path: pending.configPath });

    await steps.begin('planning');
    const prepared = await site.prepare(request.change);
    if (!prepared.ok) return refused(prepared.problem);
    const { plan, before, after } = prepared.value;
    story.effect = plan.effect;
    story.containers = untouched(prepared.value.containers, plan.containers);
    if (!request.unseen && before.etag !== request.etag)
      return refused({ kind: 'config.changed', path: site.journal.configPath });
    if (plan.blocked) return refused(plan.blocked);
    const unasked = consentProblem(plan, request);
    if (unasked) return refused(unasked);
    if (before.bytes !== null && sameBytes(before.bytes, after)) return outcome(story, 'nothing', 'unchanged');

    await steps.begin('checking');
    const unfit =
      faultIn(plan, site.journal.configPath) ?? (await site.validate(after)) ?? (await refusalFor(site, plan));
    if (unfit) return refused(unfit);

    await steps.begin('backing-up');
    const kept = await keepWayBack(site, prepared.value);
    if (!kept.ok) return refused(kept.problem);
    const transaction = kept.value;

    await steps.begin('writing');
    const written = await site.replace(after, before.etag, transaction.id);
    if (!written.ok) {
      await forget(site.journal);
      return refused(written.problem);
    }
    story.history = transaction.backup;
    const now: Transaction = { ...transaction, phase: 'written' };
    await note(site.journal, now);

    const failed = await takeEffect(site, prepared.value, now, story);
    if (failed === null) {
      await forget(site.journal);
      // What the daemon read, if somebody wrote in between, is not what was asked for.
      if ((await site.etagNow()) !== now.newEtag)
        return outcome(story, 'failed', 'unknown', { kind: 'config.overwritten', path: site.journal.configPath });
      const worse = worseThanForetold(story.containers);
      return outcome(story, 'applied', 'new', worse.length > 0 ? { kind: 'containers.worse', names: worse } : null);
    }
    const { problem } = failed;
    if (failed.daemon === 'began' || (await isStuck(site, prepared.value, failed))) {
      // Its memory and the file are one: the old file would be another configuration, with the next start.
      await forget(site.journal);
      story.containers = await byProcess(prepared.value.containers, plan.containers, site.lives);
      return outcome(story, 'failed', 'new', problem);
    }
    await steps.begin('putting-back');
    await note(site.journal, { ...now, phase: 'putting-back' });
    const restored = await putBack(site, prepared.value, now, problem, failed.daemon === 'holds');
    await forget(site.journal);
    if (restored.up) noteReturn(story, prepared.value, restored.up);
    else if (!restored.ok) story.containers = await byProcess(prepared.value.containers, plan.containers, site.lives);
    return restored.ok
      ? outcome(story, 'rolled-back', 'restored', problem)
      : outcome(story, 'failed', restored.file, restored.problem ?? problem);
  } finally {
    await lock.value.release();
  }
}

/** Backs the old bytes up and journals the change: nothing is touched without a way back. */
export async function keepWayBack(
  site: ApplySite,
  { plan, before, after, setBack }: Prepared,
): Promise<Result<Transaction>> {
  try {
    const backup = before.bytes === null ? null : await site.backUp(before.bytes);
    const transaction = site.newTransaction({
      effect: plan.effect,
      oldEtag: before.etag,
      newEtag: site.etagOf(after),
      backup,
      setBack,
      createdFolder: before.folderMissing,
    });
    await site.journal.write(transaction);
    return ok(transaction);
  } catch (error) {
    // A full disk or a folder that is not ours: the change has not begun.
    return fail(site.keepingFailed(error));
  }
}

type NotTaken = {
  readonly problem: Problem;
  /**
   * What the daemon has of the new file. `holds`: what a reload takes. `began`: all of it, because a process is there to
   * stay that began with it. `unsure`: the problem tells.
   */
  readonly daemon: 'holds' | 'began' | 'unsure';
};

/** Makes the daemon take the new file; null when it did, with proof and fates noted in the story. */
async function takeEffect(
  site: ApplySite,
  prepared: Prepared,
  now: Transaction,
  story: Story,
): Promise<NotTaken | null> {
  const { plan, facts } = prepared;
  if (plan.effect === 'none' || facts === null) return null;
  const pidBefore = (await site.manager.state()).pid;
  story.proof = { event: null, info: [], pidBefore, pidAfter: pidBefore };

  if (plan.effect !== 'restart') {
    await story.steps.begin('reloading');
    const changes = plan.changes.filter((change) => change.effect === 'reload');
    const reloaded = await reload(site, { changes, withPlugins: prepared.withPlugins });
    if (!reloaded.ok) {
      const isDown = reloaded.problem.kind === 'reload.killed-daemon' || reloaded.problem.kind === 'engine.not-running';
      if (isDown) story.downSince = performance.now();
      const { problem } = reloaded;
      // Its manager may have started it again meanwhile, with the new file.
      if (!(await isAnother(site, pidBefore))) return { problem, daemon: 'unsure' };
      return plan.effect === 'reload' ? { problem, daemon: 'holds' } : noteBegun(site, prepared, story);
    }
    story.proof = { ...story.proof, event: reloaded.value.event, info: reloaded.value.info };
    await note(site.journal, { ...now, phase: 'taken' });
  }
  if (plan.effect === 'reload') return null;

  await story.steps.begin('restarting');
  story.downSince = performance.now();
  const restarted = await restart(site);
  if (!restarted.ok) {
    const { problem, began } = restarted;
    return { problem, daemon: began ? 'began' : plan.effect === 'restart' ? 'unsure' : 'holds' };
  }
  await story.steps.begin('proving');
  noteRestart(story, prepared.containers, plan, restarted.value);
  return null;
}

/** Somebody else's restart has brought the whole of it: what came of the containers is told as after one of ours. */
async function noteBegun(site: ApplySite, { plan, containers }: Prepared, story: Story): Promise<NotTaken | null> {
  await story.steps.begin('proving');
  const waitedMs = (): number => Math.round(performance.now() - (story.downSince ?? performance.now()));
  const seen = await seenOf(site);
  if (seen === 'down') return { problem: { kind: 'daemon.not-up', lines: [], waitedMs: waitedMs() }, daemon: 'holds' };
  if (seen === 'silent')
    return { problem: { kind: 'daemon.silent', lines: [], waitedMs: waitedMs() }, daemon: 'began' };
  noteRestart(story, containers, plan, { ...seen, apiDowntimeMs: waitedMs() });
  return null;
}

/**
 * True where the daemon took by a reload what protects its containers, and neither ends nor answers since: when it does
 * end they run on, and with the old file the next start, by whomever, would stop them.
 */
const isStuck = async (site: ApplySite, { plan }: Prepared, failed: NotTaken): Promise<boolean> =>
  failed.daemon === 'holds' &&
  plan.effect === 'reload-then-restart' &&
  (await atRest(site, stuckAfterMs)) === 'hanging';

/** Writes into the story how the daemon came back with its old configuration. */
function noteReturn(story: Story, { plan, containers }: Prepared, up: NonNullable<PutBack['up']>): void {
  story.containers = audit(containers, plan.containers, up.containers);
  if (story.proof) story.proof = { ...story.proof, pidAfter: up.pidAfter };
  if (story.downSince !== null) story.apiDowntimeMs = Math.round(up.at - story.downSince);
}

/** Writes what a restart showed into the story. */
export function noteRestart(story: Story, before: readonly Container[], plan: Plan, shown: RestartProof): void {
  const seen = { key: 'live-restore', value: String(shown.facts.liveRestore) };
  const info = [...(story.proof?.info.filter(({ key }) => key !== seen.key) ?? []), seen];
  story.proof = {
    event: story.proof?.event ?? null,
    info,
    pidBefore: story.proof?.pidBefore ?? null,
    pidAfter: shown.pidAfter,
  };
  story.apiDowntimeMs = shown.apiDowntimeMs;
  story.containers = audit(before.filter(runs), plan.containers, shown.containers);
}

/** A reload or start reads the whole file, so an error anywhere in it stands in the way. */
export function faultIn(plan: Plan, path: string): Problem | null {
  const errors = plan.findings.filter((finding) => finding.severity === 'error');
  return errors.length > 0 ? { kind: 'config.faulty', path, findings: errors } : null;
}

async function refusalFor(site: ApplySite, plan: Plan): Promise<Problem | null> {
  if (plan.effect === 'none') return null;
  const reloading = plan.effect === 'restart' ? null : await site.manager.refusal('reload');
  return reloading ?? (plan.effect === 'reload' ? null : await site.manager.refusal('restart'));
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
