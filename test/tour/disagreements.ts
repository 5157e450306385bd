// Compares what the app says with what the witness saw, and names every difference.
import type { ContainerFate, Outcome } from '../../electron/contract/outcome.ts';
import type { Container, Snapshot } from '../../electron/contract/snapshot.ts';
import type { SeenContainer, Testimony } from './testimony.ts';

/** Everything that happened on the way, told by both sides. */
export type TourStory = {
  readonly start: Snapshot;
  readonly applied: Outcome;
  readonly restarted: Outcome;
  readonly end: Snapshot;
  readonly seenBefore: Testimony;
  readonly seenApplied: Testimony;
  readonly seenAfter: Testimony;
};

/** Two measurements of one gap by different clocks and different pings. */
const gapToleranceMs = 150;

/** One sentence for each figure in which app and witness differ; empty where they agree in all. */
export function disagreements(story: TourStory): readonly string[] {
  const { start, applied, restarted, end, seenBefore, seenApplied, seenAfter } = story;
  const fates = restarted.containers.all;
  return [
    ...same('containers before', pidsOf(start.containers?.list ?? []), pidsOf(seenBefore.containers)),
    ...same('containers before the restart', pidsOf(fates, 'pidBefore'), pidsOf(seenApplied.containers)),
    ...same('containers after the restart', pidsOf(fates, 'pidAfter'), pidsOf(seenAfter.containers)),
    ...same('containers at the end', pidsOf(end.containers?.list ?? []), pidsOf(seenAfter.containers)),
    ...same('kept containers', restarted.containers.kept, keptOf(seenBefore, seenAfter)),
    ...same('reload events', [applied.proof?.event ?? ''], seenApplied.reloads),
    ...same('reload events at the end', [applied.proof?.event ?? ''], seenAfter.reloads),
    ...same('live restore at first', start.liveRestore.effective, seenBefore.liveRestore),
    ...same('live restore once applied', infoOf(applied), String(seenApplied.liveRestore)),
    ...same('live restore at the end', end.liveRestore.effective, seenAfter.liveRestore),
    ...expected('live restore was off at first', seenBefore.liveRestore === false),
    ...expected('live restore is on at the end', seenAfter.liveRestore === true),
    ...expected('every container was kept', restarted.containers.kept === restarted.containers.before),
    ...expected('there were containers', restarted.containers.before > 0),
    ...expected('the daemon is another process', restarted.proof?.pidBefore !== restarted.proof?.pidAfter),
    ...sameGap('gap of the apply', applied.apiDowntimeMs, seenApplied.longestGapMs),
    ...sameGap('gap of the restart', restarted.apiDowntimeMs, seenAfter.longestGapMs),
  ];
}

/** How many are the same process by number and start time, as the kernel tells them. */
const keptOf = (before: Testimony, after: Testimony): number =>
  before.containers.filter(({ name, pid, startTicks }) =>
    after.containers.some(
      (one) => one.name === name && one.pid === pid && one.startTicks === startTicks && startTicks !== null,
    ),
  ).length;

function pidsOf(list: readonly (Container | SeenContainer)[], key?: 'pid'): string;
function pidsOf(list: readonly ContainerFate[], key: 'pidBefore' | 'pidAfter'): string;
function pidsOf(list: readonly { readonly name: string }[], key: string = 'pid'): string {
  return list
    .map((one) => `${one.name} ${String((one as Readonly<Record<string, unknown>>)[key])}`)
    .toSorted()
    .join(', ');
}

const infoOf = ({ proof }: Outcome): string => proof?.info.find(({ key }) => key === 'live-restore')?.value ?? 'untold';

function same(what: string, app: unknown, witness: unknown): readonly string[] {
  const [said, seen] = [JSON.stringify(app), JSON.stringify(witness)];
  return said === seen ? [] : [`${what}: the app says ${said}, the witness saw ${seen}`];
}

const sameGap = (what: string, app: number, witness: number): readonly string[] =>
  Math.abs(app - witness) <= gapToleranceMs
    ? []
    : [`${what}: the app says ${app} ms, the witness saw ${witness} ms; they may differ by ${gapToleranceMs} ms`];

const expected = (what: string, is: boolean): readonly string[] => (is ? [] : [`not so: ${what}`]);
