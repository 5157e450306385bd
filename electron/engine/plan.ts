// Thinks a change or a verb through before anything is touched: changes, effect, containers, what it needs.
import type { Verb } from '../contract/ipc.ts';
import type { JsonObject } from '../contract/json.ts';
import {
  accepts,
  type Accept,
  type ContainerVerdict,
  type Effect,
  type Finding,
  type OptionChange,
  type Plan,
} from '../contract/plan.ts';
import { ok, type Problem, type Result } from '../contract/problem.ts';
import { runs } from './audit.ts';
import {
  accessBlock,
  faultBlock,
  fileBlock,
  liveRestoreBlock,
  policyBlock,
  reloadBlock,
  stateBlock,
} from './blocks.ts';
import { changesBetween } from './changes.ts';
import { checkConfig, stopsReload } from './check.ts';
import {
  etagNow,
  flagsAtStart,
  runningFacts,
  seenFacts,
  surroundings,
  valuesNow,
  type Circumstances,
} from './circumstances.ts';
import { configPlaces } from './config-places.ts';
import { givenFlags } from './daemon-flags.ts';
import { expectedGap } from './expected-gap.ts';
import { memoryDifferences, otherFlags, swarmByFlag } from './findings.ts';
import { isHidden } from './config-state.ts';
import { atStart, byFlag, inFile } from './live-restore.ts';
import { pendingAtStart } from './pending.ts';
import { isWorse, processEnds, verdictsFor, type Act } from './survival.ts';

/** The file as it would be. */
export type Edited = { readonly text: string; readonly values: JsonObject };

/**
 * Plans a change of the file. Fails only where the edit itself did; whatever stands in the way of a change that could
 * be made is in `blocked`. While the daemon is down the effect is `none`: it takes the file at its next start, and what
 * the change makes worse then is told.
 */
export function planChange(now: Circumstances, edited: Result<Edited>): Result<Plan> {
  if (!edited.ok) return edited;
  const { text, values: after } = edited.value;
  const before = valuesNow(now) ?? {};
  const textBefore = 'text' in now.config ? (now.config.text ?? '') : '';
  const facts = runningFacts(now);
  const asked = changesBetween(before, after, { version: now.version, facts });
  const reloadFirst = mustReloadFirst(now, after);
  const effect = effectFor(asked, facts !== null, reloadFirst);
  const taken = restarts(effect) ? withWaiting(asked, pendingAtStart(now, after)) : asked;
  const changes = effect === 'reload-then-restart' ? withLiveRestore(taken) : taken;
  const containers =
    facts === null ? worsenedAtStart(now, before, after, asked) : foretold(now, effect, changes, after);
  const checked = findingsFor(now, { text, values: after }, changes, effect);
  const found = facts === null ? [...checked, ...trapOf(containers.filter(processEnds).length)] : checked;
  const unwritten = text === textBefore && changes.length === 0;
  const blocked =
    accessBlock(now) ??
    stateBlock(now, 'apply') ??
    (unwritten
      ? null
      : (policyBlock(now, after) ??
        fileBlock(now) ??
        liveRestoreBlock(now, changes, after) ??
        (effect === 'none' ? null : reloadBlock(now, after)) ??
        faultBlock(now, found)));
  return ok({
    verb: 'apply',
    effect,
    changes,
    text: { before: textBefore, after: text },
    containers,
    findings: found,
    etag: etagNow(now),
    ...gapFor(effect, containers, now),
    blocked,
    authority: null,
    needs: needsFor(changes, containers, now),
  });
}

/** A change of the file and the start that reads it, for a daemon that is down. */
export function planStartWith(now: Circumstances, edited: Result<Edited>): Result<Plan> {
  const planned = planChange(now, edited);
  if (!planned.ok || !edited.ok) return planned;
  const waiting = pendingAtStart(now, edited.value.values);
  const containers = foretold(now, 'start', waiting, edited.value.values);
  const changes = withWaiting(planned.value.changes, waiting);
  return ok({
    ...planned.value,
    verb: 'start',
    changes,
    containers,
    // The verdicts are of this very start.
    findings: planned.value.findings.filter(({ about }) => about.kind !== 'next-start-would-stop'),
    expectedGapMs: null,
    blocked: planned.value.blocked ?? stateBlock(now, 'start'),
    needs: needsFor(changes, containers, now),
  });
}

/** The same for containers that still run, and whom it is to save. */
export function planRescue(now: Circumstances, edited: Result<Edited>): Result<Plan> {
  const planned = planStartWith(now, edited);
  if (!planned.ok || !edited.ok) return planned;
  const { containers } = planned.value;
  const needless = !containers.some(({ id }) => now.containers.some((one) => one.id === id && runs(one)));
  const blocked =
    planned.value.blocked ??
    (needless ? { kind: 'rescue.needless' as const } : null) ??
    waitingBlock(now, pendingAtStart(now, edited.value.values), containers);
  return ok({ ...planned.value, blocked, needs: [] });
}

