// The side of the observer that looks while the daemon is down: who runs on, their pipes, and who did not come back.
import type { PipesReport } from '../contract/outage.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { Container } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { fallenSince } from './outage.ts';
import { createOutageWatch, nothingWatched } from './outage-watch.ts';
import { reportPipes } from './pipes-report.ts';
import type { Identification, LeftRunning, Platform } from './ports.ts';
import { isEnding } from './process-signs.ts';
import type { Link } from './status.ts';
import type { Observed, ViewStore } from './view.ts';
import { rememberWhoRan } from './who-ran.ts';

/** How the daemon was when it was last seen up. */
export type Went = {
  /** When it hung up, or was told to end; in ms since 1970. */
  readonly at: number;
  /** Which one it was: its pid and start time. */
  readonly process: string;
  /** What it goes by when it ends in good order. */
  readonly liveRestore: boolean;
  /** All that it had. */
  readonly containers: readonly Container[];
};

export type OutageSide = {
  /** The daemon told of its containers. */
  told(containers: readonly Container[]): void;
  /** A container is sent a signal. */
  signaled(id: string): void;
  /** The link changes to one that is not up: what is told from here on is told by others. */
  leaving(link: Link): void;
  /** Looks for containers that run without the daemon; null where it is not down. */
  look(): Promise<readonly LeftRunning[] | null>;
  /** It is down, and that was noted. */
  begin(): void;
  /** Its last end; null where nobody had seen it up. */
  went(): Went | null;
  /** It is up again: what is to be noted with that. */
  returned(): Pick<Observed, 'left' | 'watched'> & Partial<Observed>;
  attend(looking: boolean): void;
  /** Of all that run, whether the daemon does or not. */
  pipes(enlargeTo: number | null): Promise<Result<PipesReport>>;
  close(): void;
};

/** Empty where there is no process to be seen. */
export const processOf = (daemon: Identification | null): string =>
  daemon === null || daemon.pid === null ? '' : `${daemon.pid} ${daemon.startTicks}`;

export function observeOutage(
  platform: Platform,
  store: ViewStore,
  identified: () => Identification | null,
): OutageSide {
  const whoRan = rememberWhoRan(() => isEnding(store.view().target.endpoint, identified()));
  /** Who ran when the daemon went; null while it is up, and where nobody had seen it up. */
  let ranBefore: readonly Container[] | null = null;
  let went: Went | null = null;
  /** As it was known when it came up: by the time that it is lost, somebody may have looked for it in vain. */
  let process = '';
  let closed = false;
  const watch = createOutageWatch({
    look,
    measure: (left) => platform.measurePipes(left, null),
    publish: (watched) => store.observe({ watched, pipeMaxSize: platform.pipeMaxSize() }),
  });

  async function look(): Promise<readonly LeftRunning[] | null> {
    const { link, config, containers } = store.observed();
    const daemon = identified();
    if (daemon === null || link.kind !== 'down') return null;
    const known = new Set(containers?.list.map(({ id }) => id));
    const left = await platform.leftRunning(daemon, config.state === 'read' ? config.values : null, known);
    if (closed || store.observed().link.kind !== 'down') return null;
    store.observe({ left });
    return left;
  }

  return {
    told: whoRan.see,
    signaled: whoRan.signaled,
    leaving(link) {
      const { link: before } = store.observed();
      if (before.kind === 'up') {
        const containers = whoRan.whenItWent();
        ranBefore = containers.filter(runs);
        went = { at: Date.now(), process, liveRestore: before.facts.liveRestore, containers };
      }
      if (link.kind !== 'down') watch.end();
    },
    look,
    begin: () => (closed ? undefined : watch.begin(ranBefore === null ? null : (went?.at ?? null))),
    went: () => went,
    returned() {
      const fallen = ranBefore === null ? {} : { fallen: { at: Date.now(), containers: fallenSince(ranBefore) } };
      ranBefore = null;
      process = processOf(identified());
      watch.end();
      return { left: null, watched: nothingWatched, ...fallen };
    },
    attend: (looking) => watch.attend(looking),
    async pipes(enlargeTo) {
      const daemon = identified();
      if (daemon === null) return fail({ kind: 'engine.absent', endpoint: store.view().target.endpoint });
      return ok(await reportPipes({ platform, store, identified: daemon, outage: watch }, enlargeTo));
    },
    close() {
      closed = true;
      watch.end();
    },
  };
}
