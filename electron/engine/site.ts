// Brings together what a transaction works with: the daemon, its manager, its file, the journal, backups and the lock.
import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Patch } from '../contract/change.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { ActSite } from './act.ts';
import { keepBackup, readBackup } from './backups.ts';
import { etagOf } from './config-name.ts';
import { writeProblem } from './config-writable.ts';
import { editConfigText, encodeConfigText, readConfigText } from './config-text.ts';
import { prepareChange, prepareRescue, prepareVerb, prepareWayBack } from './gather.ts';
import { openJournal } from './journal.ts';
import { byFlag } from './live-restore.ts';
import { lockNameFor, takeLock, type Lock } from './lock.ts';
import type { Observer } from './observer.ts';
import type { Identification, Platform } from './ports.ts';
import { ownIdentity, processLives, stillRuns } from './process-identity.ts';
import type { RecoverySite } from './recover.ts';
import type { RescueSite } from './rescue.ts';
import type { WayBackSite } from './start-with.ts';
import type { ViewStore } from './view.ts';

/** For the verbs without a change. Fails with `target.read-only` or why the daemon cannot be looked at. */
export async function actSite(platform: Platform, observer: Observer, store: ViewStore): Promise<Result<ActSite>> {
  const proven = await provenTarget(observer, store);
  if (!proven.ok) return proven;
  const { identification, configPath } = proven.value;
  return ok({
    daemon: observer.daemon,
    manager: identification.manager,
    async prepareVerb(verb) {
      const gathered = await sameTarget(observer, identification);
      return gathered.ok ? ok(prepareVerb(gathered.value, verb)) : gathered;
    },
    validate: (bytes) => validated(platform, identification, configPath, bytes),
    lock: () => lockFor(platform.stateFolder, configPath),
    lives: processLives,
  });
}

/** For changes of the file, and for settling what an ended process left. */
export async function applySite(
  platform: Platform,
  observer: Observer,
  store: ViewStore,
  newId: () => string,
): Promise<Result<RecoverySite & RescueSite & WayBackSite>> {
  const proven = await provenTarget(observer, store);
  if (!proven.ok) return proven;
  const { identification, configPath } = proven.value;
  const file = observer.file();
  if (file === null) return fail({ kind: 'target.read-only', reason: 'config-unknown', detail: '' });
  const owner = await ownIdentity();
  const { stateFolder } = platform;
  const etagNow = async (): Promise<string | null> => {
    const disk = await file.read();
    return disk.state === 'read' ? disk.etag : null;
  };
  return ok({
    daemon: observer.daemon,
    manager: identification.manager,
    lives: processLives,
    journal: openJournal(stateFolder, configPath),
    async prepare(change) {
      const gathered = await sameTarget(observer, identification);
      return gathered.ok ? prepareChange(gathered.value, change) : gathered;
    },
    async prepareRescue() {
      const gathered = await sameTarget(observer, identification);
      return gathered.ok ? prepareRescue(gathered.value) : gathered;
    },
    async prepareWayBack(earlier) {
      const gathered = await sameTarget(observer, identification);
      return gathered.ok ? prepareWayBack(gathered.value, earlier) : gathered;
    },
    validate: (bytes) => validated(platform, identification, configPath, bytes),
    lock: () => lockFor(stateFolder, configPath),
    keepingFailed: (error) => writeProblem(stateFolder, error),
    backUp: (bytes) => keepBackup(stateFolder, configPath, bytes, { at: Date.now(), verb: 'apply' }),
    replace: (bytes, ifMatch, id) => file.replace(bytes, ifMatch, id),
    remove: (ifMatch, folderToo) => file.remove(ifMatch, folderToo),
    async removeLeftover({ id, createdFolder }) {
      await file.removeLeftover(id);
      // A folder that was made for a file that never came; one with anything in it stays.
      if (createdFolder && (await file.read()).state === 'absent')
        await rmdir(dirname(configPath)).catch(() => undefined);
    },
    edited: (before, patch) => editedBytes(before, patch, configPath),
    etagOf,
    etagNow,
    newTransaction: (fields) => ({
      ...fields,
      version: 1,
      id: newId(),
      configPath,
      endpoint: store.view().target.endpoint,
      verb: 'apply',
      phase: 'prepared',
      daemon: identityOf(identification),
      startedAt: Date.now(),
      owner,
      wrote: [fields.newEtag],
    }),
    async present() {
      const now = await observer.identification();
      return { etag: await etagNow(), daemon: identityOf(now) };
    },
    async before({ backup }) {
      const gathered = await observer.gather();
      if (!gathered.ok) return gathered;
      const bytes = backup === null ? null : await readBackup(stateFolder, configPath, backup);
      if (backup !== null && bytes === null) return fail({ kind: 'journal.stale', path: configPath });
      const { engine, containers, identification } = gathered.value;
      const facts = 'facts' in engine ? engine.facts : null;
      const liveRestoreByFlag = byFlag(identification.startFlags) !== null;
      return ok({ before: { etag: backup, bytes, folderMissing: false }, facts, containers, liveRestoreByFlag });
    },
    // We hold the lock: what we began ourselves is not under way any more.
    ownerLives: async (transaction) => transaction.owner.pid !== owner.pid && (await stillRuns(transaction.owner)),
  });
}

