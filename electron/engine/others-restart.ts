// Compares, when the daemon is back without our doing, every container with what was last seen before it went.
import type { Audit, Deviation } from '../contract/audit.ts';
import { runs } from './audit.ts';
import { portsOf, type PastGap } from './expected-gap.ts';
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
  /** Whether that process goes on, though it has hung up. */
  readonly goesOn: () => Promise<boolean>;
  /** When it began, in ms since 1970; null where that cannot be seen. */
  readonly began: () => Promise<number | null>;
  /** Keeps how long it was away, for the next estimate. */
  readonly keep: (gap: PastGap) => Promise<void>;
  readonly closed: () => boolean;
};

export type OthersWatch = {
  /** The connection was lost, and that was noted; `down`: no process of the daemon runs. */
  lost(down: boolean): void;
  /** It is there again. Resolves when what is to be told is in the view. */
  back(): Promise<void>;
};

/** A verb of ours and the connection that it leads to are one happening. */
const ownWithinMs = 3_000;

/** A restart starts the next process when the one before has ended; whoever types a command takes longer. */
const atOnceMs = 1_000;

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
export function watchOthers({ platform, looking, store, process, closed, ...ports }: OthersPorts): OthersWatch {
  let before: Went | null = null;
  /** It hung up and went on: it was told to end. One that is killed, and any of 20.10, is gone by then. */
  let hungUpFirst: Promise<boolean> = Promise.resolve(false);
  let goneAt: number | null = null;
  let comparing = false;

  async function compare(went: Went): Promise<void> {
    const at = Date.now();
    const asked = { before: went.containers, went, foretold: (now: Gathered) => foretold(now, went) };
    const audit = await auditNow(platform, looking, asked);
    if (audit === null || closed()) return;
    before = null;
    const awayMs = at - went.at;
    // First: whoever hears of it may ask at once how long the next one will take.
    if (await wasSeenWhole()) await ports.keep(gapOf(awayMs, went, audit));
    if (!closed()) store.observe({ othersRestart: { at, awayMs, audit } });
  }

  /** A restart from its first moment on, in which nobody left the daemon down for a while. */
  async function wasSeenWhole(): Promise<boolean> {
    const [first, began] = await Promise.all([hungUpFirst, ports.began()]);
    return first && (goneAt === null || (began !== null && began - goneAt < atOnceMs));
  }

  return {
    lost(down) {
      if (before === null) {
        before = looking.went();
        hungUpFirst = ports.goesOn().catch(() => false);
        goneAt = null;
      }
      if (down) goneAt ??= Date.now();
    },
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

/** Of a container whose process did not live on. */
const ending: ReadonlySet<Deviation['kind']> = new Set(['ended', 'keeps-ending', 'new-process']);

function gapOf(ms: number, { containers }: Went, audit: Audit): PastGap {
  const ran = containers.filter(runs);
  const stopped = audit.containers.some(({ deviations }) => deviations.some(({ kind }) => ending.has(kind)));
  return { ms, containers: ran.length, ports: portsOf(ran), stopped };
}
