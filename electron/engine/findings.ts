// Standing findings about a daemon and its file: what is true now and would hurt later.
import type { Json, JsonObject } from '../contract/json.ts';
import { optionFor } from '../contract/options.ts';
import type { Finding, FindingKind } from '../contract/plan.ts';
import type { ConfigFile, Container, EngineFacts } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import { checkConfig } from './check.ts';
import { configPlaces, type ConfigPlaces } from './config-places.ts';
import { flagDifference, flagValue, givenFlags } from './daemon-flags.ts';
import { atStart, byFlag, isSwarmNode } from './live-restore.ts';
import type { Machine } from './machine.ts';

/** What is looked at; `facts` is null for a daemon that does not answer. */
export type Standing = {
  readonly facts: EngineFacts | null;
  readonly values: JsonObject | null;
  readonly flags: readonly string[];
  /** Those of the next start, where somebody changed them since. */
  readonly startFlags?: readonly string[];
  /** Where the flags come from, for messages. */
  readonly flagSource?: string;
  readonly flagPlaces?: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  readonly config: ConfigFile;
  /** Of the daemon when it was last seen, for one that is down. */
  readonly version?: string | null;
  readonly machine?: Machine | null;
};

/** The findings to show beside a daemon, most severe first. */
export function standingFindings(standing: Standing): readonly Finding[] {
  const { config } = standing;
  const { facts, flags } = standing;
  const places = configPlaces(config.state === 'read' ? config.text : '');
  const values = config.state === 'absent' ? {} : standing.values;
  return [
    ...fileFindings(standing),
    ...(facts === null || values === null ? [] : memoryDifferences(facts, values, flags, places)),
    ...swarmByFlag(facts, standing.startFlags ?? flags),
    ...otherFlags(flags, standing.startFlags ?? flags),
    ...danger(standing, values),
  ].toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

const rank: Record<Finding['severity'], number> = { error: 0, warning: 1, info: 2 };

/** What would keep the daemon from its next start or reload, although it runs well now. */
function fileFindings(standing: Standing): readonly Finding[] {
  const { config, facts, flagSource = '', flagPlaces = {}, version = null, machine = null } = standing;
  const flags = standing.startFlags ?? standing.flags;
  if (config.state === 'unreadable') {
    const { problem } = config;
    const place = problem.kind === 'config.invalid' ? problem.place : null;
    return [{ severity: 'error', path: [], place, about: { kind: 'text-fault', problem } }];
  }
  // Without the file that its flag names it does not start, and a reload fails without a word (measured on 28.5).
  if (config.state === 'absent' && givenFlags(flags).some(({ name }) => name === 'config-file')) {
    const problem = { kind: 'config.unreadable', path: config.path, cause: 'missing' } as const;
    return [{ severity: 'error', path: [], place: null, about: { kind: 'text-fault', problem } }];
  }
  if (config.state !== 'read') return [];
  const { text, values } = config;
  const running = facts?.version ?? version;
  return checkConfig({ text, values, version: running, flags, flagSource, flagPlaces, facts, machine });
}

/**
 * Options of which `/info` shows that the daemon runs with another value than the one it would start with now. A reload
 * takes the file's value, or keeps the running one where the key is gone (measured on 20.10, 26.1, 28.5).
 */
export function memoryDifferences(
  facts: EngineFacts,
  values: JsonObject,
  flags: readonly string[],
  places: ConfigPlaces,
): readonly Finding[] {
  const shown = { 'live-restore': facts.liveRestore, debug: facts.debug };
  return Object.entries(shown).flatMap(([key, running]): readonly Finding[] => {
    const option = optionFor(key);
    if (!option || flagValue(flags, option) !== undefined) return [];
    const file: Json = values[key] ?? null;
    if ((file !== null && typeof file !== 'boolean') || (file ?? option.default) === running) return [];
    const about: FindingKind = { kind: 'memory-differs', key, file, running };
    return [{ severity: 'warning', path: [key], place: places.placeOf([key]), about }];
  });
}

/** The same time bomb as in the file, set by flag; it has no place. */
export const swarmByFlag = (facts: EngineFacts | null, flags: readonly string[]): readonly Finding[] =>
  byFlag(flags) === true && isSwarmNode(facts)
    ? [{ severity: 'error', path: ['live-restore'], place: null, about: { kind: 'live-restore-with-swarm' } }]
    : [];

/** systemd reads environment files at every start, and an init script its settings: nobody need have said so. */
export function otherFlags(flags: readonly string[], startFlags: readonly string[]): readonly Finding[] {
  const { gone, come } = flagDifference(flags, startFlags);
  if (gone.length === 0 && come.length === 0) return [];
  return [{ severity: 'warning', path: [], place: null, about: { kind: 'next-start-flags', gone, come } }];
}

/** The value read at the start decides over the containers that a crash left running (measured on all three). */
function danger(
  { facts, flags, startFlags = flags, containers }: Standing,
  values: JsonObject | null,
): readonly Finding[] {
  const running = containers.filter(runs).length;
  const cannot = isSwarmNode(facts) || facts?.osType === 'windows';
  if (values === null || running === 0 || cannot || atStart(values, startFlags)) return [];
  return [
    { severity: 'info', path: ['live-restore'], place: null, about: { kind: 'crash-would-stop', containers: running } },
  ];
}
