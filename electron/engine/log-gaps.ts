// After the daemon was away: what became of each container's log, told by the times of its lines before and after.
import type { ContainerLog, LogFate, LogUnknown } from '../contract/audit.ts';
import type { Container } from '../contract/snapshot.ts';
import type { Api } from './api.ts';
import type { LastRun } from './api-answers.ts';
import { runs, sameProcess } from './audit.ts';
import { inTurn } from './in-turn.ts';
import type { LogLine } from './log-lines.ts';

/** The time in which no daemon read what containers wrote; all in ms since 1970. */
export type Away = {
  /** Until then, at least, the old daemon read; null: it was down already when somebody looked. */
  readonly since: number | null;
  /** When the process of the new one began. */
  readonly startedAt: number;
  /** By then, at the latest, it had read what waited. */
  readonly backAt: number;
  /** What the old one went by when it ended; null: not known. */
  readonly liveRestore: boolean | null;
};

export type LogSource = Pick<Api, 'logLines' | 'lastRun'>;

/** These the daemon writes itself. What others keep, and with which times, was not measured. */
const readable: readonly string[] = ['json-file', 'local'];
/** Few lines are enough of most; one that writes thousands a second is asked once more. */
const tails = [200, 20_000] as const;

/** Of all that ran before and keep a log; `after` is what the daemon says now. */
export async function logFates(
  before: readonly Container[],
  after: readonly Container[],
  away: Away,
  source: LogSource,
): Promise<readonly ContainerLog[]> {
  const now = new Map(after.map((container) => [container.id, container]));
  const all = before.filter((container) => runs(container) && driverOf(container, now) !== 'none');
  const other = all.filter((container) => !isKept(container, now.get(container.id)) && now.has(container.id));
  const ends = new Map(await inTurn(other, async ({ id }) => [id, await source.lastRun(id)] as const));
  const inOrder = away.liveRestore === false && !other.some((one) => endedByStart(one, ends.get(one.id), away));
  return inTurn(all, async (container): Promise<ContainerLog> => {
    const { id, name } = container;
    const driver = driverOf(container, now);
    const log = readable.includes(driver) ? await fateOf(container) : 'driver';
    return { id, name, log: typeof log === 'string' ? { kind: 'not-known', why: log, driver } : log };
  });

  async function fateOf(container: Container): Promise<LogFate | LogUnknown> {
    const later = now.get(container.id);
    if (later === undefined) return 'no-answer';
    const end = ends.get(container.id);
    if (end === null) return 'no-answer';
    const ended = end === undefined ? null : fateOfEnded(end.endedAt, away, inOrder);
    return ended ?? fateByLines(later.id, (container.details ?? later.details)?.tty === true, away, source);
  }
}

/** Only those that were inspected have details: one that ended was so before, one found without the daemon is so now. */
const driverOf = (container: Container, now: ReadonlyMap<string, Container>): string =>
  (container.details ?? now.get(container.id)?.details)?.logDriver ?? '';

const isKept = (before: Container, later: Container | undefined): boolean =>
  later !== undefined &&
  runs(later) &&
  (before.startedAt === '' ? before.pid === later.pid : sameProcess(before, later));

/** Without live restore a daemon that ends in good order stops its containers; who outlived it shows that it was killed. */
const endedByStart = (before: Container, end: LastRun | null | undefined, { startedAt }: Away): boolean =>
  end?.startedAt === before.startedAt && end.endedAt > startedAt;

/**
 * Null: its lines tell. Who ends while no daemon runs takes with it what its pipe held, and its log ends with what was
 * read before. Whom a daemon stops, the ending one or the next, is read to its end first (all measured on 20.10, 26.1,
 * 28.5, with `json-file` and `local`).
 */
export function fateOfEnded(endedAt: number, { since, startedAt }: Away, inOrder: boolean): LogFate | null {
  if (endedAt > startedAt) return null;
  if (inOrder || endedAt <= (since ?? 0)) return { kind: 'none' };
  return { kind: 'lost', ms: since === null ? null : Math.round(endedAt - since) };
}

async function fateByLines(
  id: string,
  tty: boolean,
  away: Away,
  source: LogSource,
): Promise<LogFate | 'busy' | 'no-answer'> {
  for (const tail of tails) {
    const lines = await source.logLines(id, { sinceMs: away.since, tail, tty });
    if (lines === 'none') return 'no-answer';
    if (lines === 'too-large') return 'busy';
    if (lines.length < tail || lines.some(({ at }) => at < away.startedAt)) return fateOfLines(lines, away, tty);
  }
  return 'busy';
}

/** What the pipes hold, less what fits no line any more (121 800 to 131 200 bytes measured; with a terminal 78 KiB). */
const fullBytes = { pipes: 118_000, terminal: 70_000 };
/** Within so many ms the starting daemon empties a full pipe. */
const burstMs = 250;

/**
 * Lines that waited get the time at which the new daemon read them, in their order and without a loss: it reads 0.2 to
 * 1.6 s after its process began, before its API answers. Measured on 20.10, 26.1, 28.5 with one line each 50 ms and with
 * 1 000 a second, ended by SIGTERM and SIGKILL, started at once and after 4 s: 180 logs. Only a killed daemon may take
 * with it the line that it is just reading (1 of 90); without numbers nobody can see that.
 */
export function fateOfLines(lines: readonly LogLine[], away: Away, tty: boolean): LogFate {
  const { since, startedAt, backAt } = away;
  const [first] = lines.filter(({ at }) => at >= startedAt);
  // What came only afterwards had not waited.
  if (first === undefined || first.at > backAt) return { kind: 'none' };
  const burst = lines.filter(({ at }) => at >= first.at && at - first.at < burstMs);
  const full = tty ? fullBytes.terminal : fullBytes.pipes;
  const heldUp = [1, 2].some(
    (stream) => burst.filter((line) => line.stream === stream).reduce((sum, { bytes }) => sum + bytes, 0) >= full,
  );
  if (since === null) return { kind: 'delayed', ms: null, heldUp };
  const last = lines.findLast(({ at }) => at < startedAt)?.at ?? since;
  return { kind: 'delayed', ms: Math.round(first.at - Math.max(last, since)), heldUp };
}
