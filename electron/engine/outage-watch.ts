// While the daemon is down: looks at the pipes of its containers, often when somebody looks or one is nearly full, seldom else.
import type { NotMeasured } from '../contract/outage.ts';
import { tellUnlessOfSystem } from './fault.ts';
import { foresee, notMeasuredOf, pressureOf, withSample, type Sample } from './log-pipes.ts';
import type { LeftRunning, PipeReport } from './ports.ts';

/** What was seen of the pipes so far. */
export type Watched = {
  readonly samples: readonly Sample[];
  readonly notMeasured: NotMeasured;
  /** When the daemon was seen to go, in ms since 1970; null: it was down already. */
  readonly downSince: number | null;
};

export const nothingWatched: Watched = { samples: [], notMeasured: 'not-yet', downSince: null };

export type OutageWatchPorts = {
  /** Finds who still runs; null where the daemon is not down. */
  readonly look: () => Promise<readonly LeftRunning[] | null>;
  readonly measure: (left: readonly LeftRunning[]) => Promise<PipeReport>;
  readonly publish: (watched: Watched) => void;
};

export type OutageWatch = {
  /** The daemon is down. `since` as in `Watched`. */
  begin(since: number | null): void;
  /** It is not any more. */
  end(): void;
  /** Whether somebody looks at it. */
  attend(looking: boolean): void;
  /** Takes one sample now; resolves when it is published. */
  sample(): Promise<void>;
};

const oftenMs = 1_000;
const seldomMs = 15_000;
/** A pipe that is full so soon is looked at often, also when nobody looks. */
const nearMs = 120_000;

/** Does nothing, and keeps no timer, while the daemon is up. */
export function createOutageWatch(ports: OutageWatchPorts): OutageWatch {
  let watched: Watched = nothingWatched;
  let timer: NodeJS.Timeout | null = null;
  let active = false;
  let looking = false;

  function again(): void {
    if (timer !== null) clearTimeout(timer);
    timer = active ? setTimeout(() => void sampleOrLater(), waitMs()) : null;
  }

  function waitMs(): number {
    // What cannot be measured needs no haste; the first two samples make the first rate.
    if (watched.notMeasured !== null && watched.notMeasured !== 'not-yet') return seldomMs;
    if (looking || watched.samples.length < 2) return oftenMs;
    const pipes = [...foresee(watched.samples, watched.downSince).values()];
    const now = Date.now();
    const near = pipes.some(({ blocksAt }) => blocksAt !== null && blocksAt - now < nearMs);
    return near && pressureOf(pipes, now) !== 'blocked' ? oftenMs : seldomMs;
  }

  async function sample(): Promise<void> {
    const left = await ports.look();
    if (!active || left === null) return again();
    const report = await ports.measure(left);
    if (!active) return;
    const streams = report.kind === 'measured' ? report.streams : [];
    const samples = withSample(watched.samples, { at: Date.now(), streams });
    watched = { ...watched, samples, notMeasured: notMeasuredOf(report) };
    ports.publish(watched);
    again();
  }

  /** Where nobody waits for it: a sample that cannot be taken now is no reason to take none later. */
  async function sampleOrLater(): Promise<void> {
    try {
      await sample();
    } catch (error) {
      tellUnlessOfSystem(error);
      again();
    }
  }

  return {
    begin(since) {
      if (active) return;
      active = true;
      watched = { ...nothingWatched, downSince: since };
      void sampleOrLater();
    },
    end() {
      active = false;
      watched = nothingWatched;
      again();
    },
    attend(now) {
      const begins = now && !looking;
      looking = now;
      if (active && begins) void sampleOrLater();
    },
    sample,
  };
}
