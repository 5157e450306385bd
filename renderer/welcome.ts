// What the page of the first start comes to: what would become of the containers now, and the one step that helps.
import type { Snapshot } from '@contract/snapshot.ts';
import { blamesFile, isBroken } from './down.ts';
import type { Forecast } from './store.ts';
import { countVerdicts } from './verdict-counts.ts';

/** What would become of the containers if the daemon stopped or restarted now. */
export type Fate =
  /** There is nobody to tell of: the state of the daemon says all. */
  | { readonly kind: 'state' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'counted'; readonly all: number; readonly kept: number; readonly on: boolean }
  /** Live restore is on, and more cannot be foretold. */
  | { readonly kind: 'on'; readonly running: number }
  /** The daemon is down, and they run on. */
  | { readonly kind: 'without'; readonly running: number };

/** What helps now; null: nothing has to be done, or nothing can be done from here. */
export type Step =
  | 'rescue'
  | 'start'
  | 'sandbox'
  | 'again'
  | 'look'
  | 'repair'
  | 'defuse'
  | 'reload'
  | 'protect'
  | 'see-status'
  | null;

/** What a restart would do, in counts; from the plan where there is one, else from what the daemon itself says. */
export function fateOf(snapshot: Snapshot, { plan, fresh }: Forecast): Fate {
  const { engine, liveRestore, containers, outage } = snapshot;
  if (engine.state === 'denied') return { kind: 'hidden' };
  if (engine.state !== 'running') {
    const running = outage?.containers.length ?? 0;
    return running > 0 ? { kind: 'without', running } : { kind: 'state' };
  }
  const { effective } = liveRestore;
  if (plan !== null && plan.blocked === null) {
    const { all, kept } = countVerdicts(plan.containers);
    return { kind: 'counted', all, kept, on: effective === true };
  }
  if (!fresh) return { kind: 'asking' };
  if (containers === null || effective === null) return { kind: 'hidden' };
  const { running } = containers.counts;
  // That they stop without it is sure; that all keep running with it is for a plan to say.
  return effective && running > 0 ? { kind: 'on', running } : { kind: 'counted', all: running, kept: 0, on: effective };
}

/** The step that matters most, as elsewhere: who can be saved, then a daemon that runs, a file that can be read, live restore. */
export function stepFor(snapshot: Snapshot, fate: Fate): Step {
  const { engine, rescue, rights } = snapshot;
  if (rescue !== null) return 'rescue';
  switch (engine.state) {
    case 'absent':
      return 'sandbox';
    case 'denied':
      return rights.step === 'installed' ? 'look' : 'again';
    case 'hanging':
      return 'again';
    case 'stopped':
    case 'armed':
    case 'failed':
      return blamesFile(snapshot) ? 'repair' : 'start';
    case 'running':
      return stepWhileRunning(snapshot, fate);
    case 'connecting':
    case 'reloading':
    case 'starting':
    case 'restarting':
    case 'stopping':
      return null;
  }
}

function stepWhileRunning(snapshot: Snapshot, fate: Fate): Step {
  const { target, liveRestore, rights, config } = snapshot;
  const { effective, file, flag, blockedBy } = liveRestore;
  if (isBroken(config)) return 'repair';
  const isHidden = config.state === 'unreadable' && config.etag === null;
  const opens = rights.step === 'installed';
  if (isHidden && opens) return 'look';
  if (target.access.kind !== 'proven') return null;
  if (blockedBy === 'swarm') return effective === true || file === true ? 'defuse' : null;
  if (blockedBy !== null) return null;
  if (effective === false) return (flag ?? file) === true ? 'reload' : 'protect';
  if (effective === true && (flag ?? file) !== true) return 'protect';
  return fate.kind === 'counted' && fate.kept < fate.all ? 'see-status' : null;
}

/** Whether turning live restore on is offered, so that what it would do has to be known. */
export const offersProtection = (snapshot: Snapshot, restart: Forecast): boolean =>
  stepFor(snapshot, fateOf(snapshot, restart)) === 'protect';
