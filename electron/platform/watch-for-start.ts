// Says when a daemon may be coming, by the kernel's word about folders; connects to nothing.
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What inotify cannot see (a process without any of the files) is found by one gentle look a minute. */
const gentleLookMs = 60_000;

/**
 * Calls back when something happens in the folders where a starting daemon leaves traces: its socket, its pid file, the
 * unit's invocation link. A file's folder that is not there yet is waited for in its parent. Returns the way to stop.
 */
export function watchFolders(traces: readonly string[], coming: () => void): () => void {
  const watchers: FSWatcher[] = [];
  for (const folder of new Set(traces.map(nearestFolder))) {
    try {
      const names = new Set(traces.map((trace) => basename(trace)));
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name) || name.startsWith('docker') || !existsSync(folder)) coming();
      });
      // A folder that goes away ends its watch; the gentle look remains.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // No watch to be had (limits, permissions): the gentle look remains.
    }
  }
  const look = setInterval(coming, gentleLookMs);
  look.unref();
  return () => {
    clearInterval(look);
    for (const watcher of watchers) watcher.close();
  };
}

function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === '/' ? folder : nearestFolder(folder);
}
