// Remembers who ran when the daemon was told to end: some go on telling while they stop their containers.
import type { Container } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { tellUnlessOfSystem } from './fault.ts';

/** Whoever is told to end has ended by then, or is killed: ten seconds are usual, and 15 the default of `shutdown-timeout`. */
const stoppingMs = 15_000;

export type WhoRan = {
  /** Everything that the daemon tells now. */
  see(containers: readonly Container[]): void;
  /** A container is sent a signal: by somebody, as `docker stop` does, or by the daemon that stops it. */
  signaled(id: string): void;
  /**
   * The connection is lost. All containers as they were when the daemon began to end: those that it stopped are told as
   * running, those that somebody else was stopping as ended.
   */
  whenItWent(): readonly Container[];
};

/** `byDaemon` null: not known yet. */
type Signal = { readonly at: number; readonly container: Container; byDaemon: boolean | null };

/**
 * By events alone nobody can tell the daemon that stops its containers from `docker stop` of all of them: signals, ends and
 * their times are alike, and 20.10 stays for a second more in both (measured). `isEnding` can: when a daemon signals
 * its containers, its end has begun. Those of 26.1 and 28.5 also hang up some 12 ms before they do, which on a busy
 * computer is seen together: what nobody could tell by then was the daemon.
 */
export function rememberWhoRan(isEnding: () => Promise<boolean>, clock: () => number = Date.now): WhoRan {
  let told: readonly Container[] = [];
  /** The last for each container, with the process that it was for. */
  let signals = new Map<string, Signal>();
  const recent = ({ at }: Signal): boolean => clock() - at < stoppingMs;

  function asItWas(one: Container): Container {
    const signal = signals.get(one.id);
    if (signal === undefined || !recent(signal)) return one;
    if (signal.byDaemon ?? true) return signal.container;
    const isThat = signal.container.pid === one.pid;
    return isThat ? { ...one, state: 'exited', pid: 0 } : one;
  }

  return {
    see: (containers) => void (told = containers),
    signaled(id) {
      const container = told.find((one) => one.id === id);
      if (container === undefined || !runs(container)) return;
      const signal: Signal = { at: clock(), container, byDaemon: null };
      signals = new Map([...signals].filter(([, one]) => recent(one))).set(id, signal);
      void isEnding().then((byDaemon) => void (signal.byDaemon = byDaemon), tellUnlessOfSystem);
    },
    whenItWent() {
      const here = new Set(told.map(({ id }) => id));
      // What was started with --rm is gone already.
      const removed = [...signals].flatMap(([id, signal]) =>
        (signal.byDaemon ?? true) && recent(signal) && !here.has(id) ? [signal.container] : [],
      );
      const all = [...told.map(asItWas), ...removed];
      signals = new Map();
      return all;
    },
  };
}
