// Estimates how long the API will not answer: by what this daemon took before, else by what was measured elsewhere.
import type { Container } from '../contract/snapshot.ts';

/** One restart that was seen to its end. */
export type PastGap = {
  /** In ms. */
  readonly ms: number;
  /** Containers that ran before it. */
  readonly containers: number;
  /** Those that they published. */
  readonly ports: number;
  /** Whether some of them ended with it: a stop takes as long as the slowest of them. */
  readonly stopped: boolean;
};

export type ExpectedGap = { readonly ms: number; readonly range: readonly [low: number, high: number] };

/**
 * Measured on 20.10, 26.1, 28.5 with up to twelve containers on two busy processors: 0.9 to 2.9 s without the API, 12 to
 * 13 s where containers that do not end by themselves are stopped first. Every container and port adds to it.
 */
const measured = { low: 900, usual: 2_200, high: 3_000, stopping: 10_000, container: 15, port: 25 };
const remembered = 8;

export const portsOf = (containers: readonly Container[]): number =>
  containers.reduce((sum, container) => sum + container.ports.length, 0);

/** `ends`: some container ends with this restart. */
export function expectedGap(containers: readonly Container[], ends: boolean, past: readonly PastGap[]): ExpectedGap {
  const alike = past.filter(({ stopped }) => stopped === ends).slice(-remembered);
  const load = containers.length;
  const ports = portsOf(containers);
  if (alike.length > 0) {
    // One that was taken with other containers running, or other ports, is brought to the numbers of today.
    const moreThan = (gap: PastGap): number =>
      (load - gap.containers) * measured.container + (ports - gap.ports) * measured.port;
    const times = alike.map((gap) => Math.max(100, gap.ms + moreThan(gap))).toSorted((a, b) => a - b);
    const least = times[0] ?? 0;
    const most = times.at(-1) ?? 0;
    return { ms: times[Math.floor(times.length / 2)] ?? 0, range: [round(least * 0.8), round(most * 1.4)] };
  }
  const more = load * measured.container + ports * measured.port;
  const stopping = ends ? measured.stopping : 0;
  return {
    ms: round(measured.usual + stopping + more),
    // What obeys is stopped at once; what does not takes the whole ten seconds.
    range: [measured.low, round(measured.high + stopping + 2 * more)],
  };
}

const round = (ms: number): number => Math.round(ms / 100) * 100;
