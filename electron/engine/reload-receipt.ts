// Listens for the daemon's own word that it read its file again.
import type { Api } from './api.ts';
import { ok, type Result } from '../contract/problem.ts';
import type { ReloadEvent, ReloadReceipt } from './daemon.ts';

/** Begins to listen on a stream of its own; resolves when the daemon really sends to it, or does not take it. */
export async function reloadReceipt(api: Api): Promise<Result<ReloadReceipt>> {
  let got: ReloadEvent | 'gone' | null = null;
  let tell = (_what: ReloadEvent | 'gone'): void => undefined;
  const take = (what: ReloadEvent | 'gone'): void => {
    got ??= what;
    tell(got);
  };
  const opened = await api.events((event) => {
    if (event.type === 'daemon' && event.action === 'reload')
      take({ timeNano: event.timeNano, attributes: event.attributes });
  });
  if (!opened.ok) return opened;
  void opened.value.ended.then(() => take('gone'));
  return ok({
    wait: (limitMs) =>
      new Promise((resolve) => {
        if (got !== null) return resolve(got);
        const limit = setTimeout(() => resolve('timeout'), limitMs);
        tell = (what) => {
          clearTimeout(limit);
          resolve(what);
        };
      }),
    close: () => opened.value.close(),
  });
}
