// Reports the log pipes of all containers that run, on demand: with or without their daemon, and larger if that is asked.
import type { PipesReport } from '../contract/outage.ts';
import { foresee, notMeasuredOf, type Sample } from './log-pipes.ts';
import { leftContainers, pipesReport } from './outage.ts';
import type { OutageWatch } from './outage-watch.ts';
import type { Identification, Platform } from './ports.ts';
import type { ViewStore } from './view.ts';

type Around = {
  readonly platform: Platform;
  readonly store: ViewStore;
  readonly identified: Identification;
  readonly outage: OutageWatch;
};

/** Between two looks where there is no earlier one: without two there is no rate. */
const betweenMs = 1_000;

/** Enlarges first, if at all. While the daemon runs it empties the pipes: no rate is foreseen then. */
export async function reportPipes(
  { platform, store, identified, outage }: Around,
  enlargeTo: number | null,
): Promise<PipesReport> {
  const { config, containers, link } = store.observed();
  const ids = new Set(containers?.list.map(({ id }) => id));
  const left = await platform.leftRunning(identified, config.state === 'read' ? config.values : null, ids);
  const report = await platform.measurePipes(left, enlargeTo);
  const samples: Sample[] = [{ at: Date.now(), streams: report.kind === 'measured' ? report.streams : [] }];
  const isDown = link.kind === 'down';
  if (isDown && report.kind === 'measured') {
    await outage.sample();
    const { watched } = store.observed();
    if (watched.samples.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
      const second = await platform.measurePipes(left, null);
      if (second.kind === 'measured') samples.push({ at: Date.now(), streams: second.streams });
    } else samples.unshift(...watched.samples);
  }
  const pipes = foresee(
    samples.toSorted((a, b) => a.at - b.at),
    isDown ? store.observed().watched.downSince : null,
  );
  const known = leftContainers(left, containers?.list ?? []);
  return pipesReport(known, pipes, notMeasuredOf(report), platform.pipeMaxSize());
}
