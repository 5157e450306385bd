// The daemon configuration file on disk: read with its etag, replaced in one step, never by halves.
import { constants } from 'node:fs';
import { chmod, mkdir, open, rename, rm, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Writable } from '../contract/snapshot.ts';
import { etagOf } from './config-name.ts';
import { codeOf, locate } from './config-path.ts';
import { watchConfigFile } from './config-watch.ts';
import { copyAttributes, writableAt, writeProblem } from './config-writable.ts';
import { syncFolder } from './durable-file.ts';
import type { FileAttributes } from './ports.ts';

/** Nobody writes that much by hand; dockerd itself read 50 MB (measured). */
const largestBytes = 32 * 1024 * 1024;
const chunkBytes = 512 * 1024;
const newFileMode = 0o644;
const newFolderMode = 0o755;

/** What is on disk now. */
export type FileOnDisk =
  | { readonly state: 'absent'; readonly folderExists: boolean }
  | { readonly state: 'read'; readonly bytes: Uint8Array; readonly etag: string; readonly realPath: string }
  | { readonly state: 'problem'; readonly problem: Extract<Problem, { kind: 'config.unreadable' }> };

export type ConfigFileOptions = {
  /** As the daemon names it; links are followed anew each time. */
  readonly path: string;
  readonly attributes: FileAttributes;
  /** Called between all system calls of a change, so that tests can end the process there. */
  readonly step?: (name: string) => Promise<void>;
};

export type ConfigFileOnDisk = {
  readonly path: string;
  read(): Promise<FileOnDisk>;
  /** Every block that can be known before anything is started. */
  writable(): Promise<Writable>;
  /**
   * Puts these bytes in the file's place if it still has the etag (null: if there is none). The file is wholly old or
   * wholly new at every moment; owner, mode, ACL and attributes are those of the old one; of a link the target is
   * replaced. The caller holds the lock. A missing folder is made (0755), the last one of them being `createdFolder`.
   * Fails with `config.changed`, `config.not-writable`, `config.no-space`, `config.unreadable` or `config.write-failed`;
   * then nothing has changed.
   */
  replace(
    bytes: Uint8Array,
    ifMatch: string | null,
    transactionId: string,
  ): Promise<Result<{ etag: string; createdFolder: boolean }>>;
  /** Takes away a file that a transaction made, and its folder where that was made too and nothing else is in it. */
  remove(ifMatch: string, folderToo: boolean): Promise<Result<null>>;
  /** Takes away what a killed `replace` of this transaction may have left. */
  removeLeftover(transactionId: string): Promise<void>;
  /** Calls back after the file may have changed, also by a folder or link on its way. Returns the way to stop. */
  watch(changed: () => void): () => void;
};

