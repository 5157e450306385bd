// The running daemon's answers as a transaction asks for them.
import type { Api } from './api.ts';
import type { Daemon } from './daemon.ts';
import { reloadReceipt } from './reload-receipt.ts';

/** `letGo` hangs up what follows the daemon all the time. */
export function daemonOf(api: Api, letGo: () => () => void): Daemon {
  return {
    letGo,
    async answers(limitMs) {
      const answer = await api.ping(limitMs);
      return answer.kind === 'ok' && (await api.negotiate(answer.apiVersion)).ok;
    },
    facts: () => api.facts(),
    containers: () => api.containers(),
    listenForReload: () => reloadReceipt(api),
  };
}