/** A rescue that hides or loses those whom it is for is none: what waits in the file has to go first. */
function waitingBlock(
  now: Circumstances,
  waiting: readonly OptionChange[],
  containers: readonly ContainerVerdict[],
): Problem | null {
  const away = containers.filter(({ verdict }) => verdict === 'hidden' || verdict === 'lost');
  if (away.length === 0) return null;
  return {
    kind: 'rescue.would-lose',
    path: 'path' in now.config ? now.config.path : '',
    keys: waiting.map(({ key }) => key),
    names: away.map(({ name }) => name),
  };
}

/** Plans a verb without a change of the file. `stop` and `start` have the effect `none`: nothing is to be noticed. */
export function planVerb(verb: Verb, now: Circumstances): Plan {
  const values = valuesNow(now);
  const effect = verbEffect(verb, now, values);
  const changes = pendingFor(verb, now, values, effect);
  const act: Act = verb === 'start' || verb === 'stop' ? verb : effect;
  const text = now.config.state === 'read' ? now.config.text : '';
  const found = values === null ? [] : findingsFor(now, { text, values }, changes, effect);
  // A file that only root may read is looked at by whoever acts for us.
  const isRoots = now.elevates && isHidden(now.config);
  const fault = now.config.state === 'unreadable' && !isRoots ? textFault(now.config.problem) : [];
  const findings = [...fault, ...found, ...(verb === 'stop' ? trapAtNextStart(now, values) : [])];
  const containers = foretold(now, act, changes, values);
  const blocked =
    accessBlock(now) ??
    stateBlock(now, verb) ??
    (verb === 'stop' ? null : ((verb === 'start' ? null : reloadBlock(now, values)) ?? faultBlock(now, findings)));
  return {
    verb,
    effect,
    changes,
    text: null,
    containers,
    findings,
    etag: etagNow(now),
    ...(verb === 'start' || verb === 'stop' ? noGap(null) : gapFor(effect, containers, now)),
    blocked,
    authority: now.elevates ? { authority: 'control', named: [] } : null,
    needs: needsFor(changes, containers, now),
  };
}

function verbEffect(verb: Verb, now: Circumstances, values: JsonObject | null): Effect {
  if (verb === 'reload') return 'reload';
  if (verb !== 'restart') return 'none';
  return mustReloadFirst(now, values) ? 'reload-then-restart' : 'restart';
}

/**
 * True when the file protects the containers and the daemon does not know it yet: told to stop, it would stop them all
 * (measured on 20.10, 26.1, 28.5). The other way round one phase is better: they live until the new start, and if that
 * fails they are still there to be adopted.
 */
const mustReloadFirst = (now: Circumstances, values: JsonObject | null): boolean =>
  byFlag(now.flags) === null && inFile(values) === true && runningFacts(now)?.liveRestore === false;

const restarts = (effect: Effect): boolean => effect === 'restart' || effect === 'reload-then-restart';

/**
 * A restart takes all that the file holds, whoever wrote it: what endangers containers is foretold and asked for, too.
 * Of an option that is also changed now, the worse of both counts.
 */
function withWaiting(asked: readonly OptionChange[], waiting: readonly OptionChange[]): readonly OptionChange[] {
  const worse = new Map(waiting.map((change) => [change.key, change]));
  const known = new Set(asked.map(({ key }) => key));
  return [
    ...asked.map((change) =>
      change.risk === 'none' ? { ...change, risk: worse.get(change.key)?.risk ?? 'none' } : change,
    ),
    ...waiting.filter(({ key }) => !known.has(key)),
  ];
}

function effectFor(changes: readonly OptionChange[], isRunning: boolean, reloadFirst: boolean): Effect {
  if (!isRunning) return 'none';
  if (changes.some(({ effect }) => effect === 'restart')) return reloadFirst ? 'reload-then-restart' : 'restart';
  return changes.some(({ effect }) => effect === 'reload') ? 'reload' : 'none';
}

/** Live restore in memory lets them survive the stop; the start reads the file, and would stop them (measured on all three). */
function trapAtNextStart(now: Circumstances, values: JsonObject | null): readonly Finding[] {
  const running = now.containers.filter(runs).length;
  const trapped =
    runningFacts(now)?.liveRestore === true &&
    values !== null &&
    !atStart(valuesAtStart(now, values), flagsAtStart(now));
  return trapped ? trapOf(running) : [];
}

function trapOf(containers: number): readonly Finding[] {
  if (containers === 0) return [];
  const about: Finding['about'] = { kind: 'next-start-would-stop', containers };
  return [{ severity: 'warning', path: ['live-restore'], place: null, about }];
}

/**
 * For a daemon that is down: nothing happens now, but the next start reads the file, whoever begins it - to an armed
 * socket one `docker ps` is enough. Whom this change does not make worse off has nothing to fear from it.
 */
