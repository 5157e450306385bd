// What one run of a scenario leaves: what was known before the act, in the daemon's own words, and what was true after it.
import type { Json, JsonObject } from '../../electron/contract/json.ts';
import type { Effect, Verdict } from '../../electron/contract/plan.ts';
import type { Version } from './survival-scenarios.ts';

/** What was known when the verdict was given: enough for any later verdict code to give its own. */
export type Known = {
  /** `/info` of the running daemon, or the last one before it ended; only what verdicts may look at. */
  readonly info: JsonObject;
  /** `/containers/ID/json` of every container, only what verdicts may look at. */
  readonly inspected: readonly JsonObject[];
  /** Of the containers' shims, as /proc shows them: what they were started with. */
  readonly shims: readonly { readonly id: string; readonly arguments: readonly string[]; readonly cgroup: string }[];
  readonly flags: readonly string[];
  /** The file at that moment. */
  readonly text: string;
  /** False where the daemon is down already. */
  readonly up: boolean;
};

/** What came of one container. Null: not tried, or it did not work before either. */
export type Fate = {
  readonly name: string;
  /** Its first process still runs, with the same start time. */
  readonly alive: boolean;
  /** What the daemon says of it: its state, `absent`, or null where no daemon answers. */
  readonly said: string | null;
  /** It says the same pid. */
  readonly samePid: boolean;
  readonly exitCode: number | null;
  readonly restarts: number;
  /** Shims that run for it: two are two copies. */
  readonly shims: number;
  /** While the daemon was down. */
  readonly down: { readonly loopback: boolean | null; readonly names: boolean | null; readonly health: boolean | null };
  /** After it was up again. */
  readonly after: {
    readonly port: boolean | null;
    readonly names: boolean | null;
    readonly health: boolean | null;
    readonly exec: boolean | null;
    readonly logGapLines: number | null;
  };
  /** Connections to its port by an outside address that failed during it all, of those that were tried. */
  readonly outside: { readonly tried: number; readonly failed: number } | null;
  /** After everything was put back and started again; null where that was not needed. */
  readonly reverted: { readonly alive: boolean; readonly said: string; readonly samePid: boolean } | null;
};

export type RunRecord = {
  readonly scenario: string;
  readonly version: Version;
  /** As the daemons say it themselves: the one before, and the one that starts. */
  readonly dockerd: { readonly before: string; readonly after: string };
  readonly measuredAt: string;
  readonly kernel: string;
  readonly known: Known;
  /** The effect that the plan had, and that was carried out. */
  readonly effect: Effect;
  /** Whether it came up, and its own words where not. */
  readonly daemon: {
    readonly up: boolean;
    readonly log: readonly string[];
    readonly stopMs: number;
    readonly startMs: number;
  };
  readonly fates: readonly Fate[];
};

/** The worst that is true of one container. */
export function truthOf(fate: Fate, asked: { readonly stopOnly: boolean; readonly wasUp: boolean }): Verdict {
  const { alive, said, samePid, reverted } = fate;
  // One that ended and is not told of any more is both; it is hidden from whoever looks for it.
  if (!alive) return said === 'absent' && fate.name !== 'rm' ? 'hidden' : 'stops';
  const known = (word: string): boolean => word === 'running' || word === 'paused';
  const isKept = said === null ? asked.stopOnly || (reverted !== null && keptIn(reverted)) : known(said) && samePid;
  if (!isKept) return reverted !== null && keptIn(reverted) ? 'hidden' : 'lost';
  const broken = (works: boolean | null): boolean => works === false;
  const down = asked.wasUp && (broken(fate.down.loopback) || broken(fate.down.names) || broken(fate.down.health));
  const afterwards = broken(fate.after.port) || broken(fate.after.names) || broken(fate.after.health);
  const outside = fate.outside !== null && fate.outside.failed > 0;
  return down || afterwards || outside ? 'interrupted' : 'keeps-running';

  function keptIn(later: NonNullable<Fate['reverted']>): boolean {
    return later.alive && later.samePid && known(later.said);
  }
}

/** An object without what is empty, so that records stay small. */
export function only(value: JsonObject, keys: readonly string[]): JsonObject {
  const isEmpty = (one: Json | undefined): boolean =>
    one === undefined ||
    one === null ||
    one === '' ||
    one === 0 ||
    one === false ||
    (typeof one === 'object' && Object.keys(one).length === 0);
  return Object.fromEntries(keys.flatMap((key) => (isEmpty(value[key]) ? [] : [[key, value[key] as Json]])));
}
