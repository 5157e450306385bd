// Compares, when the daemon is back without our doing, every container with what was last seen before it went.
import { prepareVerb, type Gathered } from './gather.ts';
import type { Went } from './observe-outage.ts';
import type { Platform } from './ports.ts';
import { auditNow, type Foretold, type Looking } from './proof.ts';
import type { Observed, ViewStore } from './view.ts';

export type OthersPorts = {
  readonly platform: Pick<Platform, 'listening'>;
  readonly looking: Looking;
  readonly store: Pick<ViewStore, 'observed' | 'observe'>;
  /** The daemon's process now: its pid and start time; empty where it cannot be seen. */
  readonly process: () => string;
  readonly closed: () => boolean;
};

export type OthersWatch = {
  /** The connection was lost, and that was noted. */
  lost(): void;
  /** It is there again. Resolves when what is to be told is in the view. */
  back(): Promise<void>;
};

/** A verb of ours and the connection that it leads to are one happening. */
const ownWithinMs = 3_000;

/** A connection that breaks more often than that says nothing more. */
const mostTries = 3;

const isOpen = (before: Went | null, { link }: Pick<Observed, 'link'>): before is Went =>
  before !== null && link.kind === 'up';

/** Whether the daemon that is back now was started by a verb of ours; a stop of ours starts nothing. */
function isOurs({ operation, lastOutcome }: Pick<Observed, 'operation' | 'lastOutcome'>, now: number): boolean {
  if (operation.kind === 'running') return true;
  return lastOutcome !== null && lastOutcome.verb !== 'stop' && now - lastOutcome.finishedAt < ownWithinMs;
}

/**
 * The picture of before is kept until it was compared with: a connection that breaks once more while a daemon comes up
 * puts it off, and takes nothing from it.
 */
export function watchOthers({ platform, looking, store, process, closed }: OthersPorts): OthersWatch {
  let before: Went | null = null;
  let comparing = false;

  async function compare(went: Went): Promise<void> {
    const at = Date.now();
    const asked = { before: went.containers, went, foretold: (now: Gathered) => foretold(now, went) };
    const audit = await auditNow(platform, looking, asked);
    if (audit === null || closed()) return;
    before = null;
    store.observe({ othersRestart: { at, awayMs: at - went.at, audit } });
  }

  return {
    lost: () => void (before ??= looking.went()),
    async back() {
      if (before === null || comparing) return;
      // The same process again, or one that nobody can tell from another: nothing was restarted.
      const isSame = before.process === '' || before.process === process();
      if (isSame || isOurs(store.observed(), Date.now())) before = null;
      if (before === null) return;
      comparing = true;
      try {
        // Where it cannot be asked, its connection has broken: it may be there again already, else the next one leads here.
        for (let i = 0; i < mostTries && isOpen(before, store.observed()); i += 1) await compare(before);
      } finally {
        comparing = false;
      }
    },
  };
}

/** What would have been said before, had somebody asked: by what the old daemon went by, and the new one read. */
function foretold(now: Gathered, { containers, liveRestore }: Went): Foretold {
  const { engine } = now;
  const before = 'facts' in engine ? { ...engine, facts: { ...engine.facts, liveRestore } } : engine;
  const { plan } = prepareVerb({ ...now, containers, engine: before }, 'restart');
  return plan.containers.map(({ id, verdict }) => ({ id, foretold: verdict }));
}