/** Opens nothing yet: every call looks afresh. */
export function openConfigFile({
  path,
  attributes,
  step = () => Promise.resolve(),
}: ConfigFileOptions): ConfigFileOnDisk {
  const read = async (): Promise<FileOnDisk> => {
    const located = await locate(path);
    if (located.kind === 'absent') return { state: 'absent', folderExists: located.folderExists };
    if (located.kind === 'dangling') return unreadable(path, 'missing-target');
    if (located.kind === 'denied') return unreadable(path, 'denied');
    if (located.kind === 'not-a-folder') return unreadable(path, 'not-a-file');
    return readAt(path, located.path);
  };
  const changedSince = async (ifMatch: string | null): Promise<Problem | null> => {
    const now = await read();
    if (now.state === 'problem') return now.problem;
    return (now.state === 'read' ? now.etag : null) === ifMatch ? null : { kind: 'config.changed', path };
  };
  const placeOf = async (): Promise<{ readonly path: string; readonly folderExists: boolean } | null> => {
    const located = await locate(path);
    if (located.kind === 'absent') return located;
    return located.kind === 'file' ? { path: located.path, folderExists: true } : null;
  };

  return {
    path,
    read,
    writable: () => writableAt(path, attributes),

    async replace(bytes, ifMatch, transactionId) {
      await step('compare');
      const differs = await changedSince(ifMatch);
      if (differs) return fail(differs);
      const place = await placeOf();
      if (!place) return fail({ kind: 'config.changed', path });
      const writable = await writableAt(path, attributes);
      if (!writable.ok) return fail({ kind: 'config.not-writable', path, block: writable.block });
      const folder = dirname(place.path);
      const temporary = temporaryFor(place.path, transactionId);
      let made = false;
      try {
        if (!place.folderExists) {
          await step('make-folder');
          await mkdir(folder, { recursive: true });
          made = true;
          // The umask of whoever started us does not decide who may read the configuration.
          await step('folder-mode');
          await chmod(folder, newFolderMode);
          await step('sync-parent');
          await syncFolder(dirname(folder));
        }
        await step('create');
        const handle = await open(
          temporary,
          constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW,
          0o600,
        );
        try {
          // Before the bytes: some inode flags can only be set while a file is empty.
          await step('attributes');
          if (ifMatch === null) await handle.chmod(newFileMode);
          else await copyAttributes(attributes, place.path, temporary);
          await writeAll(handle, bytes, step);
          await step('sync');
          await handle.sync();
        } finally {
          await step('close');
          await handle.close();
        }
        await step('compare-again');
        const differsNow =
          (await changedSince(ifMatch)) ??
          ((await placeOf())?.path === place.path ? null : { kind: 'config.changed' as const, path });
        if (differsNow) {
          await undo(temporary, made ? folder : null);
          return fail(differsNow);
        }
        await step('rename');
        await rename(temporary, place.path);
      } catch (error) {
        await undo(temporary, made ? folder : null);
        return fail(writeProblem(path, error));
      }
      await step('sync-folder');
      await syncFolder(folder);
      await step('done');
      return ok({ etag: etagOf(bytes), createdFolder: made });
    },

    async remove(ifMatch, folderToo) {
      await step('compare');
      const differs = await changedSince(ifMatch);
      if (differs) return fail(differs);
      const place = await placeOf();
      if (!place) return fail({ kind: 'config.changed', path });
      const folder = dirname(place.path);
      try {
        await step('unlink');
        await unlink(place.path);
      } catch (error) {
        return fail(writeProblem(path, error));
      }
      await step('sync-folder');
      await syncFolder(folder);
      if (folderToo) {
        await step('remove-folder');
        await removeEmpty(folder);
      }
      await step('done');
      return ok(null);
    },

    async removeLeftover(transactionId) {
      const place = await placeOf();
      if (!place?.folderExists) return;
      await rm(temporaryFor(place.path, transactionId), { force: true });
      await syncFolder(dirname(place.path));
    },

    watch: (changed) => watchConfigFile(path, changed),
  };
}

/** Stands beside the file, so that renaming stays inside one file system; the same name for recovery to find. */
function temporaryFor(realPath: string, transactionId: string): string {
  if (!/^[\w-]+$/.test(transactionId)) throw new Error('A transaction id that is no name');
  return join(dirname(realPath), `.${basename(realPath)}.afloat-${transactionId}`);
}

const unreadable = (
  path: string,
  cause: Extract<Problem, { kind: 'config.unreadable' }>['cause'],
): Extract<FileOnDisk, { state: 'problem' }> => ({
  state: 'problem',
  problem: { kind: 'config.unreadable', path, cause },
});

/** Reads a resolved path; what is opened is looked at through its descriptor, and a pipe or device is never waited for. */
async function readAt(path: string, realPath: string): Promise<FileOnDisk> {
  let handle: FileHandle;
  try {
    handle = await open(realPath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    // Gone between two looks: as if it had never been there, the next event tells more.
    if (code === 'ENOENT') return { state: 'absent', folderExists: true };
    if (code === 'ENXIO') return unreadable(path, 'not-a-file');
    return unreadable(path, code === 'EACCES' || code === 'EPERM' ? 'denied' : 'io');
  }
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) return unreadable(path, 'not-a-file');
    if (facts.size > largestBytes) return unreadable(path, 'too-large');
    const bytes = await handle.readFile();
    return { state: 'read', bytes, etag: etagOf(bytes), realPath };
  } catch {
    // A disk or network file system that fails while reading: there is nothing to do but to say so.
    return unreadable(path, 'io');
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, step: (name: string) => Promise<void>): Promise<void> {
  let at = 0;
  do {
    await step('write');
    at += (await handle.write(bytes, at, Math.min(chunkBytes, bytes.length - at), null)).bytesWritten;
  } while (at < bytes.length);
}

/** Leaves everything as it was; what cannot be removed now is found by `removeLeftover`. */
async function undo(temporary: string, madeFolder: string | null): Promise<void> {
  try {
    await rm(temporary, { force: true });
  } catch {
    // The cause of the failure is told already; a temporary file harms nobody.
  }
  if (madeFolder !== null) await removeEmpty(madeFolder);
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    // Somebody else has put something in meanwhile, or has removed it: both are theirs to decide.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
    return;
  }
  await syncFolder(dirname(folder));
}
