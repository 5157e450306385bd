// Says when a daemon may be coming, by the kernel's word about folders; connects to nothing.
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname, relative, sep } from 'node:path';

/** What inotify cannot see (a process without any of the files) is found by one gentle look a minute. */
const gentleLookMs = 60_000;

/**
 * Calls back when something happens to the files that a starting daemon leaves: its socket, its pid file, the unit's
 * invocation link. A file's folder that is not there yet is waited for in the nearest one that is. Returns the way to
 * stop; until then the process stays, because who waits for a daemon that is down may wait for nothing else.
 */
export function watchFolders(traces: readonly string[], coming: () => void): () => void {
  const stops = [...new Set(traces)].map((trace) => watchTrace(trace, coming));
  const look = setInterval(coming, gentleLookMs);
  return () => {
    clearInterval(look);
    for (const stop of stops) stop();
  };
}

function watchTrace(trace: string, coming: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let stopped = false;

  function arm(): void {
    watcher?.close();
    watcher = null;
    if (stopped) return;
    const folder = nearestFolder(trace);
    const [next, ...deeper] = relative(folder, trace).split(sep);
    try {
      watcher = watch(folder, (_event, name) => {
        const gone = !existsSync(folder);
        if (name !== null && name !== next && !gone) return;
        // What is nearest has changed: the rest of the way is watched from there.
        if (gone || deeper.length > 0) arm();
        coming();
      });
      // A folder that goes away ends its watch; the gentle look remains.
      watcher.on('error', () => watcher?.close());
    } catch {
      // No watch to be had (limits, permissions): the gentle look remains.
      return;
    }
    // It may have come while the watch was being set up.
    if (nearestFolder(trace) !== folder) arm();
  }

  arm();
  return () => {
    stopped = true;
    watcher?.close();
  };
}

function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === '/' ? folder : nearestFolder(folder);
}
