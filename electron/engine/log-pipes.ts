// Foresees from samples when the pipe of each container will be full: how fast it fills, and how much still fits.
import type { LogPipes, NotMeasured, Outage } from '../contract/outage.ts';
import type { PipeReport, StreamReading } from './ports.ts';

/** The pipes of all containers at one moment, in ms since 1970. */
export type Sample = { readonly at: number; readonly streams: readonly StreamReading[] };

/** How far back a rate is taken from: long enough for one line a minute, short enough to notice that one has begun. */
const windowMs = 120_000;
const mostSamples = 240;
/** `soon` begins here. */
export const soonMs = 60_000;
/**
 * Of a terminal's output only the last pipe can be seen; before it some 14 KiB fit into the terminal and the shim
 * (measured: it blocks after about 78 KiB).
 */
const terminalBytes = 14 * 1024;

/** The samples that still count, with this one. */
export const withSample = (samples: readonly Sample[], sample: Sample): readonly Sample[] =>
  [...samples.filter(({ at }) => sample.at - at <= windowMs), sample].slice(-mostSamples);

/**
 * What is foreseen for every container by its id. `downSince`: when the daemon was seen to go, because then the pipes
 * were as good as empty; null where nobody saw it.
 */
export function foresee(samples: readonly Sample[], downSince: number | null): ReadonlyMap<string, LogPipes> {
  const last = samples.at(-1);
  const found = new Map<string, LogPipes>();
  for (const stream of last?.streams ?? []) {
    const pipes = ofStream(stream, last?.at ?? 0, samples, downSince);
    const other = found.get(stream.id);
    if (other === undefined || isNearer(pipes, other)) found.set(stream.id, pipes);
  }
  return found;
}

function ofStream(now: StreamReading, at: number, samples: readonly Sample[], downSince: number | null): LogPipes {
  const capacity = now.capacity + (now.terminal ? terminalBytes : 0);
  const rate = rateOf(now, at, samples, downSince);
  const left = Math.max(0, capacity - now.bytes);
  return {
    bytes: now.bytes,
    capacity,
    rate,
    blocksAt: now.full || rate === null || rate <= 0 ? null : Math.round(at + (left / rate) * 1000),
    blocked: now.full,
  };
}

/** From the oldest sample in the window, else from the moment at which the pipes were empty. */
function rateOf(now: StreamReading, at: number, samples: readonly Sample[], downSince: number | null): number | null {
  const earlier = samples.flatMap((sample) => {
    const same = sample.streams.find(({ id, stream }) => id === now.id && stream === now.stream);
    return same && sample.at < at ? [{ at: sample.at, bytes: same.bytes }] : [];
  });
  const empty = downSince !== null && at - downSince <= windowMs ? [{ at: downSince, bytes: 0 }] : [];
  const first = [...empty, ...earlier][0];
  if (first === undefined || at <= first.at) return null;
  return Math.max(0, ((now.bytes - first.bytes) / (at - first.at)) * 1000);
}

/** Which of two streams decides over the container. */
function isNearer(a: LogPipes, b: LogPipes): boolean {
  if (a.blocked !== b.blocked) return a.blocked;
  if (a.blocksAt !== b.blocksAt) return (a.blocksAt ?? Infinity) < (b.blocksAt ?? Infinity);
  return a.bytes / a.capacity > b.bytes / b.capacity;
}

/** The gravest of all, at this moment. */
export function pressureOf(pipes: Iterable<LogPipes>, now: number): Outage['pressure'] {
  const all = [...pipes];
  if (all.some(({ blocked }) => blocked)) return 'blocked';
  return all.some(({ blocksAt }) => blocksAt !== null && blocksAt - now < soonMs) ? 'soon' : 'none';
}

export const notMeasuredOf = (report: PipeReport): NotMeasured => (report.kind === 'measured' ? null : report.why);