type Proven = { readonly identification: Identification; readonly configPath: string };

async function provenTarget(observer: Observer, store: ViewStore): Promise<Result<Proven>> {
  const identification = await observer.identification();
  const { access } = store.view().target;
  if (access.kind === 'read-only')
    return fail({ kind: 'target.read-only', reason: access.reason, detail: access.detail });
  const { configPath } = identification;
  if (configPath === null) return fail({ kind: 'target.read-only', reason: 'config-unknown', detail: '' });
  return ok({ identification, configPath });
}

/** Everything afresh, if it is still the process that was proven. */
async function sameTarget(observer: Observer, proven: Identification): ReturnType<Observer['gather']> {
  const gathered = await observer.gather();
  if (!gathered.ok) return gathered;
  const now = gathered.value.identification;
  const same = now.pid === proven.pid && now.startTicks === proven.startTicks && now.configPath === proven.configPath;
  return same ? gathered : fail({ kind: 'target.changed' });
}

const identityOf = ({ pid, startTicks }: Identification) =>
  pid === null ? null : { pid, startTicks: startTicks ?? '' };

/** Fails also where our own folder cannot be written to. */
export async function lockFor(stateFolder: string, configPath: string): Promise<Result<Lock>> {
  let lock: Result<Lock>;
  try {
    lock = await takeLock(stateFolder, lockNameFor(configPath));
  } catch (error) {
    // A full disk, a read-only one, or a folder that is not ours.
    return fail(writeProblem(stateFolder, error));
  }
  if (!lock.ok) return lock;
  const held = lock.value;
  // It ends with our process at the latest: the outcome of what was done must not be lost for it.
  return ok({ release: () => held.release().catch(() => undefined) });
}

async function validated(
  platform: Platform,
  daemon: Identification,
  path: string,
  bytes: Uint8Array,
): Promise<Problem | null> {
  const read = readConfigText(bytes, path, null);
  // dockerd's own words are better than ours where the text has a fault that only an old engine reads over.
  const text = read.ok ? read.value.text : new TextDecoder().decode(bytes);
  const judged = await platform.validator.validate(text, daemon);
  return judged.kind === 'refused' ? { kind: 'config.rejected', path, lines: judged.lines } : null;
}

function editedBytes(before: Uint8Array | null, patch: Patch, path: string): Uint8Array | null {
  if (patch.length === 0) return before;
  const read = readConfigText(before ?? new Uint8Array(), path, null);
  if (!read.ok) return null;
  const text = editConfigText(read.value, patch);
  return text.ok ? encodeConfigText(text.value, read.value) : null;
}
