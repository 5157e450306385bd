// What tells a connection whether its daemon's process runs, is gone, or may be coming.
import { access } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Candidate } from '../contract/snapshot.ts';
import type { ProcessSigns } from './connection.ts';
import { parseEndpoint } from './endpoint.ts';
import type { Identification, Platform } from './ports.ts';
import { stillRuns, type ProcessIdentity } from './process-identity.ts';

const processPollMs = 50;
/** A daemon that stops containers takes 10 s for it and more (measured). */
const endingPatienceMs = 12_000;

type Now = { readonly identified: () => Identification | null; readonly closed: () => boolean };

export const signsOf = (platform: Platform, candidate: Candidate, { identified, closed }: Now): ProcessSigns => ({
  runs: () => platform.daemonRuns(candidate, identified()),
  async gone() {
    const identity = identified();
    const patientUntil = Date.now() + endingPatienceMs;
    // A process that nobody could name cannot be waited for.
    while (identity !== null && identity.pid !== null && !closed() && (await stillRuns(identityOf(identity)))) {
      // Its manager knows better than a clock whether it is still ending.
      if (Date.now() > patientUntil && (await identity.manager.state()).state !== 'stopping') return;
      await pause(processPollMs);
    }
  },
  watchForStart: (coming) => platform.watchForStart(candidate, identified(), coming),
});

/**
 * Whether the daemon was told to end: a socket of its own it removes before anything else (within 14 ms, measured on
 * 20.10, 26.1, 28.5); one that it was given stays, and its manager knows that it stops it.
 */
export async function isEnding(endpoint: string, identified: Identification | null): Promise<boolean> {
  const parsed = parseEndpoint(endpoint);
  const isGone = parsed.ok && parsed.value.kind === 'unix' && !(await isThere(parsed.value.path));
  return isGone || (await identified?.manager.state())?.state === 'stopping';
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

export const identityOf = ({ pid, startTicks }: Identification): ProcessIdentity => ({
  pid: pid ?? 0,
  startTicks: startTicks ?? '',
});
