// What tells a connection whether its daemon's process runs, is gone, or may be coming.
import { setTimeout as pause } from 'node:timers/promises';
import type { Candidate } from '../contract/snapshot.ts';
import type { ProcessSigns } from './connection.ts';
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

export const identityOf = ({ pid, startTicks }: Identification): ProcessIdentity => ({
  pid: pid ?? 0,
  startTicks: startTicks ?? '',
});
