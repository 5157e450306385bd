// Compares, when the daemon is back without our doing, every container with what was last seen before it went.
import type { OthersRestart } from '../contract/audit.ts';
import { prepareVerb, type Gathered } from './gather.ts';
import type { Went } from './observe-outage.ts';
import type { Platform } from './ports.ts';
import { auditNow, type Foretold, type Looking } from './proof.ts';
import type { ViewStore } from './view.ts';

/** A verb of ours and the connection that it leads to are one happening. */
const ownWithinMs = 3_000;

/** Whether the daemon that is back now was started by a verb of ours; a stop of ours starts nothing. */
export function isOurs({ operation, lastOutcome }: ReturnType<ViewStore['observed']>, now: number): boolean {
  if (operation.kind === 'running') return true;
  return lastOutcome !== null && lastOutcome.verb !== 'stop' && now - lastOutcome.finishedAt < ownWithinMs;
}

/**
 * Null where it is the same process (`process`: its pid and start time), where nobody had seen it up, or where it cannot be
 * asked. Another end of the daemon meanwhile makes it null, too: it is compared when it is back from that one.
 */
export async function compareAfterOthers(
  platform: Pick<Platform, 'listening'>,
  looking: Looking & { readonly went: () => Went | null },
  process: string,
): Promise<OthersRestart | null> {
  const went = looking.went();
  if (went === null || went.process === '' || went.process === process) return null;
  const at = Date.now();
  const audit = await auditNow(platform, looking, went.containers, (now) => foretold(now, went));
  return audit === null || looking.went() !== went ? null : { at, awayMs: at - went.at, audit };
}

/** What would have been said before, had somebody asked: by what the old daemon went by, and the new one read. */
function foretold(now: Gathered, { containers, liveRestore }: Went): Foretold {
  const { engine } = now;
  const before = 'facts' in engine ? { ...engine, facts: { ...engine.facts, liveRestore } } : engine;
  const { plan } = prepareVerb({ ...now, containers, engine: before }, 'restart');
  return plan.containers.map(({ id, verdict }) => ({ id, foretold: verdict }));
}
