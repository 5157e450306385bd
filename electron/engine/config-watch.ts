// Tells when a configuration file may have changed, however it was changed.
import { lstatSync, readlinkSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** One rename makes several events; they are told as one. */
const settleMs = 20;
const mostLinks = 40;

/**
 * Watches the folders through which a path leads, not the file: editors and we ourselves replace it. A missing folder is
 * awaited in the nearest one that exists, links are followed, and everything is looked up again after each event, because
 * watching a folder ends silently when it goes. Where the system has no watches left nothing is told; callers also read
 * when their window gets the focus.
 */
export function watchConfigFile(path: string, changed: () => void): () => void {
  let watchers: readonly FSWatcher[] = [];
  let armed = '';
  let timer: NodeJS.Timeout | null = null;

  const disarm = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const arm = (): void => {
    const wanted = namesOnTheWay(path);
    // A folder made anew under the old name is another folder.
    const now = [...wanted].map(([folder, names]) => [folder, inodeOf(folder), ...names].join('\0')).join('\n');
    if (now === armed) return;
    disarm();
    armed = now;
    watchers = [...wanted].flatMap(([folder, names]) => watched(folder, names, notice));
  };
  const notice = (folderItself: boolean): void => {
    // A folder that went and came again may even have its old inode number: what watched it is dead all the same.
    if (folderItself) armed = '';
    // Watching again comes first: a change after it makes an event of its own.
    arm();
    timer ??= setTimeout(() => {
      timer = null;
      arm();
      changed();
    }, settleMs);
  };
  arm();
  return () => {
    if (timer) clearTimeout(timer);
    disarm();
  };
}

function watched(
  folder: string,
  names: ReadonlySet<string>,
  notice: (folderItself: boolean) => void,
): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      // Without a name, or with the folder's own, the folder itself has changed.
      const folderItself = name === null || name === basename(folder);
      if (folderItself || names.has(name)) notice(folderItself);
    });
    watcher.on('error', () => notice(true));
    return [watcher];
  } catch {
    // Gone meanwhile, not ours to watch, or no watches left (see above).
    return [];
  }
}

/** Folders to watch, each with the names in it that matter: for every link on the way, its folder and the one above. */
function namesOnTheWay(path: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (of: string): void => {
    const folder = dirname(of);
    if (folder === of) return;
    if (!exists(folder)) return note(folder);
    found.set(folder, (found.get(folder) ?? new Set()).add(basename(of)));
  };
  const seen = new Set<string>();
  const follow = (of: string): void => {
    if (seen.has(of) || seen.size > mostLinks) return;
    seen.add(of);
    note(of);
    note(dirname(of));
    for (const step of [of, dirname(of)]) {
      const target = linkTargetOf(step);
      if (target !== null) follow(step === of ? target : resolve(target, basename(of)));
    }
  };
  follow(resolve(path));
  return found;
}

const exists = (folder: string): boolean => look(() => statSync(folder).isDirectory()) ?? false;

const inodeOf = (folder: string): number => look(() => statSync(folder).ino) ?? 0;

const linkTargetOf = (path: string): string | null =>
  look(() => (lstatSync(path).isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null));

/** What is not there or not ours to see has nothing to tell. */
function look<T>(at: () => T): T | null {
  try {
    return at();
  } catch {
    // Nothing to tell, see above.
    return null;
  }
}