function worsenedAtStart(
  now: Circumstances,
  before: JsonObject,
  after: JsonObject,
  asked: readonly OptionChange[],
): readonly ContainerVerdict[] {
  const without = new Map(
    foretold(now, 'start', pendingAtStart(now, before), before).map(({ id, verdict }) => [id, verdict]),
  );
  return foretold(now, 'start', withWaiting(asked, pendingAtStart(now, after)), after).map((one) =>
    isWorse(one.verdict, without.get(one.id) ?? 'keeps-running')
      ? one
      : { ...one, verdict: 'keeps-running', reasons: [] },
  );
}

/** Names live restore among the changes, so that it is seen in memory before the restart, also where the file had it. */
const withLiveRestore = (changes: readonly OptionChange[]): readonly OptionChange[] =>
  changes.some(({ key }) => key === 'live-restore')
    ? changes
    : [...changes, { key: 'live-restore', from: false, to: true, effect: 'reload', risk: 'none' }];

/** What a plain restart or start takes that nobody planned, as far as the daemon and its shims show it. */
function pendingFor(
  verb: Verb,
  now: Circumstances,
  values: JsonObject | null,
  effect: Effect,
): readonly OptionChange[] {
  if (verb === 'reload' || verb === 'stop') return [];
  const pending = pendingAtStart(now, values);
  return effect === 'reload-then-restart' ? withLiveRestore(pending) : pending;
}

/** Null where the next start is given another file: nobody has looked into that one. */
const valuesAtStart = (now: Circumstances, values: JsonObject | null): JsonObject | null =>
  fileByFlag(now.flags) === fileByFlag(flagsAtStart(now)) ? values : null;

const fileByFlag = (flags: readonly string[]): string | undefined =>
  givenFlags(flags)
    .find(({ name }) => name === 'config-file')
    ?.values.at(-1);

const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

function foretold(
  now: Circumstances,
  act: Act,
  changes: readonly OptionChange[],
  after: JsonObject | null,
): readonly ContainerVerdict[] {
  const inMemory = runningFacts(now)?.liveRestore ?? null;
  return verdictsFor({
    ...surroundings(now),
    act,
    changes,
    liveRestore: {
      atStop: act === 'reload-then-restart' ? true : inMemory,
      atStart: atStart(valuesAtStart(now, after), flagsAtStart(now)),
    },
  });
}

/** Findings about the whole file as the daemon will read it, because a reload applies all of it. */
function findingsFor(
  now: Circumstances,
  { text, values }: Edited,
  changes: readonly OptionChange[],
  effect: Effect,
): readonly Finding[] {
  const { version, flags, flagSource, flagPlaces = {}, machine = null } = now;
  const facts = runningFacts(now);
  const seen = seenFacts(now);
  const reloads = effect === 'reload' || effect === 'reload-then-restart';
  const checked = { text, values, version, flagSource, flagPlaces, facts: seen, machine };
  // A reload is judged by the flags that the daemon runs with, its next start by those that it gets then.
  const next = flagsAtStart(now);
  const judged = [...checkConfig({ ...checked, flags: next }), ...(reloads ? checkConfig({ ...checked, flags }) : [])];
  const found = distinct(judged).map((finding): Finding => {
    return reloads && stopsReload(finding) ? { ...finding, severity: 'error' } : finding;
  });
  const changed = new Set(changes.map(({ key }) => key));
  const differing =
    facts === null
      ? []
      : memoryDifferences(facts, values, flags, configPlaces(text)).filter(({ path }) => !changed.has(path[0] ?? ''));
  return [...found, ...swarmByFlag(seen, next), ...otherFlags(flags, next), ...differing];
}

const textFault = (problem: Extract<Finding['about'], { kind: 'text-fault' }>['problem']): readonly Finding[] => [
  {
    severity: 'error',
    path: [],
    place: problem.kind === 'config.invalid' ? problem.place : null,
    about: { kind: 'text-fault', problem },
  },
];

type Gap = Pick<Plan, 'expectedGapMs' | 'expectedGapRangeMs'>;

const noGap = (ms: 0 | null): Gap => ({ expectedGapMs: ms, expectedGapRangeMs: null });

/** Expected time without the API. */
function gapFor(effect: Effect, containers: readonly ContainerVerdict[], now: Circumstances): Gap {
  if (effect === 'none' || effect === 'reload') return noGap(0);
  const { ms, range } = expectedGap(now.containers.filter(runs), containers.some(processEnds), now.pastGaps);
  return { expectedGapMs: ms, expectedGapRangeMs: range };
}

/** What must be accepted knowingly. Hiding and losing need somebody to be hidden or lost. */
function needsFor(
  changes: readonly OptionChange[],
  containers: readonly ContainerVerdict[],
  now: Circumstances,
): readonly Accept[] {
  const atRisk = (risk: OptionChange['risk']): boolean => {
    if (risk === 'hides' || risk === 'loses') return now.containers.some(runs);
    return risk === 'later-start-fails' ? now.containers.length > 0 : true;
  };
  const risks = new Set<string>(changes.map(({ risk }) => risk).filter(atRisk));
  if (containers.some(processEnds)) risks.add('stops');
  return accepts.filter((accept) => risks.has(accept));
}
